import SystemPackage
import Traffic

/// The two sockets of a relayed connection: what is read on one is sent on the other, and so are the ends. Used by the relay's
/// thread alone.
final class RelayPair {
  /// How a pair comes to its end.
  enum Ending: Equatable {
    /// It goes on.
    case open
    /// Both sides have ended and everything was passed on.
    case done
    /// This side was reset, and the other is to be.
    case reset(RelayEnd)
    /// One side has ended, and the other was silent for too long.
    case silent
  }

  /// Sends of one way before others have their turn.
  private static let mostSends = 64
  /// How long a side may take nothing before a reset is passed on over what it was still to get.
  private static let resetPatience: Nanoseconds = 1_000_000_000
  /// How often it is looked whether what a side was sent has arrived.
  private static let resetInterval: Nanoseconds = 1_000_000
  /// How often a side that has ended is asked for a reset.
  private static let lookInterval: Nanoseconds = 250_000_000
  private static let longestLookInterval: Nanoseconds = 5_000_000_000
  /// How long a side is not read before that is said.
  private static let stallPatience: Nanoseconds = 20_000_000
  /// How long a flow of datagrams may be silent: there is no end to wait for.
  static let idleLimit: Nanoseconds = 60_000_000_000

  /// When a half-closed pair is told: after 1 s, 10 s, 1 min, 10 min and 1 h of silence.
  private static let ages: [Nanoseconds] = [1, 10, 60, 600, 3600].map { $0 * 1_000_000_000 }

  let number: Int
  let client: RelaySide
  let target: RelaySide
  var rules: RelayRules
  /// When connect(2) was called for the target.
  var connectStart: Nanoseconds = 0
  /// The target's address that is tried, or was reached.
  private(set) var address: SocketAddress
  /// Those that were not tried yet.
  private var addresses: ArraySlice<SocketAddress>
  /// When something has to be done although nothing comes; nil never.
  private(set) var due: Nanoseconds?
  /// True while it has to be asked again whether what was sent has been received, once the bell has rung.
  private(set) var awaitsProof = false
  /// When bytes or an end last moved.
  private var lastMove: Nanoseconds
  /// What a side was still to get before a reset is passed on to it, and since when that is as it is.
  private var flush: (left: Int, since: Nanoseconds)?

  /// How many of `ages` were told of this silence.
  private var agesTold = 0

  private let run: Run
  private var isDatagram: Bool { client.kind.keepsBoundaries }

  /// - Parameter addresses: of the target, in the order in which to try them; there is one at least.
  init(
    _ number: Int, _ client: RelaySide, _ target: RelaySide, _ rules: RelayRules,
    _ addresses: [SocketAddress], _ run: Run
  ) {
    (self.number, self.client, self.target, self.rules) = (number, client, target, rules)
    (address, self.addresses, self.run) = (addresses[0], addresses[1...], run)
    lastMove = run.clock.now
  }

  /// - Returns: false if there is no other address to try.
  func goToNextAddress() -> Bool {
    guard let next = addresses.popFirst() else { return false }
    address = next
    return true
  }

  subscript(end: RelayEnd) -> RelaySide { end == .client ? client : target }

  /// The side whose bytes go a way.
  subscript(way: Way) -> RelaySide { way == .up ? client : target }

  /// Passes on what is due, and says whether the pair is over.
  func advance() -> Ending {
    (due, awaitsProof) = (nil, false)
    for end in RelayEnd.allCases { pass(from: self[end], to: self[end.other]) }
    // Nothing can be sent either way: what is inside has nobody to go to.
    if client.isBroken, target.isBroken { return .reset(.client) }
    for end in RelayEnd.allCases {
      if self[end].hasEnded, let ending = resetPassed(from: self[end], to: self[end.other]) { return ending }
    }
    if client.hasEnded, target.hasEnded, client.hasShutDown, target.hasShutDown { return .done }
    return watchSilence()
  }

  func moved() { (lastMove, agesTold) = (run.clock.now, 0) }

  /// How long nothing has moved.
  var silence: Nanoseconds { run.clock.now - lastMove }

  private func wake(at time: Nanoseconds) { due = min(due ?? .max, time) }

  private func pass(from source: RelaySide, to sink: RelaySide) {
    if let held = source.passage.endHold(at: run.clock.now) { letGo(source, held) }
    passWhatIsDue(from: source, to: sink)
  }

  /// The limit of a hold is over.
  private func letGo(_ source: RelaySide, _ bytes: Int) {
    source.noteHold()
    run.writer.append(.byHand(.release, source.id, source.end.way, at: run.clock.now, bytes: bytes))
  }

