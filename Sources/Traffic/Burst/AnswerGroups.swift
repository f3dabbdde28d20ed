/// Which groups of a pattern `%{1}` to `%{9}` may stand for, in a burst that answers to it.
public struct AnswerGroups: Sendable, Equatable {
  /// The groups that a burst can name.
  static let numbers = 1...9
  /// What a burst has that answers to no regular expression.
  static let none = AnswerGroups(count: 0, open: [])

  /// How many groups the pattern has.
  var count: Int
  /// Those that could go on where a match ends: as that is as early as it can be, they would be cut short.
  var open: Set<Int>

  /// What keeps a group from being named; nil if nothing does.
  func mistake(inGroup number: Int) -> String? {
    if !Self.numbers.contains(number) { return "expected a group from %{1} to %{9}" }
    if count == 0 {
      return
        "%{\(number)} is a group of a pattern, as in on NAME /id=(\\d+)\\n/ send \"%{1}\": there is none here"
    }
    if number > count {
      return "the pattern has \(count == 1 ? "one group" : "\(count) groups"), counted by their ("
    }
    if open.contains(number) {
      return "%{\(number)} would be cut short, as a match ends as early as it can: "
        + "end the pattern with what follows the group, as in /id=(\\d+)\\n/"
    }
    return nil
  }
}
