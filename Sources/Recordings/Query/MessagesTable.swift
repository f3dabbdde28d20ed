import Traffic

/// The table `messages`: a row a message, of the sockets that a framing was laid over.
final class MessagesTable: QueryTable {
  static let columns = [
    ("socket", "TEXT"), ("way", "TEXT"), ("n", "INTEGER"), ("t", "INTEGER"), ("began", "INTEGER"),
    ("offset", "INTEGER"), ("length", "INTEGER"), ("calls", "INTEGER"), ("kind", "TEXT"), ("broken", "TEXT"),
    ("data", "BLOB"),
  ].map { (name: $0.0, type: $0.1) }

  static func helps(_ by: QueryComparison.Operator, on column: Int) -> Bool { column == 0 && by == .equal }

  private let journal: Journal

  init(_ journal: Journal) { self.journal = journal }

  func cursor(_ comparisons: [QueryComparison]) -> any QueryCursor {
    var sockets = journal.sockets
    for comparison in comparisons {
      if case .text(let name) = comparison.value { sockets = journal.socket(named: name).map { [$0] } ?? [] }
    }
    return Cursor(journal, sockets)
  }

  private final class Cursor: QueryCursor {
    private let journal: Journal
    private var sockets: ArraySlice<SocketID>
    private var socket = SocketID.none
    private var found: ArraySlice<FoundMessage> = []
    private(set) var rowID: Int64 = 0

    init(_ journal: Journal, _ sockets: [SocketID]) {
      self.journal = journal
      self.sockets = sockets[...]
      load()
    }

    var isAtEnd: Bool { found.isEmpty }

    func next() {
      found = found.dropFirst()
      rowID += 1
      load()
    }

    private func load() {
      while found.isEmpty, let id = sockets.popFirst() {
        socket = id
        found = (journal.messages(of: id)?.messages ?? [])[...]
      }
    }

    func value(_ column: Int) -> QueryValue {
      guard let found = found.first else { return .null }
      let message = found.message
      return switch MessagesTable.columns[column].name {
      case "socket": QueryValue(journal.socket(socket)?.info.name)
      case "way": .text(message.way.word)
      case "n": QueryValue(message.number)
      case "t": QueryValue(message.time)
      case "began": QueryValue(message.began)
      case "offset": QueryValue(message.range.lowerBound)
      case "length": QueryValue(message.range.count)
      case "calls": QueryValue(found.calls.map(\.count))
      case "kind": QueryValue(message.kind?.rawValue)
      case "broken": QueryValue(message.broken?.rawValue)
      case "data": journal.content(of: message, on: socket).map { .bytes($0) } ?? .null
      default: .null
      }
    }
  }
}
