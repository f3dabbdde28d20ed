import Traffic

/// What happened in a run or in a part of it: the lanes of the connections that matter, and the calls on them.
struct HandoutScene {
  /// Rows at its beginning and at its end; what lies between is counted. The whole of a lab has more.
  private struct Room {
    var first: Int
    var last: Int
    var drawings: Int
  }

  /// Events of a lane: a picture takes half a page at most.
  private static let drawn = 48

  /// What is no call, and what the page says anyway.
  private static let left: Set<Record.Kind> = [
    .start, .signal, .option, .mark, .burst, .call, .unseen, .exitProgram, .ask, .answer, .reveal,
  ]

  private let journal: Journal
  private let records: Range<Int>
  private let sockets: [SocketID]
  private let room: Room

  /// A whole run.
  init(_ journal: Journal) {
    self.journal = journal
    records = journal.extent.records
    sockets = journal.sockets
    room = Room(first: 30, last: 10, drawings: 6)
  }

  /// What led to an outcome.
  /// - Parameter socket: that was looked at.
  init(_ journal: Journal, _ records: Range<Int>, around socket: SocketID?) {
    self.journal = journal
    self.records = records
    sockets = socket.map { Self.sockets(around: $0, journal, records) } ?? []
    room = Room(first: 9, last: 4, drawings: 2)
  }

  /// The socket, the other end of its connection, and all on the way through a relay. Where no other end is known, as with
  /// datagrams, each socket of its kind that something was called on.
  private static func sockets(around socket: SocketID, _ journal: Journal, _ records: Range<Int>)
    -> [SocketID]
  {
    var found = [socket]
    var place = 0
    while place < found.count {
      let next = [journal.peer(of: found[place]), journal.socket(found[place])?.info.partner]
      found += next.compactMap { $0 }.filter { !found.contains($0) }
      place += 1
    }
    guard found.count == 1, let info = journal.socket(socket)?.info, info.role != .listener else {
      return found
    }
    return journal.sockets.filter { id in
      id == socket || journal.socket(id)?.info.kind == info.kind && hasCalls(id, journal, records)
    }
  }

  private static func hasCalls(_ socket: SocketID, _ journal: Journal, _ records: Range<Int>) -> Bool {
    let rank = journal.rank(of: socket, atOrAfter: records.lowerBound)
    guard let first = journal.records(of: socket, in: rank..<rank + 1).first else { return false }
    return first.sequence < records.upperBound
  }

  func write(to output: inout ByteBuffer) {
    var drawn = 0
    for sockets in connections where drawn < room.drawings {
      let drawing = LaneDrawing(journal, sockets: sockets, records: records, limit: Self.drawn)
      if drawing.isEmpty { continue }
      drawn += 1
      write(drawing, sockets, to: &output)
    }
    writeRows(to: &output)
  }

  /// In the order in which something happened on them.
  private var connections: [[SocketID]] {
    func first(_ sockets: [SocketID]) -> Int {
      sockets.compactMap { id in
        let rank = journal.rank(of: id, atOrAfter: records.lowerBound)
        return journal.records(of: id, in: rank..<rank + 1).first?.sequence
      }.min() ?? .max
    }
    return HTMLOutline.connections(of: sockets, journal).sorted { first($0) < first($1) }
  }

  private func write(_ drawing: LaneDrawing, _ sockets: [SocketID], to output: inout ByteBuffer) {
    output.append("<figure><figcaption>")
    output.append(html: sockets.compactMap { journal.socket($0)?.info.name }.joined(separator: " and "))
    output.append("</figcaption>\n")
    output.append(text: drawing.svg(.time))
    if drawing.leftOut > 0 { output.append("<p>What came later has no room here.</p>\n") }
    output.append("</figure>\n")
    // A figure of its own: one of both leaves half a page empty where it does not fit.
    guard drawing.hasOffsets, drawing.isCutAnew else { return }
    output.append(
      "<figure><p>The same by place in the stream: a mark goes through where a chunk ends with a send.</p>\n")
    output.append(text: drawing.svg(.offset))
    output.append("</figure>\n")
  }

  // MARK: Rows

  private func writeRows(to output: inout ByteBuffer) {
    var first: [(sequence: Int, record: Record)] = []
    var last: [(sequence: Int, record: Record)] = []
    var count = 0
    for id in rowSockets {
      let found = ends(of: id)
      (first, last, count) = (first + found.first, last + found.last, count + found.count)
    }
    first.sort { $0.sequence < $1.sequence }
    last.sort { $0.sequence < $1.sequence }
    if count == 0 { return }
    let isWhole = count <= room.first + room.last + 1
    let rows = isWhole ? first : Array(first.prefix(room.first))
    output.append("<div class=\"rows\">")
    HTMLRows.writeHead(to: &output)
    var table = HTMLRows(SocketNames(journal), bytes: 16, explainsOnce: true)
    for row in rows { table.write(self.row(row), to: &output) }
    if !isWhole {
      table.skip(count - room.first - room.last, to: &output)
      for row in last.suffix(room.last) { table.write(self.row(row), to: &output) }
    }
    output.append("</tbody></table></div>\n")
  }

  private func row(_ row: (sequence: Int, record: Record)) -> ExportRows.Row {
    ExportRows.Row(
      record: row.record, sequence: row.sequence, payload: journal.payload(of: row.record).map { $0[...] })
  }

  /// What a relay does with bytes between two others is in the lanes.
  private var rowSockets: [SocketID] {
    let ends = sockets.filter { journal.socket($0)?.info.partner == nil || $0 == sockets.first }
    let listeners = ends.compactMap { journal.socket($0)?.info.parent }.filter { !ends.contains($0) }
    return ends + Set(listeners).sorted { $0.value < $1.value }
  }

  /// A wait that told of no socket: recvscope woke its own loop.
  private func isOwnWake(_ record: Record) -> Bool {
    record.kind == .wait && record.result > 0 && journal.body(WaitSets.self, of: record) == WaitSets()
  }

  /// The first and the last rows of a socket, as many as there could be room for, and how many there are.
  private func ends(of socket: SocketID) -> (
    first: [(sequence: Int, record: Record)], last: [(sequence: Int, record: Record)], count: Int
  ) {
    let isAside = !sockets.contains(socket)
    var first: [(sequence: Int, record: Record)] = []
    var last: [(sequence: Int, record: Record)] = []
    var count = 0
    var wasEmpty = false
    var rank = journal.rank(of: socket, atOrAfter: records.lowerBound)
    while true {
      let block = journal.records(of: socket, in: rank..<rank + 256)
      for row in block where row.sequence < records.upperBound {
        if Self.left.contains(row.record.kind) || isOwnWake(row.record) { continue }
        // Of calls that find nothing, one after another, the first tells it.
        let isEmpty = row.record.kind == .recv && row.record.errno == .wouldBlock
        defer { wasEmpty = isEmpty }
        if isEmpty, wasEmpty { continue }
        // Of a listener beside the connection: the accept that made it.
        if isAside, row.record.connection.map(sockets.contains) != true { continue }
        count += 1
        if first.count <= room.first + room.last { first.append(row) }
        last.append(row)
        if last.count > room.last { last.removeFirst() }
      }
      if block.isEmpty || block.last.map({ $0.sequence >= records.upperBound }) == true {
        return (first, last, count)
      }
      rank += block.count
    }
  }
}
