import Traffic

extension Model {
  /// Every action, in the order of the key map.
  var palette: Picker {
    let items = keys.bindings.filter { $0.action != .palette }.map { binding in
      Picker.Item(
        choice: .action(binding.action), word: binding.action.word, sentence: binding.action.sentence,
        key: binding.chords.first?.label ?? "", obstacle: obstacle(binding.action))
    }
    return Picker(title: "What to do", items: items)
  }

  var copyPicker: Picker {
    Picker(
      title: "\(bytes.selected.count) B of \(sockets.name(bytes.socket))",
      items: CopyForm.allCases.map { Picker.Item(choice: .copy($0), word: $0.words, key: "") })
  }

  mutating func takeInPicker(_ chord: Chord, _ journal: Journal) -> [Effect] {
    switch chord {
    case Chord(.escape), .control("c"), .control("g"): picker = nil
    case Chord(.up), .control("p"), Chord(.tab, .shift): picker?.move(by: -1)
    case Chord(.down), .control("n"), Chord(.tab): picker?.move(by: 1)
    case Chord(.pageUp): picker?.move(by: -10)
    case Chord(.pageDown): picker?.move(by: 10)
    case .control("z"): return [.suspend]
    case .control("l"): return [.redraw]
    case Chord(.enter):
      let chosen = picker?.chosen
      picker = nil
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
    case .copy(let form):
      guard let record = cursorRecord?.record, let payload = journal.payload(of: record) else { return [] }
      let bytes = payload.prefix(Self.copyLimit)
      let cut = bytes.count < payload.count ? ", the first of \(payload.count)" : ""
      notice = Notice(kind: .note, text: "copied \(bytes.count) B\(cut) to the terminal's clipboard (OSC 52)")
      return [.copy(form.text(Array(bytes)))]
    }
  }

  /// Terminals take about 75 kB in one OSC 52; hex takes three letters a byte, and base64 a third more.
  private static let copyLimit = 16 << 10
}