  private func passWhatIsDue(from source: RelaySide, to sink: RelaySide) {
    var count = 0
    while sink.isConnected, !sink.isBroken, !sink.isFull {
      let now = run.clock.now
      switch source.passage.next(at: now) {
      case .nothing: return tellStall(of: source, sink)
      case .later(let time):
        wake(at: time)
        return tellStall(of: source, sink)
      case .prove(let bytes, let limit):
        guard let isProven = sink.isProven(bytes, at: now, until: limit) else {
          awaitsProof = true
          wake(at: min(limit, source.passage.holdEnd ?? .max))
          return tellStall(of: source, sink)
        }
        source.passage.settle(isProven: isProven)
      case .end:
        // After a reset there is no end of stream to pass on.
        if !source.isBroken, !sink.hasShutDown {
          sink.shutdown()
          moved()
        }
        return
      case .send(let outgoing):
        if count == Self.mostSends { return wake(at: now) }
        count += 1
        guard let taken = sink.send(outgoing) else { break }
        source.passage.sent(taken, of: outgoing, at: now)
        moved()
      }
    }
    tellStall(of: source, sink)
  }

  /// A side is read again once half of its room is free; that it was not is said if it was so for long.
  private func tellStall(of source: RelaySide, _ sink: RelaySide) {
    let now = run.clock.now
    guard let since = source.stalledSince else {
      if source.passage.room == 0 {
        source.stalledSince = now
        wake(at: now + Self.stallPatience)
      }
      return
    }
    if source.passage.room * 2 >= source.passage.capacity {
      if source.isStallTold { run.mark(source.id, "read again after \(Units.duration(now - since))") }
      (source.stalledSince, source.isStallTold) = (nil, false)
    } else if !source.isStallTold {
      if now < since + Self.stallPatience { return wake(at: since + Self.stallPatience) }
      source.isStallTold = true
      let held = source.passage.isHeld ? "are held" : "wait for \(sink.name)"
      run.mark(source.id, "no longer read: \(Units.count(source.passage.inside)) bytes \(held)")
    }
  }

  /// After a reset of one side what it had sent is passed on first, as the kernel hands it out first, then the reset.
  private func resetPassed(from source: RelaySide, to sink: RelaySide) -> Ending? {
    guard source.isBroken else { return nil }
    if sink.isBroken || !sink.isConnected { return .reset(source.end) }
    let now = run.clock.now
    // Its time comes, or somebody lets go: only a side that takes nothing is not waited for.
    if source.passage.inside > 0, !sink.isFull {
      flush = nil
      return nil
    }
    let left = source.passage.inside + sink.unacknowledged
    if left == 0 { return .reset(source.end) }
    if flush?.left != left { flush = (left, now) }
    if let flush, now >= flush.since + Self.resetPatience { return .reset(source.end) }
    wake(at: now + Self.resetInterval)
    return nil
  }

  /// Says now and then how long one side is silent after the other has ended: nothing else shows that it goes on.
  private func tellAge(of end: RelayEnd, _ now: Nanoseconds) {
    guard agesTold < Self.ages.count, now >= lastMove + Self.ages[agesTold] else { return }
    agesTold += 1
    run.mark(
      self[end].id,
      "half-closed: it has ended, and \(self[end.other].name) is silent for \(Units.duration(now - lastMove))"
    )
  }

  /// True while bytes wait inside that are not due yet: that nothing moves is the relay's own doing.
  private var isWaiting: Bool {
    RelayEnd.allCases.contains { !self[$0].passage.isEmpty && !self[$0.other].isFull }
  }

  private func watchSilence() -> Ending {
    let now = run.clock.now
    if isDatagram {
      wake(at: lastMove + Self.idleLimit)
      return now >= lastMove + Self.idleLimit ? .silent : .open
    }
    let ended = RelayEnd.allCases.filter { self[$0].hasEnded && !self[$0].isBroken }
    if ended.isEmpty { return .open }
    for end in ended { self[end].lookForReset() }
    if ended.contains(where: { self[$0].isBroken }) {
      wake(at: now)
    } else {
      // The longer it lasts the less often: each look is a wait that is recorded.
      wake(at: now + min(max(Self.lookInterval, silence / 4), Self.longestLookInterval))
    }
    if ended.count == 1 { tellAge(of: ended[0], now) }
    guard let limit = rules.halfCloseLimit, !isWaiting else { return .open }
    wake(at: lastMove + limit)
    return now >= lastMove + limit ? .silent : .open
  }
}
