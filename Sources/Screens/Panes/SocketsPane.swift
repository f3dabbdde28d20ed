import Traffic

/// The tree of sessions and their connections.
struct SocketsPane {
  private static let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  private static let sparklineWidth = 8
  /// A narrower list has names alone.
  private static let leastWidthForStates = 16

  /// Before a name stand the cursor's mark and the fold's.
  private static let nameColumn = 3

  let model: Model
  let journal: Journal

  func draw(on canvas: Canvas, in rect: Rect) {
    for (index, line) in model.list.lines(height: rect.height).enumerated() {
      let row = rect.row + index
      let isSelected = line.selection == model.list.selection
      let paper: Role = isSelected ? model.window.focus == .sockets ? .cursorRow : .cursorRowUnfocused : .text
      let area = Rect(row: row, column: rect.column, height: 1, width: rect.width)
      canvas.fill(area, style: Style(.text, on: paper))
      if isSelected {
        canvas.put("▸", row: row, column: rect.column, style: Style(.strong, on: paper), clip: area)
      }
      switch line.selection {
      case .all: drawAll(paper, on: canvas, in: area)
      case .socket(let socket): draw(socket, line, paper, on: canvas, in: area)
      }
    }
  }

  private func drawAll(_ paper: Role, on canvas: Canvas, in area: Rect) {
    canvas.put(
      "everything", row: area.row, column: area.column + Self.nameColumn, style: Style(.text, on: paper),
      clip: area)
    if area.width < Self.leastWidthForStates { return }
    let count = Units.count(model.sockets.extent.map { max(0, $0.records.upperBound - 1) } ?? 0)
    canvas.put(
      count, row: area.row, before: area.columns.upperBound - 1, style: Style(.muted, on: paper), clip: area)
  }

  private func draw(
    _ socket: SocketID, _ line: SocketList.Line, _ paper: Role, on canvas: Canvas, in area: Rect
  ) {
    guard let info = model.sockets.info(socket), let totals = model.sockets.totals(socket) else { return }
    let state = SocketState(info, totals)
    if let isUnfolded = line.isUnfolded {
      let fold = isUnfolded ? "▾" : "▹"
      canvas.put(fold, row: area.row, column: area.column + 1, style: Style(.muted, on: paper), clip: area)
    }
    let rate = model.rates.rate(socket).text
    var detail = rate.isEmpty ? detail(info, totals) : rate
    let isPaused = info.policy.isPaused && !totals.isClosed && totals.receiveEnd == nil
    let isExposed = info.isExposed && info.role == .listener && !totals.isClosed
    let isHeld = info.isHeld && !totals.isClosed
    var word = isHeld ? "HELD" : isPaused ? "PAUSED" : isExposed ? "EXPOSED" : state.word
    let end = area.columns.upperBound - 1
    let column = area.column + Self.nameColumn + 2 * line.depth
    if area.width < Self.leastWidthForStates { (detail, word) = ("", "") }
    let stateEnd = detail.isEmpty && word.isEmpty ? end : end - max(2, SafeText.width(detail)) - 1
    // What flows is open: its state need not be said where there is no room for both.
    if !rate.isEmpty, stateEnd - word.count - 1 - column < SafeText.width(info.name) { word = "" }
    let room = stateEnd - (word.isEmpty ? 0 : word.count + 1) - column
    let name = name(socket, info, line.depth, room)
    // How many are hidden is told where there is room for it.
    let told = line.hidden > 0 ? "\(name) +\(Units.count(line.hidden))" : name
    canvas.put(
      (SafeText.width(told) <= room ? told : name).fitted(to: max(3, room)), row: area.row, column: column,
      style: Style(.text, on: paper),
      clip: area)
    let role: Role = isPaused || isHeld ? .warning : isExposed ? .exposed : state.role
    drawSparkline(
      socket, before: stateEnd - word.count - 1, after: column + SafeText.width(info.name), paper, on: canvas,
      in: area)
    let stateStyle = Style(role, on: role == .exposed ? .text : paper)
    canvas.put(word, row: area.row, before: stateEnd, style: stateStyle, clip: area)
    canvas.put(
      detail, row: area.row, before: end, style: Style(.muted, on: paper),
      clip: area)
  }

  /// A socket's own part of the name tells more than that of its relay above, or of its program, where there is no room for both.
  private func name(_ socket: SocketID, _ info: SocketInfo, _ depth: Int, _ room: Int) -> String {
    if SafeText.width(info.name) <= room { return info.name }
    if let program = model.sockets.program(of: socket), program != socket {
      return "…\(info.name.dropFirst(model.sockets.name(program).count + 1))"
    }
    guard depth > 0, let (pair, end) = info.relayEnd,
      let dot = pair.lastIndex(of: ".")
    else { return info.name }
    return "\(pair[pair.index(after: dot)...]).\(end.rawValue)"
  }

  /// The sizes of the newest chunks, the largest full height; only where there is room for it.
  private func drawSparkline(
    _ socket: SocketID, before end: Int, after start: Int, _ paper: Role, on canvas: Canvas, in area: Rect
  ) {
    guard end - start > Self.sparklineWidth else { return }
    let ranks = journal.ranks(of: socket)
    let newest = journal.records(
      of: socket, in: max(ranks.lowerBound, ranks.upperBound - 32)..<ranks.upperBound)
    let sizes = newest.filter { $0.record.kind == .recv && $0.record.result > 0 }.suffix(Self.sparklineWidth)
      .map(\.record.result)
    guard let largest = sizes.max() else { return }
    let bars = sizes.map { Self.bars[min(7, Int($0) * 8 / (Int(largest) + 1))] }
    canvas.put(String(bars), row: area.row, before: end, style: Style(.sparkline, on: paper), clip: area)
  }

  /// A listener's port, a connection's number of recv calls.
  private func detail(_ info: SocketInfo, _ totals: SocketTotals) -> String {
    if info.role == .program { return "" }
    guard info.role == .listener else { return Units.count(totals.receives) }
    guard let local = info.local, !info.kind.isUnix, let colon = local.lastIndex(of: ":") else { return "" }
    return String(local[colon...])
  }
}
