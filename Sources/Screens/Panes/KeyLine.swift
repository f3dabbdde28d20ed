import Traffic

/// The bottom line: the function keys with their bursts on the left, what else is most useful behind them.
struct KeyLine {
  private struct Item {
    var key: String
    var word: String
    var isOff: Bool

    var width: Int { SafeText.width(key) + SafeText.width(word) + 3 }
  }

  /// Cells that a burst's name may take: the first of these with which all find room, else the last.
  private static let nameWidths = [16, 12, 9, 6]

  let model: Model

  func draw(on canvas: Canvas, _ area: Rect) {
    let quit = Item(key: model.keys.label(.quit) ?? "", word: Action.quit.word, isOff: false)
    let end = area.columns.upperBound - 1 - quit.width
    let start = area.column + 1
    // At most half of the line, so that the way to everything else is not lost.
    let room = (end - start) / 2
    let forms = Self.nameWidths.map(burstItems)
    let bursts = fitting(forms.first { width($0) <= room } ?? forms[forms.count - 1], in: room)
    let actions = fitting(actionItems, in: end - start - width(bursts))
    var column = start
    for item in bursts { column = draw(item, column, on: canvas, area) }
    if !bursts.isEmpty { column = end - width(actions) }
    for item in actions { column = draw(item, column, on: canvas, area) }
    draw(quit, end, on: canvas, area)
  }

  private func burstItems(nameWidth: Int) -> [Item] {
    model.keyedBursts.map {
      Item(
        key: $0.key.label, word: $0.burst.name.fitted(to: nameWidth), isOff: model.sendTarget == nil)
    }
  }

  private var actionItems: [Item] {
    let bursts: [Action] = model.library.all.isEmpty ? [] : [.bursts]
    let actions: [Action] =
      [.commandPrompt, .sendPrompt] + bursts + [
        .nextPane, .inspector, .follow, .freeze, .time, .pauseReceiving, .receiveOnce, .endSending, .close,
      ]
    return actions.compactMap { action in
      model.keys.label(action).map { Item(key: $0, word: action.word, isOff: model.obstacle(action) != nil) }
    }
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

  @discardableResult
  private func draw(_ item: Item, _ column: Int, on canvas: Canvas, _ area: Rect) -> Int {
    let column = canvas.put(
      " " + item.key, row: area.row, column: column, style: Style(item.isOff ? .muted : .key), clip: area)
    return canvas.put(
      " " + item.word + " ", row: area.row, column: column, style: Style(item.isOff ? .muted : .keyWord),
      clip: area)
  }
}
