import Traffic

/// A list to choose from, narrowed by typing. What it lists is made anew whenever it is drawn.
struct Picker: Sendable {
  /// What there is to choose from.
  enum Subject: Hashable, Sendable {
    case actions
    /// The first bytes that could be copied, and whether there are more.
    case copy(sample: [UInt8], isCut: Bool)
    case kinds, columns, bursts, labs
    /// Of the socket with this name.
    case options(String)
    /// What the record under the cursor has.
    case conditions([String])
    /// Of whom they would be, with what each would make of the bytes that one of its sockets has.
    case framings(FramingSubject, [FramingPreview])
    /// What SQL gave.
    case rows(QueryResult)
  }

  enum Choice: Hashable, Sendable {
    case action(Action)
    case copy(CopyForm)
    /// To a file.
    case save(CopyForm)
    case kind(RowKind)
    case column(Column)
    case condition(String)
    /// By its name.
    case burst(String)
    /// To be played, by its name.
    case lab(String)
    /// A line for the `:` prompt: done at once if it is whole, or begun for the user to end.
    case command(String, isWhole: Bool)
    /// The record with this sequence number; nil for a row that leads to none.
    case record(Int?)
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

  /// What a key asks for besides what it changes in the list.
  enum Request: Hashable, Sendable {
    case nothing, leave
    case choose(Item)
    /// Another place for a column: to the left or to the right.
    case move(Column, by: Int)
    /// Bursts, by their names.
    case edit(String), rename(String)
    /// - Parameter isSure: it was asked for twice.
    case delete(String, isSure: Bool)
    case suspend, redraw
  }

  let subject: Subject
  private(set) var editor = LineEditor()
  var place = 0
  /// Why there is nothing to choose from; nil if there is.
  var obstacle: String?
  /// The burst that a second key would delete.
  private(set) var doomed: String?

  init(_ subject: Subject, place: Int = 0) { (self.subject, self.place) = (subject, place) }

  /// - Parameter items: what there is to choose from now.
  mutating func take(_ chord: Chord, _ items: [Item]) -> Request {
    let matches = matches(items)
    let chosen = matches.isEmpty ? nil : matches[min(place, matches.count - 1)]
    if case .burst(let name)? = chosen?.choice, let request = takeInBursts(chord, name) { return request }
    switch chord {
    case Chord(.escape), .control("c"), .control("g"): return .leave
    case Chord(.up), .control("p"), Chord(.tab, .shift): move(by: -1, among: matches.count)
    case Chord(.down), .control("n"), Chord(.tab): move(by: 1, among: matches.count)
    case Chord(.pageUp): move(by: -10, among: matches.count)
    case Chord(.pageDown): move(by: 10, among: matches.count)
    case Chord(.home) where editor.text.isEmpty: place = 0
    case Chord(.end) where editor.text.isEmpty: place = max(0, matches.count - 1)
    case .control("z"): return .suspend
    case .control("l"): return .redraw
    case Chord(.enter): return chosen.map { .choose($0) } ?? .nothing
    case Chord("-") where subject == .columns: return moving(chosen, by: -1)
    case Chord("+") where subject == .columns: return moving(chosen, by: 1)
    case Chord(.character(" ")) where chosen?.isOn != nil && editor.text.isEmpty:
      return chosen.map { .choose($0) } ?? .nothing
    default: if editor.edit(chord) { place = 0 }
    }
    return .nothing
  }

  /// The keys that the list of bursts has for itself: nil if it is none of them.
  private mutating func takeInBursts(_ chord: Chord, _ name: String) -> Request? {
    let doomed = doomed
    self.doomed = nil
    switch chord {
    case .control("e"): return .edit(name)
    case .control("r"): return .rename(name)
    case .control("d"): return .delete(name, isSure: doomed == name)
    default: return nil
    }
  }

  /// Narrows the list by text in one piece.
  mutating func paste(_ text: String) {
    editor.insert(text)
    place = 0
  }

  /// A second key will delete it.
  mutating func doom(_ name: String) { doomed = name }

  private func moving(_ item: Item?, by step: Int) -> Request {
    guard case .column(let column)? = item?.choice else { return .nothing }
    return .move(column, by: step)
  }

  private mutating func move(by step: Int, among count: Int) {
    place = min(max(0, min(place, count - 1) + step), max(0, count - 1))
  }

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
}
