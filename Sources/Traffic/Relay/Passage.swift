import DequeModule

/// One way of a relayed connection: what was received and not passed on yet, and which send comes next and when. It makes no
/// call and reads no clock.
public struct Passage: Sendable {
  /// What is to be done next.
  public enum Step: Equatable, Sendable {
    /// Nothing, until more comes in or somebody lets go.
    case nothing
    /// Nothing before this time.
    case later(Nanoseconds)
    case send(Outgoing)
    /// Nothing before the other end is known to have received so many bytes, all that were passed on, or it is not; that is to
    /// be decided at this time at last.
    case prove(Int64, until: Nanoseconds)
    /// All was passed on, and no more will come: the end of the stream is next.
    case end
  }

  /// How long proof is waited for that the other end has received a send. A program that reads at all does so within a
  /// fraction of it.
  public static let proofLimit: Nanoseconds = 200_000_000

  /// Bytes that it takes before it says that there is no room.
  public let capacity: Int
  /// Bytes inside.
  public private(set) var inside = 0
  /// True once no more will come in.
  public private(set) var isEnded = false
  /// True while what comes in waits to be released by hand.
  public private(set) var isHeld = false
  /// True while what waits lies in messages.
  public internal(set) var holdsMessages = false
  private(set) var rules: PassageRules
  private var ready: Deque<RelayPiece> = []
  var held: [RelayPiece] = []
  /// Bytes that came in, urgent ones left out.
  public private(set) var taken: Int64 = 0
  /// When the hold ends by itself.
  public private(set) var holdEnd: Nanoseconds?
  private var cuts: Cuts?
  /// Bytes passed on.
  private var offset: Int64 = 0
  private var lastSend: Nanoseconds?
  /// When the rate allows the next byte.
  private var paidUntil: Nanoseconds = 0
  /// True if the send before was taken in part: the rest of it goes as soon as it can.
  private var isPartial = false
  /// The first bytes passed on of which it is decided whether the other end is known to have received them, and that.
  private var proof: (bytes: Int64, holds: Bool) = (0, true)

  /// - Parameter capacity: bytes, from 1.
  public init(_ rules: PassageRules = PassageRules(), capacity: Int) {
    self.capacity = capacity
    self.rules = rules
    cuts = rules.slice.map { Cuts($0, seed: rules.seed ?? 0, from: 0) }
  }

  /// Bytes that may still come in. A piece counts for one at least: empty datagrams have none.
  public var room: Int { max(0, capacity - max(inside, ready.count + held.count)) }

  /// Bytes inside that were received, and not put in the place of others.
  public var received: Int {
    (Array(ready) + held).reduce(0) { $0 + ($1.isChanged ? 0 : $1.bytes.count) }
  }

  /// True while there is nothing to pass on.
  public var isEmpty: Bool { ready.isEmpty && held.isEmpty }

  /// The pieces that are held, in the order in which they came.
  public var heldPieces: [HeldPiece] { held.map { HeldPiece(from: $0.from, bytes: $0.bytes) } }

  /// How many they are.
  public var heldCount: Int { held.count }

  /// Bytes that are held.
  public private(set) var heldBytes = 0

  /// Changes how what is still inside is passed on, too. What is drawn begins anew.
  public mutating func change(_ rules: PassageRules) {
    if (rules.slice, rules.seed) != (self.rules.slice, self.rules.seed) {
      cuts = rules.slice.map { Cuts($0, seed: rules.seed ?? 0, from: offset) }
    }
    if rules.rate != self.rules.rate { paidUntil = 0 }
    self.rules = rules
  }

  // MARK: Coming in

