/// Follows all sockets whose bytes are cut into messages, as their records are passed.
public struct MessageFollowers {
  /// What a record brought.
  public struct Found {
    /// Messages of before: its socket was not followed, or by another framing.
    public var earlier: [FoundMessage] = []
    /// Messages that it completed.
    public var completed: [FoundMessage] = []
    /// Of what was received, where it ended with this record, or the socket was closed; told once.
    public var naive: NaiveReader?

    public var isEmpty: Bool { earlier.isEmpty && completed.isEmpty && naive == nil }
  }

  private let journal: Journal
  /// Of the sockets that were looked at: nil where nothing is cut.
  private var followers: [SocketID: MessageFollower?] = [:]
  /// Until somebody has said `frame` there is nothing to do.
  private var isWanted: Bool
  private var told: Set<SocketID> = []
  /// The framings are those that were said last, from the first record on.
  private let isSettled: Bool

  /// - Parameters:
  ///   - isFramed: somebody may have said `frame` before the first record that is passed.
  ///   - isSettled: the run is over, and its bytes are cut as was said last; what was said on the way changes nothing.
  public init(_ journal: Journal, isFramed: Bool = false, isSettled: Bool = false) {
    (self.journal, self.isSettled) = (journal, isSettled)
    isWanted = isFramed || isSettled
  }

  /// Takes the next record.
  /// - Parameters:
  ///   - payload: nil where the journal no longer has it.
  ///   - parent: which listener accepted a socket.
  public mutating func take(
    _ record: Record, _ sequence: Int, payload: ArraySlice<UInt8>?, parent: (SocketID) -> SocketID?
  ) -> Found {
    var found = Found()
    if record.kind == .option {
      if isSettled { return found }
      guard let change = payload.flatMap(OptionChange.init), change.name == FramingChoice.word else {
        return found
      }
      isWanted = true
      // Of a listener: its connections are looked at anew.
      followers = followers.filter { $0.key != record.socket && parent($0.key) != record.socket }
      begin(record.socket, before: sequence + 1, &found)
      return found
    }
    guard isWanted, MessageFollower.moves(record.kind) else { return found }
    if followers[record.socket] == nil { begin(record.socket, before: sequence, &found) }
    if var follower = followers[record.socket] ?? nil {
      // The only other holder of its buffers lets go of them.
      followers[record.socket] = .some(nil)
      follower.take(record, payload: payload, into: &found.completed)
      if record.endsReceiving || record.kind == .close, follower.naive.receives > 0,
        told.insert(record.socket).inserted
      {
        found.naive = follower.naive
      }
      followers[record.socket] = follower
    }
    if record.kind == .close { forget(record.socket) }
    return found
  }

  /// When a pause will have ended a message that was received, unless more comes; nil if none waits for that.
  public var pauseEnd: Nanoseconds? { followers.values.compactMap { $0?.pauseEnd }.min() }

  /// Nothing was received up to a time.
  /// - Returns: the messages that this completes.
  public mutating func pause(until time: Nanoseconds) -> [(socket: SocketID, message: FoundMessage)] {
    var completed: [(socket: SocketID, message: FoundMessage)] = []
    for (socket, follower) in followers {
      guard var follower, let end = follower.pauseEnd, end <= time else { continue }
      var messages: [FoundMessage] = []
      follower.pause(until: time, into: &messages)
      followers[socket] = follower
      completed += messages.map { (socket, $0) }
    }
    return completed
  }

  public mutating func forget(_ socket: SocketID) {
    followers[socket] = nil
    told.remove(socket)
  }

  /// Cuts what came before.
  private mutating func begin(_ socket: SocketID, before sequence: Int, _ found: inout Found) {
    let past = journal.messages(of: socket, before: sequence)
    followers[socket] = .some(past?.follower)
    found.earlier = past?.messages ?? []
  }
}
