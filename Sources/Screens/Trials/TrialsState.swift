import Traffic

/// What trials of a lab came to so far, and which bar or size is chosen.
struct TrialsState: Sendable {
  /// A line of the bar chart.
  enum Line: Sendable, Hashable {
    case blank
    case head(socket: String)
    case bar(socket: String, Tally.Row)
    /// What is not told apart any more.
    case others(socket: String, count: Int)
  }

  /// A bar, whatever line it is in.
  private struct Bar: Hashable {
    var socket: String
    var results: CallResults
  }

  private(set) var news: TrialsNews?
  private(set) var lines: [Line] = []
  /// Of the most frequent outcome.
  private(set) var most = 0
  private var bar: Bar?
  /// The chosen bar's line.
  private(set) var cursor: Int?
  /// The first line in view.
  private(set) var top = 0
  /// The chosen size and socket of a sweep; nil takes the first.
  private var size: Int?
  private var socket: String?
  /// The run that was asked for last, and the socket that it is about.
  private(set) var shown: (run: Int, socket: String)?

  var isRunning: Bool { news?.isOver == false }

  mutating func take(_ news: TrialsNews) {
    if news.request.id != self.news?.request.id { self = TrialsState() }
    self.news = news
    if !news.isSweep { order(news.tally, isOver: news.isOver) }
  }

  /// While runs come each outcome stays where it is; then the most frequent stands first.
  private mutating func order(_ tally: Tally, isOver: Bool) {
    (lines, most) = ([], 0)
    for socket in tally.sockets {
      var rows = tally.inOrder(socket)
      if isOver { rows.sort { ($1.count, $0.first) < ($0.count, $1.first) } }
      lines += lines.isEmpty ? [.head(socket: socket)] : [.blank, .head(socket: socket)]
      lines += rows.map { .bar(socket: socket, $0) }
      let others = tally.others(socket)
      if others > 0 { lines.append(.others(socket: socket, count: others)) }
      most = max(most, others, rows.map(\.count).max() ?? 0)
    }
    cursor = bar.flatMap { bar in lines.firstIndex { Self.bar(of: $0) == bar } } ?? bars.first
  }

  private static func bar(of line: Line) -> Bar? {
    if case .bar(let socket, let row) = line { Bar(socket: socket, results: row.results) } else { nil }
  }

  /// The lines that can be chosen.
  private var bars: [Int] { lines.indices.filter { Self.bar(of: lines[$0]) != nil } }

  // MARK: Choosing

  /// Goes to another bar, or in a sweep to another size or socket.
  /// - Parameter page: lines in view.
  mutating func take(_ move: Move, page: Int) {
    guard let news else { return }
    if news.isSweep { return take(move, in: news.sweep) }
    switch move {
    case .line(let count): choose(by: count)
    case .page(let count): choose(by: count * max(1, page - 1))
    case .first: choose(by: -lines.count)
    case .last: choose(by: lines.count)
    case .side: break
    }
  }

  private mutating func choose(by step: Int) {
    let bars = bars
    guard let cursor, let place = bars.firstIndex(of: cursor) else { return }
    choose(line: bars[min(max(0, place + step), bars.count - 1)])
  }

  /// Chooses the bar of a line, if it has one.
  mutating func choose(line: Int) {
    guard lines.indices.contains(line), let bar = Self.bar(of: lines[line]) else { return }
    (self.bar, cursor) = (bar, line)
  }

  private mutating func take(_ move: Move, in sweep: Sweep) {
    let rows = sweep.rows(sweepSocket ?? "")
    guard let place = rows.firstIndex(where: { $0.size == chosenSize }) else { return }
    let sockets = sweep.sockets
    switch move {
    case .line(let count) where sockets.count > 1:
      let number = sockets.firstIndex { $0 == sweepSocket } ?? 0
      socket = sockets[min(max(0, number + count), sockets.count - 1)]
    case .line(let count), .side(let count), .page(let count):
      size = rows[min(max(0, place + count), rows.count - 1)].size
    case .first: size = rows.first?.size
    case .last: size = rows.last?.size
    }
  }

  mutating func choose(size: Int) { self.size = size }

  /// The socket that a sweep is drawn of; nil while there is nothing to draw.
  var sweepSocket: String? {
    let sockets = news?.sweep.sockets ?? []
    return socket.flatMap { sockets.contains($0) ? $0 : nil } ?? sockets.first
  }

  var chosenSize: Int? {
    let rows = news?.sweep.rows(sweepSocket ?? "") ?? []
    return rows.first { $0.size == size }?.size ?? rows.first?.size
  }

  /// The run that shows what is chosen; nil if nothing is.
  var run: (run: Int, socket: String)? {
    if news?.isSweep == true {
      let row = news?.sweep.rows(sweepSocket ?? "").first { $0.size == chosenSize }
      return row.map { ($0.first, $0.socket) }
    }
    guard let cursor, case .bar(let socket, let row) = lines[cursor] else { return nil }
    return (row.first, socket)
  }

  mutating func show(_ run: (run: Int, socket: String)) { shown = run }

  /// Scrolls as little as it takes to show the chosen bar, with its socket if that stands right above.
  mutating func settle(height: Int) {
    top = min(top, max(0, lines.count - height))
    guard let cursor else { return }
    let first = cursor == bars.first ? 0 : cursor
    if first < top { top = first }
    if cursor >= top + height { top = cursor - height + 1 }
  }
}
