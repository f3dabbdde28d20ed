/// A list to choose from, narrowed by typing: the palette of actions, the forms to copy in.
struct Picker: Sendable {
  enum Choice: Hashable, Sendable {
    case action(Action)
    case copy(CopyForm)
  }

  struct Item: Hashable, Sendable {
    var choice: Choice
    var text: String
    /// The key that does the same.
    var key: String
    /// Why it cannot be chosen now.
    var obstacle: String?
  }

  let title: String
  let items: [Item]
  var editor = LineEditor()
  var place = 0

  /// The items that hold the letters typed, in their order.
  var matches: [Item] {
    let typed = editor.text.lowercased().filter { $0 != " " }
    return items.filter { item in
      var rest = typed[...]
      for letter in item.text.lowercased() where letter == rest.first { rest = rest.dropFirst() }
      return rest.isEmpty
    }
  }

  var chosen: Item? {
    let matches = self.matches
    return matches.indices.contains(place) ? matches[place] : matches.last
  }

  mutating func move(by step: Int) {
    place = min(max(0, min(place, matches.count - 1) + step), max(0, matches.count - 1))
  }
}
