import Traffic

/// Which records and messages are printed: by kind, and by a filter.
struct RecordChoice {
  /// What records can be that are printed.
  let kinds: RecordKinds
  let filter: Filter?
  /// Those that ask for statistics are among them.
  private static let notes = RecordKinds { $0.kind == .mark }
  private let surroundings: FilterSurroundings?

  init(_ kinds: RecordKinds, _ filter: Filter?, _ names: SocketNames) {
    self.kinds = filter.map { kinds.intersection($0.kinds.union(Self.notes)) } ?? kinds
    self.filter = filter
    surroundings = filter.map {
      FilterSurroundings(
        info: { names[$0] }, address: names.text, origins: names.origins(of:), payload: { _ in nil },
        sockets: $0.noSockets)
    }
  }

  /// - Parameter payload: nil where the journal no longer has it.
  func shows(_ record: Record, _ sequence: Int, payload: ArraySlice<UInt8>?) -> Bool {
    guard kinds.contains(RecordKinds(record)) else { return false }
    // Statistics are of what passes, and need not pass themselves.
    if record.conditions.contains(.statistics) { return true }
    guard let filter, let surroundings else { return true }
    if filter.readsPayload { surroundings.payload = { _ in payload } }
    return filter.passes(record, sequence, surroundings)
  }

  /// Takes a record into account for the sockets that an `any( )` asks for.
  func note(_ record: Record, _ sequence: Int, payload: ArraySlice<UInt8>?) {
    guard let filter, let surroundings else { return }
    if filter.readsPayload { surroundings.payload = { _ in payload } }
    _ = filter.note(record, sequence, surroundings)
  }

  /// - Parameter socket: of the message.
  func shows(_ message: MessageFacts, of socket: SocketID) -> Bool {
    guard let filter, let surroundings else { return true }
    return filter.passes(message, of: socket, surroundings.sockets)
  }

  /// Takes a message into account for the same.
  func note(_ message: MessageFacts, of socket: SocketID) {
    guard let filter, let surroundings else { return }
    _ = filter.note(message, of: socket, &surroundings.sockets)
  }

  /// True if not all are printed.
  var isFiltered: Bool { filter != nil }

  func prune(_ journal: Journal) { surroundings?.sockets.prune(journal) }
}
