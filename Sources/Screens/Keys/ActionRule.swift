/// What there is to know of one action: the help, the palette, the bottom line and the key map read it here.
struct ActionRule: Sendable {
  /// The heading it stands under in the help.
  enum Group: String, CaseIterable, Sendable {
    case moving = "Moving"
    case looking = "Looking"
    case sockets = "Sockets"
    case lessons = "Lessons and labs"
    case program = "Program"
  }

  let action: Action
  /// One or two words.
  let word: String
  let sentence: String
  /// Its keys where nobody chose others, as a configuration writes them.
  let keys: String
  private(set) var group = Group.moving

  init(_ action: Action, _ word: String, _ sentence: String, _ keys: String) {
    self.action = action
    self.word = word
    self.sentence = sentence
    self.keys = keys
  }

  var chords: [Chord] { keys.split(separator: " ").compactMap { Chord(String($0)) } }

  static func rule(_ action: Action) -> ActionRule {
    // The tests hold that every action has a rule.
    guard let rule = byAction[action] else { preconditionFailure("no rule for \(action)") }
    return rule
  }

  /// Every action, in the order of the help.
  static let all = Group.allCases.flatMap { group in
    (table[group] ?? []).map { rule in
      var rule = rule
      rule.group = group
      return rule
    }
  }

  private static let byAction = Dictionary(all.map { ($0.action, $0) }) { first, _ in first }
}
