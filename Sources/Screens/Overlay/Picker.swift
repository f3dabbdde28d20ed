/// A list to choose from, narrowed by typing. What it lists is made anew from the model whenever it is drawn.
struct Picker: Sendable {
  /// What there is to choose from.
  enum Subject: Hashable, Sendable {
    case actions, copy, kinds, columns, bursts
    /// Of the socket with this name.
    case options(String)
  }

  enum Choice: Hashable, Sendable {
    case action(Action)
    case copy(CopyForm)
    /// To a file.
    case save(CopyForm)
    case kind(RowKind)
    case column(Column)
    /// By its name.
    case burst(String)
    /// A line for the `:` prompt: done at once if it is whole, or begun for the user to end.
    case command(String, isWhole: Bool)
  }

  struct Item: Hashable, Sendable {
    var choice: Choice
    /// What it is called, and what it does.
    var word: String
    var sentence = ""
    /// The key that does the same, or the value it has now.
    var key = ""
    /// Whether it is on, for what can be turned on and off; the picker stays open for more.
    var isOn: Bool?
    /// Why it cannot be chosen now.
    var obstacle: String?

    var text: String { sentence.isEmpty ? word : "\(word) — \(sentence)" }
  }

  let subject: Subject
  var editor = LineEditor()
  var place = 0
  /// The first bytes that could be copied, and whether there are more.
  var sample: (bytes: [UInt8], isCut: Bool) = ([], false)
  /// The burst that a second key would delete.
  var doomed: String?

  init(_ subject: Subject) { self.subject = subject }

  /// The items that hold the letters typed: those that begin with them, then those that have them in one piece, then
  /// those that have them in their order.
  func matches(_ items: [Item]) -> [Item] {
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

  mutating func move(by step: Int, among count: Int) {
    place = min(max(0, min(place, count - 1) + step), max(0, count - 1))
  }
}
