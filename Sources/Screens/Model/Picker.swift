/// A list to choose from, narrowed by typing: the palette of actions, the forms to copy in.
struct Picker: Sendable {
  enum Choice: Hashable, Sendable {
    case action(Action)
    case copy(CopyForm)
  }

  struct Item: Hashable, Sendable {
    var choice: Choice
    /// What it is called, and what it does.
    var word: String
    var sentence = ""
    /// The key that does the same.
    var key: String
    /// Why it cannot be chosen now.
    var obstacle: String?

    var text: String { sentence.isEmpty ? word : "\(word) — \(sentence)" }
  }

  let title: String
  let items: [Item]
  var editor = LineEditor()
  var place = 0

  /// The items that hold the letters typed: those that begin with them, then those that have them in one piece, then
  /// those that have them in their order.
  var matches: [Item] {
    let typed = editor.text.lowercased()
    if typed.isEmpty { return items }
    let ranked = items.enumerated().compactMap { place, item in
      Self.rank(item, typed).map { (rank: $0, place: place, item: item) }
    }
    return ranked.sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }.map(\.item)
  }

  private static func rank(_ item: Item, _ typed: String) -> Int? {
    let text = item.text.lowercased()
    if text.hasPrefix(typed) { return 0 }
    var rest = text[...]
    while !rest.isEmpty {
      if rest.hasPrefix(typed) { return 1 }
      rest = rest.dropFirst()
    }
    var letters = typed.filter { $0 != " " }[...]
    for letter in item.word.lowercased() where letter == letters.first { letters = letters.dropFirst() }
    return letters.isEmpty ? 2 : nil
  }

  var chosen: Item? {
    let matches = self.matches
    return matches.indices.contains(place) ? matches[place] : matches.last
  }

  mutating func move(by step: Int) {
    place = min(max(0, min(place, matches.count - 1) + step), max(0, matches.count - 1))
  }
}
