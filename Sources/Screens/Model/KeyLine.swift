import Traffic

/// The bottom line: the function keys with their bursts on the left, what else is most useful behind them.
struct KeyLine {
  /// A key with what it does.
  struct Key {
    var chord: Chord
    var word: String
    var isOff: Bool

    var label: String { chord.label }
    /// Cells that both take, with the blanks around them.
    var width: Int { SafeText.width(label) + SafeText.width(word) + 3 }
  }

  /// Cells that a burst's name may take: the first of these with which all find room, else the last.
  private static let nameWidths = [16, 12, 9, 6]

  let area: Rect
  private(set) var places: [(key: Key, column: Int)] = []

  init(_ model: Model) {
    area = model.layout.keyArea
    let quit = Self.key(.quit, model)
    let end = area.columns.upperBound - 1 - (quit?.width ?? 0)
    let start = area.column + 1
    // At most half of the line, so that the way to everything else is not lost.
    let room = (end - start) / 2
    let forms = Self.bursts(model)
    let bursts = Self.fitting(forms.first { Self.width($0) <= room } ?? forms[forms.count - 1], in: room)
    let actions = Self.fitting(Self.actions(model), in: end - start - Self.width(bursts))
    add(bursts, at: start)
    add(actions, at: bursts.isEmpty ? start : end - Self.width(actions))
    if let quit { add([quit], at: end) }
  }

  /// The key that stands at a column: a click on it presses it.
  func chord(at column: Int) -> Chord? {
    places.first { $0.column < column && column < $0.column + $0.key.width - 1 }?.key.chord
  }

  private mutating func add(_ keys: [Key], at column: Int) {
    var column = column
    for key in keys {
      places.append((key, column))
      column += key.width
    }
  }

  /// The keys of bursts, with names of each width.
  private static func bursts(_ model: Model) -> [[Key]] {
    let bursts = model.sending.keyed(model.keys)
    let isOff = !bursts.isEmpty && model.sendTarget == nil
    return nameWidths.map { width in
      bursts.map { Key(chord: $0.key, word: $0.burst.name.fitted(to: width), isOff: isOff) }
    }
  }

  private static func actions(_ model: Model) -> [Key] {
    let bursts: [Action] = model.sending.named.all.isEmpty ? [] : [.bursts]
    let relay: [Action] = model.obstacle(.hold) == nil ? [.hold] : []
    let actions =
      [.commandPrompt, .sendPrompt] + bursts + [.nextPane] + relay + paneActions(model.window.focus)
    return actions.compactMap { key($0, model) }
  }

  /// What is most useful in a pane.
  private static func paneActions(_ pane: Pane) -> [Action] {
    switch pane {
    case .records, .inspector:
      [.inspector, .follow, .freeze, .time, .pauseReceiving, .receiveOnce, .endSending, .close]
    case .sockets: [.options, .pauseReceiving, .receiveOnce, .acceptOnce, .endSending, .close, .reset]
    case .bytes: [.bytesParts, .bytesReading, .bytesWidth, .select, .copy, .find, .findNext]
    case .lanes: [.lanes, .zoomIn, .zoomOut, .inspector, .follow]
    }
  }

  private static func key(_ action: Action, _ model: Model) -> Key? {
    model.keys.chord(action).map { Key(chord: $0, word: action.word, isOff: model.obstacle(action) != nil) }
  }

  /// The first ones, as many as there is room for.
  private static func fitting(_ keys: [Key], in room: Int) -> [Key] {
    var rest = room
    return Array(
      keys.prefix {
        rest -= $0.width
        return rest >= 0
      })
  }

  private static func width(_ keys: [Key]) -> Int { keys.reduce(0) { $0 + $1.width } }
}
