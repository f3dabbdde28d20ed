import Traffic

/// The newest shake that the journal has: what it came to so far, and which cell is chosen.
struct ShakeState: Sendable {
  /// A cell of the strip: all cuts after a byte of a message.
  struct Cell: Hashable, Comparable, Sendable {
    var message: Int
    /// From 1 on; the cut lies before this byte.
    var offset: Int

    static func < (one: Cell, other: Cell) -> Bool {
      (one.message, one.offset) < (other.message, other.offset)
    }
  }

  private static let kinds = RecordKinds { $0.kind == .shake || $0.kind == .cut }
  /// Records that are looked at for one frame: the rest waits for the next.
  private static let mostRecords = 16_384
  private static let perBlock = 1024

  private struct Block: Hashable, Sendable {
    var message: Int
    var number: Int
  }

  /// Nil until something was shaken.
  private(set) var report: ShakeReport?
  /// Where it began in the journal.
  private var start = 0
  /// Of each cell the record that decided it, counted from `start`; 0 where none did.
  private var records: [Block: [UInt32]] = [:]
  /// The first record that was not looked at yet.
  private var next: Int?
  /// There are more records to look at than one frame had time for.
  private(set) var hasMore = false
  /// Something is shaken now, as somebody who knows says: the journal does not tell that one was stopped.
  var isRunning = false
  private(set) var newest: Cell?
  /// The first that something was found at.
  private(set) var firstFound: Cell?
  /// The cell that the user has chosen; nil goes along.
  private var chosen: Cell?
  /// The first row of the strip that is in view.
  private(set) var top = 0

  // MARK: Following

  /// Takes in what was recorded since the last time.
  /// - Parameter end: the first record that is not to be seen.
  /// - Returns: true if a shake began that was not there at the first look.
  mutating func look(_ journal: Journal, before end: Int) -> Bool {
    let held = journal.extent.records
    var place = max(next ?? 0, held.lowerBound)
    let isFirst = next == nil
    let stop = min(held.upperBound, end)
    var (room, hasBegun) = (Self.mostRecords, false)
    while place < stop, room > 0 {
      place = journal.skip(of: nil, from: place, to: Self.kinds)
      if place >= stop { break }
      let part = journal.records(in: place..<min(stop, place + min(room, 4096)))
      for (sequence, record) in part {
        if record.kind == .cut {
          take(record, sequence, journal)
        } else if record.kind == .shake {
          hasBegun = begin(record, sequence, journal) || hasBegun
        }
      }
      place = part.last.map { $0.sequence + 1 } ?? stop
      room -= max(1, part.count)
    }
    (next, hasMore) = (place, place < stop)
    return hasBegun && !isFirst
  }

  private mutating func begin(_ record: Record, _ sequence: Int, _ journal: Journal) -> Bool {
    guard let body = journal.body(ShakeStart.self, of: record) else { return false }
    let framing = body.framing.flatMap { try? Framing(parsing: $0) }
    let tokens = framing.map { framing in body.messages.map { MessageTokens.tokens(of: $0, as: framing) } }
    report = ShakeReport(body, tokens: tokens ?? [])
    start = sequence
    records = [:]
    (newest, firstFound, chosen, top) = (nil, nil, nil, 0)
    return true
  }

  private mutating func take(_ record: Record, _ sequence: Int, _ journal: Journal) {
    guard let result = CutResult(headOf: record, in: journal), isCell(result.cuts.message, 1) else { return }
    let message = result.cuts.message
    for offset in result.cuts.offsets where isCell(message, offset) {
      let cell = Cell(message: message, offset: offset)
      newest = cell
      if result.verdict.isFound, firstFound == nil { firstFound = cell }
      guard verdict(cell).map({ result.verdict.worse(than: $0) }) ?? true else { continue }
      let block = Block(message: message, number: offset / Self.perBlock)
      records[block, default: [UInt32](repeating: 0, count: Self.perBlock)][offset % Self.perBlock] =
        UInt32(clamping: sequence - start)
    }
    report?.add(result)
  }

  // MARK: What it came to

  var total: Int { report?.start.total ?? 0 }
  var done: Int { report?.done ?? 0 }
  var found: Int { report?.found ?? 0 }

  /// There are cuts to come.
  var isGoingOn: Bool { done < total && (isRunning || hasMore) }

  func verdict(_ cell: Cell) -> CutVerdict? {
    isCell(cell.message, cell.offset) ? report?.cells[cell.message][cell.offset - 1] : nil
  }

  /// Never a copy of the cells: one that is held makes the next change copy all of them.
  private func isCell(_ message: Int, _ offset: Int) -> Bool {
    guard let report, report.cells.indices.contains(message) else { return false }
    return report.cells[message].indices.contains(offset - 1)
  }

  /// The record that decided a cell, by its sequence number; nil if none did.
  func record(of cell: Cell) -> Int? {
    let block = Block(message: cell.message, number: cell.offset / Self.perBlock)
    guard let count = records[block]?[cell.offset % Self.perBlock], count > 0 else { return nil }
    return start + Int(count)
  }

  // MARK: Choosing

  /// The chosen cell: while nobody chose one, that of the first finding, or else of the newest cut. Nil if there is no cell.
  var cell: Cell? { chosen ?? firstFound ?? newest ?? first }

  private var first: Cell? {
    report?.cells.firstIndex { !$0.isEmpty }.map { Cell(message: $0, offset: 1) }
  }

  private var last: Cell? {
    guard let cells = report?.cells else { return nil }
    return cells.lastIndex { !$0.isEmpty }.map { Cell(message: $0, offset: cells[$0].count) }
  }

  mutating func choose(_ cell: Cell) { chosen = cell }

  /// Goes to another cell.
  mutating func take(_ move: Move, in strip: ShakeStrip, height: Int) {
    guard let cell else { return }
    switch move {
    case .side(let count): chosen = strip.cell(cell, along: count)
    case .line(let count): chosen = strip.cell(cell, down: count)
    case .page(let count): chosen = strip.cell(cell, down: count * strip.lines(in: height))
    case .first: chosen = first
    case .last: chosen = last
    }
  }

  /// Goes to the next cell where something was found, or the one before; round at the ends.
  /// - Returns: false if there is none.
  mutating func goToFinding(isBackward: Bool) -> Bool {
    guard let cell, let cells = report?.cells, found > 0 else { return false }
    let step = isBackward ? -1 : 1
    var (message, index) = (cell.message, cell.offset - 1)
    // Once around, and the message where it begins twice: its other part.
    for _ in 0...cells.count {
      index += step
      while cells[message].indices.contains(index) {
        if cells[message][index]?.isFound == true {
          chosen = Cell(message: message, offset: index + 1)
          return true
        }
        index += step
      }
      message = (message + step + cells.count) % cells.count
      index = isBackward ? cells[message].count : -1
    }
    return false
  }

  /// Scrolls as little as it takes to show the chosen cell.
  mutating func settle(_ strip: ShakeStrip, height: Int) {
    top = min(top, max(0, strip.height - height))
    guard let cell else { return }
    let rows = strip.rows(of: cell)
    if rows.lowerBound < top { top = rows.lowerBound }
    if rows.upperBound > top + height { top = rows.upperBound - height }
    top = max(0, top)
  }
}
