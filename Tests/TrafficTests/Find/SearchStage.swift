@testable import Traffic

/// A journal to search in, with a socket or several that received and sent chunks.
struct SearchStage {
  let writer: JournalWriter
  var journal: Journal { writer.journal }

  init(memory: Int = 8 << 20) { writer = JournalWriter(limit: memory, wall: 0) }

  func socket(_ name: String = "c", _ kind: SocketKind = .tcp) -> SocketID {
    writer.add(SocketInfo(name: name, kind: kind, role: .client))
  }

  /// - Returns: the record's sequence number.
  @discardableResult
  func add(_ bytes: [UInt8], _ kind: Record.Kind = .recv, on socket: SocketID) -> Int {
    var record = Record(kind, socket: socket, start: 0, end: 1)
    record.asked = 4096
    record.result = Int32(bytes.count)
    return bytes.withUnsafeBytes { writer.append(record, payload: $0) }
  }

  func add(_ chunks: [String], on socket: SocketID) {
    for chunk in chunks { add(Array(chunk.utf8), on: socket) }
  }

  /// All that is found, in the order of the journal, as offsets in each stream.
  func all(_ pattern: String, of socket: SocketID? = nil) throws -> [Stretch] {
    var search = JournalSearch(try FindPattern(parsing: pattern), in: journal, of: socket)
    return go(on: &search).compactMap { $0.stretch(in: journal) }
  }

  func go(on search: inout JournalSearch) -> [FoundMatch] {
    var matches: [FoundMatch] = []
    while search.goOn(&matches) {}
    return matches.sorted()
  }
}
