import Traffic

extension Model {
  mutating func takeInPicker(_ chord: Chord, _ journal: Journal) -> [Effect] {
    guard let subject = picker?.subject else { return [] }
    let matches = picker?.matches(items(subject)) ?? []
    let chosen = matches.isEmpty ? nil : matches[min(picker?.place ?? 0, matches.count - 1)]
    if subject == .bursts, let effects = takeInBursts(chord, chosen) { return effects }
    switch chord {
    case Chord(.escape), .control("c"), .control("g"): picker = nil
    case Chord(.up), .control("p"), Chord(.tab, .shift): picker?.move(by: -1, among: matches.count)
    case Chord(.down), .control("n"), Chord(.tab): picker?.move(by: 1, among: matches.count)
    case Chord(.pageUp): picker?.move(by: -10, among: matches.count)
    case Chord(.pageDown): picker?.move(by: 10, among: matches.count)
    case Chord(.home) where picker?.editor.text.isEmpty == true: picker?.place = 0
    case Chord(.end) where picker?.editor.text.isEmpty == true: picker?.place = max(0, matches.count - 1)
    case .control("z"): return [.suspend]
    case .control("l"): return [.redraw]
    case Chord(.enter):
      guard let chosen else { return [] }
      if chosen.isOn == nil { picker = nil }
      return choose(chosen, journal)
    case Chord("-") where subject == .columns: move(chosen, by: -1)
    case Chord("+") where subject == .columns: move(chosen, by: 1)
    case Chord(.character(" ")) where chosen?.isOn != nil && picker?.editor.text.isEmpty == true:
      return chosen.map { choose($0, journal) } ?? []
    default:
      if picker?.editor.edit(chord) == true { picker?.place = 0 }
    }
    return []
  }

  private mutating func choose(_ item: Picker.Item, _ journal: Journal) -> [Effect] {
    switch item.choice {
    case .action(let action):
      if let obstacle = obstacle(action) {
        notice = Notice(kind: .note, text: "\(action.word): \(obstacle)")
        return []
      }
      return perform(action, journal)
    case .copy(let form): return copy(form, journal)
    case .save(let form): if let copySource { prompt = Prompt(.save(form, copySource)) }
    case .kind(let kind):
      if filter.hidden.remove(kind) == nil { filter.hidden.insert(kind) }
    case .column(let column):
      toggle(column)
      // The item may stand elsewhere now; a second Enter takes the first one back.
      let matches = picker?.matches(items(.columns)) ?? []
      if let place = matches.firstIndex(where: { $0.choice == item.choice }) { picker?.place = place }
    case .burst(let name): return library.burst(named: name).map { send($0) } ?? []
    case .command(let line, let isWhole):
      if isWhole, let command = try? Command(parsing: line) { return [.perform(command)] }
      prompt = Prompt(.command, text: line)
    }
    return []
  }

  private mutating func toggle(_ column: Column) {
    if !tableColumns.contains(column) {
      tableColumns.append(column)
    } else if tableColumns.count > 1 {
      tableColumns.removeAll { $0 == column }
    } else {
      notice = Notice(kind: .note, text: "one column has to stay")
    }
  }

  /// Moves a column that is shown to the left or to the right; the picker's cursor goes with it.
  private mutating func move(_ item: Picker.Item?, by step: Int) {
    guard case .column(let column)? = item?.choice, let place = tableColumns.firstIndex(of: column),
      tableColumns.indices.contains(place + step)
    else { return }
    tableColumns.swapAt(place, place + step)
    if picker?.editor.text.isEmpty == true { picker?.place = place + step }
  }
}
