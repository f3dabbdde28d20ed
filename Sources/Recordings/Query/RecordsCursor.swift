import Traffic

/// Goes through records, and passes over those that a condition surely leaves out.
final class RecordsCursor: QueryCursor {
  private static let step = 4096

  private let journal: Journal
  private let names: QueryNames
  private var kinds = RecordKinds.all
  /// Whose ranks the places are; nil takes sequence numbers.
  private var socket: SocketID?
  /// Places still to read, and sequence numbers wanted.
  private var places: Range<Int>
  private var wanted = 0..<Int.max
  private var rows: [(sequence: Int, record: Record)] = []
  private var index = 0
  private(set) var isAtEnd = false

  init(_ journal: Journal, _ comparisons: [QueryComparison]) {
    self.journal = journal
    names = QueryNames(journal)
    places = journal.extent.records
    for comparison in comparisons { narrow(by: comparison) }
    if let socket {
      let ranks = journal.ranks(of: socket)
      places =
        wanted == 0..<Int.max
        ? ranks
        : Range(
          uncheckedBounds: (
            journal.rank(of: socket, atOrAfter: max(wanted.lowerBound, places.lowerBound)), ranks.upperBound
          ))
      if places.lowerBound > places.upperBound { places = ranks.upperBound..<ranks.upperBound }
    } else {
      places = places.clamped(to: wanted)
    }
    load()
  }

  private func narrow(by comparison: QueryComparison) {
    switch (RecordField.allCases[comparison.column], comparison.by, comparison.value) {
    case (.seq, let by, .integer(let number)):
      // Places before the number, and behind it: below 0 there is nothing.
      let before = Int(max(number, 0))
      let behind = number < 0 ? 0 : Int(min(number, .max - 1)) + 1
      let range =
        switch by {
        case .equal: before..<behind
        case .greater: behind..<Int.max
        case .atLeast: before..<Int.max
        case .less: 0..<before
        case .atMost: 0..<behind
        }
      wanted = wanted.clamped(to: range)
    case (.event, .equal, .text(let word)):
      kinds.formIntersection(RecordKinds { $0.kind.word == word })
    case (.socket, .equal, .text(let name)):
      // Nobody's records are read where there is no such socket.
      if let id = journal.socket(named: name) { socket = id } else { wanted = 0..<0 }
    default: break
    }
  }

  private func load() {
    index = 0
    rows = []
    while rows.isEmpty, !places.isEmpty {
      let from = journal.skip(of: socket, from: places.lowerBound, to: kinds)
      guard from < places.upperBound else { break }
      let range = from..<min(from + Self.step, places.upperBound)
      rows = socket.map { journal.records(of: $0, in: range) } ?? journal.records(in: range)
      places = range.upperBound..<places.upperBound
      if let first = rows.first, first.sequence >= wanted.upperBound { rows = []; break }
    }
    isAtEnd = rows.isEmpty
  }

  var rowID: Int64 { isAtEnd ? 0 : Int64(rows[index].sequence) }

  func next() {
    index += 1
    if index == rows.count { load() }
  }

  func value(_ column: Int) -> QueryValue {
    let row = rows[index]
    return RecordField.allCases[column].value(row.record, row.sequence, names)
  }
}
