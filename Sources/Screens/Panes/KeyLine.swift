import Traffic

/// The bottom line: the function keys with their bursts on the left, what else is most useful behind them.
struct KeyLine {
  private struct Item {
    var chord: Chord
    var word: String
    var isOff: Bool

    var key: String { chord.label }
    var width: Int { SafeText.width(key) + SafeText.width(word) + 3 }
  }

  /// Cells that a burst's name may take: the first of these with which all find room, else the last.
  private static let nameWidths = [16, 12, 9, 6]

  let model: Model

  func draw(on canvas: Canvas, _ area: Rect) {
    for (item, column) in places(area) {
      let after = canvas.put(
        " " + item.key, row: area.row, column: column, style: Style(item.isOff ? .muted : .key), clip: area)
      canvas.put(
        " " + item.word + " ", row: area.row, column: after, style: Style(item.isOff ? .muted : .keyWord),
        clip: area)
    }
  }

  /// The key that stands at a column: a click on it presses it.
  func chord(at column: Int, _ area: Rect) -> Chord? {
    places(area).first { $0.column < column && column < $0.column + $0.item.width - 1 }?.item.chord
  }

  private func places(_ area: Rect) -> [(item: Item, column: Int)] {
    let quit = item(.quit)
    let end = area.columns.upperBound - 1 - (quit?.width ?? 0)
    let start = area.column + 1
    // At most half of the line, so that the way to everything else is not lost.
    let room = (end - start) / 2
    let forms = Self.nameWidths.map(burstItems)
    let bursts = fitting(forms.first { width($0) <= room } ?? forms[forms.count - 1], in: room)
    let actions = fitting(actionItems, in: end - start - width(bursts))
    var column = start
    var places: [(item: Item, column: Int)] = []
    func add(_ items: [Item]) {
      for item in items {
        places.append((item, column))
        column += item.width
      }
    }
    add(bursts)
    if !bursts.isEmpty { column = end - width(actions) }
    add(actions)
    if let quit { places.append((quit, end)) }
    return places
  }

  private func burstItems(nameWidth: Int) -> [Item] {
    model.sending.keyed(model.keys).map {
      Item(
        chord: $0.key, word: $0.burst.name.fitted(to: nameWidth), isOff: model.sendTarget == nil)
    }
  }

  private var actionItems: [Item] {
    let bursts: [Action] = model.sending.library.all.isEmpty ? [] : [.bursts]
    return ([.commandPrompt, .sendPrompt] + bursts + [.nextPane] + paneActions).compactMap(item)
  }

  /// What is most useful in the pane that has the keys.
  private var paneActions: [Action] {
    switch model.window.focus {
    case .records, .inspector:
      [.inspector, .follow, .freeze, .time, .pauseReceiving, .receiveOnce, .endSending, .close]
    case .sockets: [.options, .pauseReceiving, .receiveOnce, .acceptOnce, .endSending, .close, .reset]
    case .bytes: [.bytesParts, .bytesReading, .bytesWidth, .select, .copy, .find, .findNext]
    case .lanes: [.lanes, .zoomIn, .zoomOut, .inspector, .follow]
    }
  }

  private func item(_ action: Action) -> Item? {
    model.keys.chord(action).map { Item(chord: $0, word: action.word, isOff: model.obstacle(action) != nil) }
  }

  /// The first ones, as many as there is room for.
  private func fitting(_ items: [Item], in room: Int) -> [Item] {
    var rest = room
    return Array(
      items.prefix {
        rest -= $0.width
        return rest >= 0
      })
  }

  private func width(_ items: [Item]) -> Int { items.reduce(0) { $0 + $1.width } }
}
