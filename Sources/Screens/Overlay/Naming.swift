import Traffic

/// A burst that is being given a name and a key.
struct Naming: Equatable, Sendable {
  /// Where it goes back to.
  indirect enum Origin: Equatable, Sendable {
    /// The prompt in which the burst was typed; one is added, or one of its name replaced.
    case prompt(Prompt)
    /// The list of bursts: the user's burst of this name gets another name and key.
    case list(String)
  }

  /// The burst as it was typed.
  let text: String
  let origin: Origin
  /// The bursts and the keys that there are.
  let library: BurstLibrary
  let keys: KeyMap

  /// The user's burst whose name and key are changed; nil where one is added or replaced.
  var renamed: String? {
    switch origin {
    case .prompt: nil
    case .list(let name): name
    }
  }

  /// What a label means, in words.
  func reading(_ label: BurstLabel) -> Prompt.Reading {
    let same = library.own.first { $0.name == label.name }
    if same != nil, let renamed, label.name != renamed {
      return .refused("there is a burst \(label.name)")
    }
    var words = [renamed == nil ? "Enter saves \(label.text)" : "Enter names it \(label.text)"]
    if renamed == nil, let same, same.text != text { words.append("replaces \(same.label.text)") }
    if let key = label.key {
      if let other = library.own.first(where: { $0.key == key && $0.name != renamed ?? label.name }) {
        words.append("F\(key) no longer sends \(other.name)")
      }
      if let other = library.lab.first(where: { $0.key == key && $0.name != label.name }) {
        words.append("the lab has F\(key) for \(other.name)")
      }
      if let action = keys.action(Chord(.function(key))) {
        words.append("F\(key) is the key of \(action.rawValue)")
      }
    }
    if library.isLabs(label.name) { words.append("the lab's \(label.name) goes before it") }
    return .label(label, preview: words.joined(separator: "; "))
  }
}
