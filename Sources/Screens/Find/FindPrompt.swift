import Traffic

/// Where a pattern that is being typed will be searched for.
struct FindPrompt: Hashable, Sendable {
  let isBackward: Bool
  /// The socket that was looked at; nil if there was none.
  let socket: SocketID?
  let name: String
  /// All sockets are searched and not that one.
  var isEverywhere: Bool

  /// What is searched: nil for all.
  var scope: SocketID? { isEverywhere ? nil : socket }

  /// Who sent and received what is searched.
  var words: String { scope == nil ? "all sockets" : name }

  /// Turns between the one socket and all.
  mutating func turn() { if socket != nil { isEverywhere.toggle() } }

  var label: String { "find \(isBackward ? "back " : "")in \(scope == nil ? "all" : name) ▸" }

  var hint: String {
    let other = socket == nil ? "" : "; Tab: in \(isEverywhere ? name : "all sockets")"
    return "text  \"text\\n\"  0x0d??0a  /regex/\(other); Enter alone: what was searched for last"
  }

  func preview(_ pattern: FindPattern) -> String {
    "searches what \(words) sent and received for \(pattern.text), from the cursor \(isBackward ? "back" : "on")"
  }
}
