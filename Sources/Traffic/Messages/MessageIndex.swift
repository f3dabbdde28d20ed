import Synchronization

/// The messages of the sockets that somebody looks at, found by the records that completed them and by their bytes.
///
/// It is built little by little: what is asked for before it is known is not there yet. Several threads may build and ask; no one
/// waits for longer than a small step.
public final class MessageIndex: Sendable {
  /// What is spent in a look.
  private static let step = MessageEffort(records: 1024, bytes: 256 << 10, messages: 8192)
  /// What is spent under one lock beside the screen: a frame asks a hundred times, and may wait for so much each time.
  private static let small = MessageEffort(records: 64, bytes: 32 << 10, messages: 512)
  /// Sockets that nobody has asked for in so many looks are left as they are.
  fileprivate static let patience = 64
  /// Sockets that are kept so.
  fileprivate static let mostKept = 256

  fileprivate struct State {
    var sockets: [SocketID: SocketMessages] = [:]
    /// In which look a socket was asked for last.
    var asked: [SocketID: Int] = [:]
    var look = 0
    /// Sockets whose bytes are cut.
    var framings: [SocketID: Framings] = [:]
    /// Of what is known of the sockets.
    var version: Int?
    /// How often another way to cut was chosen.
    var changes = 0
    /// Records from this sequence number on are not shown.
    var end: Int?
  }

  private let state = Mutex(State())

  public init() {}

  // MARK: Going on

  /// Begins a look: takes in which sockets are cut, and how, and does one small step for each that was asked for lately.
  /// - Parameter end: records from this sequence number on are not shown, and their messages do not count.
  /// - Returns: false if there is more to do.
  @discardableResult public func look(_ journal: Journal, before end: Int? = nil) -> Bool {
    state.withLock { state in
      state.look += 1
      state.end = end
      state.refresh(journal)
    }
    return goOn(journal, step: Self.step)
  }

  /// Does a small step for each socket that was asked for lately.
  /// - Returns: false if there is more to do.
  public func goOn(_ journal: Journal) -> Bool { goOn(journal, step: Self.small) }

  private func goOn(_ journal: Journal, step: MessageEffort) -> Bool {
    var isDone = true
    for socket in state.withLock({ $0.wanted }) {
      var effort = step
      state.withLock { state in
        if state.sockets[socket]?.goOn(journal, &effort) == true { isDone = false }
      }
    }
    return isDone
  }

  // MARK: Asking

  /// True if bytes of some socket are cut.
  public var isUsed: Bool { state.withLock { !$0.framings.isEmpty } }

  /// Changes whenever a socket's bytes are cut in another way.
  public var version: Int { state.withLock { $0.changes } }

  /// True if it is known what a record completed, or nothing of its socket is cut.
  public func knows(_ socket: SocketID, _ sequence: Int, _ journal: Journal) -> Bool {
    ask(socket, journal) { sequence < $0.known } ?? true
  }

  /// True if a socket's bytes are cut, one way at least.
  public func isFramed(_ socket: SocketID) -> Bool { state.withLock { $0.framings[socket] != nil } }

  /// As it is written; nil where a way is not cut.
  public func framing(of socket: SocketID, _ way: Direction) -> String? {
    state.withLock { $0.framings[socket]?[way]?.text }
  }

  /// The messages that a record completed, in order.
  public func messages(
    of socket: SocketID, completedBy sequence: Int, _ journal: Journal
  ) -> ArraySlice<PlacedMessage> {
    ask(socket, journal) { $0.messages(completedBy: sequence, journal) } ?? []
  }

  /// The messages that have bytes in a range of a way, in order, the one that is not complete included; at most `limit`.
  public func messages(
    of socket: SocketID, in range: Range<Int64>, _ way: Direction, limit: Int, _ journal: Journal
  ) -> [PlacedMessage] {
    ask(socket, journal) { $0.messages(in: range, way, limit: limit, journal) } ?? []
  }

  /// What a socket's records come to, as far as they were taken; nil where nothing is cut.
  public func standing(of socket: SocketID, _ journal: Journal) -> MessageStanding? {
    let end = state.withLock(\.end)
    let records =
      end.map { journal.rank(of: socket, atOrAfter: $0) } ?? journal.ranks(of: socket).upperBound
    return ask(socket, journal) { messages in
      MessageStanding(
        follower: messages.follower(before: end, journal), taken: min(messages.rank, records),
        records: records)
    }
  }

  private func ask<Answer>(
    _ socket: SocketID, _ journal: Journal, _ question: (inout SocketMessages) -> Answer
  ) -> Answer? {
    state.withLock { state in
      guard state.begin(socket, journal, Self.step) else { return nil }
      return question(&state.sockets[socket]!)  // it has begun
    }
  }
}

extension MessageIndex.State {
  fileprivate var wanted: [SocketID] {
    asked.filter { $0.value + MessageIndex.patience >= look }.map(\.key)
  }

  /// - Returns: false where nothing is cut.
  fileprivate mutating func begin(_ socket: SocketID, _ journal: Journal, _ step: MessageEffort) -> Bool {
    guard let choices = framings[socket] else { return false }
    asked[socket] = look
    if sockets[socket]?.choices == choices { return true }
    if sockets.count >= MessageIndex.mostKept { prune() }
    var (messages, effort) = (SocketMessages(socket, choices), step)
    _ = messages.goOn(journal, &effort)
    sockets[socket] = messages
    return true
  }

  /// Forgets those that nobody asks for.
  private mutating func prune() {
    for (socket, look) in asked where look + MessageIndex.patience < self.look {
      (sockets[socket], asked[socket]) = (nil, nil)
    }
  }

  fileprivate mutating func refresh(_ journal: Journal) {
    let now = journal.extent.socketsVersion
    if version == now { return }
    if let version, let changed = journal.sockets(changedSince: version) {
      for socket in changed where take(socket, journal) {
        // A listener's framings are those of its connections.
        for child in journal.sockets where journal.socket(child)?.info.parent == socket {
          take(child, journal)
        }
      }
    } else {
      (framings, sockets, asked) = ([:], [:], [:])
      for socket in journal.sockets { take(socket, journal) }
    }
    version = now
  }

  /// - Returns: true if a socket that accepts is cut in another way now.
  @discardableResult private mutating func take(_ socket: SocketID, _ journal: Journal) -> Bool {
    let choices = journal.framings(of: socket)
    let isCut = choices.cuts(.received) || choices.cuts(.sent)
    let before = framings[socket]
    framings[socket] = isCut ? choices : nil
    if !isCut { (sockets[socket], asked[socket]) = (nil, nil) }
    if before != framings[socket] { changes += 1 }
    return before != framings[socket] && journal.socket(socket)?.info.role == .listener
  }
}