  /// What one recv(2) returned.
  /// - Parameters:
  ///   - sequence: of its record.
  ///   - time: when it returned.
  ///   - isDatagram: goes out as one, an empty one too.
  public mutating func receive(
    _ bytes: UnsafeRawBufferPointer, sequence: Int, at time: Nanoseconds, isUrgent: Bool = false,
    isDatagram: Bool = false
  ) {
    let piece = RelayPiece(
      bytes: Array(bytes)[...], from: sequence...sequence, arrived: time, isUrgent: isUrgent,
      isWhole: isDatagram, offset: isUrgent ? nil : taken)
    if !isUrgent { taken += Int64(bytes.count) }
    inside += bytes.count
    if isHeld {
      if holdsMessages { holdPart(piece) } else { held.append(piece) }
      heldBytes += bytes.count
    } else {
      ready.append(piece)
    }
  }

  /// No more will come: an end of stream was received.
  public mutating func end() { isEnded = true }

  // MARK: Going out

  /// What is to be done at a time; a hold that is over was ended before.
  public mutating func next(at now: Nanoseconds) -> Step {
    guard let head = ready.first else {
      if !isHeld { return isEnded ? .end : .nothing }
      return holdEnd.map { .later($0) } ?? .nothing
    }
    let count = ripe(at: now)
    let due = due(head, count)
    if due > now { return .later(min(due, holdEnd ?? .max)) }
    if rules.needsProof, !isPartial, proof.bytes < offset {
      return .prove(offset, until: (lastSend ?? now) + Self.proofLimit)
    }
    return .send(outgoing(count, head))
  }

  /// Decides what `prove` asked for: the next send goes out either way.
  public mutating func settle(isProven: Bool) { proof = (offset, isProven) }

  /// Bytes at the front that can go out together.
  private func ripe(at now: Nanoseconds) -> Int {
    let head = ready[0]  // there is one
    let most = min(rules.rateStep, cuts.map { Int($0.edge - offset) } ?? .max)
    if head.isWhole || head.isUrgent { return head.bytes.count }
    var count = head.bytes.count
    if cuts != nil || rules.coalesce > 0 {
      for piece in ready.dropFirst() {
        guard count < most, head.joins(piece), piece.arrived + rules.delay <= now else { break }
        count += piece.bytes.count
      }
    }
    return min(count, most)
  }

  private func due(_ head: RelayPiece, _ count: Int) -> Nanoseconds {
    if isPartial { return .min }
    var due = head.arrived + rules.delay
    let isFull =
      head.isWhole || head.isUrgent || isEnded || room == 0
      || cuts.map { offset + Int64(count) == $0.edge } ?? false
    if !isFull { due = max(due, head.arrived + rules.coalesce) }
    if let lastSend { due = max(due, lastSend + (head.gap ?? rules.gap)) }
    return max(due, paidUntil)
  }

  private func outgoing(_ count: Int, _ head: RelayPiece) -> Outgoing {
    var (bytes, last) = (head.bytes.prefix(count), head.from.upperBound)
    if bytes.count < count {
      var joined = Array(bytes)
      for piece in ready.dropFirst() where joined.count < count {
        joined += piece.bytes.prefix(count - joined.count)
        last = piece.from.upperBound
      }
      bytes = joined[...]
    }
    return Outgoing(
      bytes: bytes, from: head.from.lowerBound...max(head.from.lowerBound, last), isUrgent: head.isUrgent,
      isChanged: head.isChanged, isProven: rules.needsProof ? proof.bytes == offset && proof.holds : nil)
  }

  /// What `next` said was sent.
  /// - Parameter count: bytes that the kernel took.
  public mutating func sent(_ count: Int, of outgoing: Outgoing, at now: Nanoseconds) {
    isPartial = count < outgoing.bytes.count
    offset += Int64(count)
    inside -= count
    lastSend = now
    if let rate = rules.rate { paidUntil = max(paidUntil, now) + Int64(count) * 1_000_000_000 / Int64(rate) }
    cuts?.advance(to: offset)
    var left = count
    repeat {
      let taken = min(left, ready[0].bytes.count)
      left -= taken
      ready[0].bytes.removeFirst(taken)
      ready[0].offset = ready[0].offset.map { $0 + Int64(taken) }
      ready[0].gap = nil
      if ready[0].bytes.isEmpty { ready.removeFirst() }
    } while left > 0
  }

  // MARK: By hand

