import Traffic

/// The table `sockets`: a row a socket that is known, and what its records add up to.
final class SocketsTable: QueryTable {
  static let columns = [
    ("name", "TEXT"), ("kind", "TEXT"), ("role", "TEXT"), ("origin", "TEXT"), ("local", "TEXT"),
    ("peer", "TEXT"),
    ("exposed", "INTEGER"), ("receives", "INTEGER"), ("received", "INTEGER"), ("sends", "INTEGER"),
    ("sent", "INTEGER"), ("segments", "INTEGER"), ("records", "INTEGER"), ("latest", "INTEGER"),
    ("closed", "INTEGER"),
  ].map { (name: $0.0, type: $0.1) }

  static func helps(_ comparison: QueryComparison.Operator, on column: Int) -> Bool { false }

  private let journal: Journal

  init(_ journal: Journal) { self.journal = journal }

  func cursor(_ comparisons: [QueryComparison]) -> any QueryCursor { Cursor(journal) }

  private final class Cursor: QueryCursor {
    private let journal: Journal
    private var rest: ArraySlice<SocketID>
    private var row: (id: SocketID, info: SocketInfo, totals: SocketTotals)?

    init(_ journal: Journal) {
      self.journal = journal
      rest = journal.sockets[...]
      next()
    }

    var rowID: Int64 { row.map { Int64($0.id.value) } ?? 0 }
    var isAtEnd: Bool { row == nil }

    func next() {
      row = nil
      while row == nil, let id = rest.popFirst() {
        row = journal.socket(id).map { (id, $0.info, $0.totals) }
      }
    }

    func value(_ column: Int) -> QueryValue {
      guard let (_, info, totals) = row else { return .null }
      return switch SocketsTable.columns[column].name {
      case "name": .text(info.name)
      case "kind": .text(info.kind.rawValue)
      case "role": .text("\(info.role)")
      case "origin": .text(info.isWatched ? Record.watchedOrigin : Record.ownOrigin)
      case "local": QueryValue(info.local)
      case "peer": QueryValue(info.peer)
      case "exposed": QueryValue(info.isExposed)
      case "receives": QueryValue(totals.receives)
      case "received": QueryValue(totals.receivedBytes)
      case "sends": QueryValue(totals.sends)
      case "sent": QueryValue(totals.sentBytes)
      case "segments": QueryValue(totals.segments)
      case "records": QueryValue(totals.records)
      case "latest": QueryValue(totals.latest)
      case "closed": QueryValue(totals.isOver)
      default: .null
      }
    }
  }
}
