/// What the word at the end of a condition that is being typed can become.
public struct FilterCompletion: Sendable, Equatable {
  /// The word typed so far.
  public let typed: String
  /// All that can stand there and begins so.
  public let words: [String]
  /// The field that is being compared, or that is typed whole.
  public let field: String?

  /// - Parameters:
  ///   - text: up to the cursor.
  ///   - sockets: the names of all.
  public init(_ text: String, sockets: [String]) {
    let typed = String(text.reversed().prefix { $0.isFilterWord }.reversed())
    let before = text.dropLast(typed.count)
    let head = String(before.reversed().drop { $0 == " " }.reversed())
    var field: String?
    let candidates: [String]
    if let last = head.last, "=<>~".contains(last) {
      let name = head.reversed().drop { "=<>~! ".contains($0) }.prefix { $0.isFilterWord }.reversed()
      field = String(name)
      let known = FilterField.named(String(name))
      candidates = known.map { $0.words + ($0.isSocket ? sockets : []) } ?? []
    } else {
      let word = String(head.reversed().prefix { $0.isFilterWord }.reversed())
      if word == "has" {
        candidates = FilterField.all.map(\.name)
      } else if head.isEmpty || head.last == "(" || ["and", "or", "not"].contains(word) {
        candidates = FilterField.all.map(\.name) + ["not", "has", "any("]
      } else {
        candidates = before.last == " " || before.last == ")" ? ["and", "or"] : []
      }
      field = FilterField.named(typed)?.name
    }
    self.typed = typed
    self.field = field
    words = candidates.filter { $0.hasPrefix(typed) && $0 != typed }
  }
}

extension Character {
  fileprivate var isFilterWord: Bool { !" ()\"'<>=!~".contains(self) }
}