  /// From now on what comes in waits, and so does what was not sent yet.
  /// - Parameter end: when it goes on by itself; nil never.
  /// - Returns: bytes that wait already.
  public mutating func hold(until end: Nanoseconds?) -> Int {
    (isHeld, holdEnd, holdsMessages) = (true, end, false)
    // The rest of a send that was taken in part is on its way.
    let first = isPartial ? 1 : 0
    held = ready.dropFirst(first) + held
    heldBytes = held.reduce(0) { $0 + $1.bytes.count }
    ready.removeLast(ready.count - min(first, ready.count))
    return heldBytes
  }

  /// Lets go if the time of the hold is over.
  /// - Returns: bytes that were held; nil if it is not over, or there is none.
  public mutating func endHold(at now: Nanoseconds) -> Int? {
    guard let holdEnd, now >= holdEnd else { return nil }
    defer { letGo() }
    return heldBytes
  }

  private mutating func letGo() {
    (isHeld, holdEnd, heldBytes, holdsMessages) = (false, nil, 0, false)
    ready += held
    held = []
  }

  /// The place of the first piece named that does not wait; nil if all do.
  public func missing(_ pieces: [Int]) -> Int? {
    var seen: Set<Int> = []
    return pieces.first { $0 < 1 || $0 > held.count || !seen.insert($0).inserted }
  }

  /// Lets pieces go; they must wait. See `missing`.
  /// - Parameter replacements: go out in their place; nil for the pieces themselves.
  /// - Returns: bytes that leave the hold.
  public mutating func release(_ release: Release, with replacements: [Replacement]? = nil) -> Int {
    var chosen = take(release.pieces)
    let count = chosen.reduce(0) { $0 + $1.bytes.count }
    if let replacements {
      inside -= count
      chosen = replaced(chosen, by: replacements)
      inside += chosen.reduce(0) { $0 + $1.bytes.count }
    }
    if let size = release.size { chosen = chosen.flatMap { cut($0, size, gap: release.gap) } }
    ready += chosen
    if release.pieces.isEmpty { letGo() }
    return count
  }

  /// Throws pieces away; they must wait.
  /// - Returns: bytes that were in them.
  public mutating func drop(_ pieces: [Int]) -> Int {
    let count = take(pieces).reduce(0) { $0 + $1.bytes.count }
    inside -= count
    return count
  }

  private mutating func take(_ pieces: [Int]) -> [RelayPiece] {
    if pieces.isEmpty {
      defer { (held, heldBytes) = ([], 0) }
      return held
    }
    let chosen = pieces.map { held[$0 - 1] }
    for place in pieces.sorted(by: >) { held.remove(at: place - 1) }
    heldBytes -= chosen.reduce(0) { $0 + $1.bytes.count }
    return chosen
  }

  private func replaced(_ pieces: [RelayPiece], by replacements: [Replacement]) -> [RelayPiece] {
    guard let first = pieces.map(\.from.lowerBound).min(), let last = pieces.map(\.from.upperBound).max(),
      let arrived = pieces.map(\.arrived).min()
    else { return [] }
    return replacements.map {
      RelayPiece(
        bytes: $0.bytes[...], from: first...last, arrived: arrived, isUrgent: $0.isUrgent, isChanged: true,
        isWhole: true, gap: $0.gap)
    }
  }

  private func cut(_ piece: RelayPiece, _ size: Int, gap: Nanoseconds) -> [RelayPiece] {
    if piece.bytes.isEmpty { return [piece] }
    return stride(from: piece.bytes.startIndex, to: piece.bytes.endIndex, by: size).map { start in
      var part = piece
      part.bytes = piece.bytes[start..<min(start + size, piece.bytes.endIndex)]
      part.offset = piece.offset.map { $0 + Int64(start - piece.bytes.startIndex) }
      // A datagram is passed on whole: its parts are something else.
      part.isChanged = piece.isChanged || piece.isWhole
      (part.isWhole, part.gap) = (true, gap)
      return part
    }
  }
}
