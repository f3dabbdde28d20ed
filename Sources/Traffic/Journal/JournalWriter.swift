import Synchronization

/// The face of a journal for those who append: any thread may, and none waits for readers.
///
/// Memory is bounded: when the limit is reached, the oldest payloads go first, down to a quarter of the limit, then the oldest
/// records.
public struct JournalWriter: Sendable {
  /// What was written, for readers.
  public let journal: Journal

  /// Begins a run.
  /// - Parameters:
  ///   - limit: memory for records and payloads in bytes; at least 4 MiB is used.
  ///   - wall: the wall clock at the run's time 0, in nanoseconds since 1970.
  ///   - memory: where blocks come from. Where it has no more, the journal makes do with what it has.
  public init(limit: Int = 256 << 20, wall: Nanoseconds, memory: BlockMemory = .standard) {
    journal = Journal(JournalState(limit: limit, memory))
    append(.start(wall: wall))
  }

  /// Goes on with what is there.
  public init(to journal: Journal) { self.journal = journal }

  /// Adds a socket to the table. Its name must be new; see `socket(named:)`.
  public func add(_ info: SocketInfo) -> SocketID {
    journal.state.withLock { $0.sockets.add(info) }
  }

  /// Changes what is known of a socket.
  public func update(_ socket: SocketID, _ change: @Sendable (inout SocketInfo) -> Void) {
    journal.state.withLock { $0.sockets.update(socket, change) }
  }

  /// The id of an address, made when it is new, for a record that is appended soon: the id of one that no record held has
  /// is forgotten at some time.
  public func intern(address: String) -> AddressID {
    journal.state.withLock { $0.addresses.intern(address, at: $0.log.next) }
  }

  /// Appends one record with its payload; number, offset and payload position are filled in here.
  /// - Returns: the record's sequence number.
  @discardableResult
  public func append(_ record: Record, payload: UnsafeRawBufferPointer = .init(start: nil, count: 0)) -> Int {
    let (sequence, wakes) = journal.state.withLock { state in
      let sequence = state.append(record, payload: payload)
      return (sequence, state.waiters.isEmpty ? nil : state.takeWaiters(for: record))
    }
    if let wakes { for wake in wakes { wake() } }
    return sequence
  }

  /// Appends one record with what it carries.
  @discardableResult
  public func append(_ record: Record, _ body: some RecordBody) -> Int {
    body.payload.withUnsafeBytes { append(record, payload: $0) }
  }

  /// Appends one record whose payload is text: a mark, the address of a listener.
  @discardableResult
  public func append(_ record: Record, text: String) -> Int {
    var text = text
    return text.withUTF8 { append(record, payload: UnsafeRawBufferPointer($0)) }
  }
}
