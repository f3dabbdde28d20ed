import SystemPackage

/// One maker for each kind of record: it names what the kind has to have. A call that failed has an errno and no result.
extension Record {
  /// The run begins.
  /// - Parameter wall: the wall clock at the run's time 0, in nanoseconds since 1970.
  static func start(wall: Nanoseconds) -> Record {
    var record = Record(.start, start: 0, end: 0)
    record.moment = wall
    return record
  }

  /// listen(2) or, for a datagram socket, bind(2); the address is the payload.
  /// - Parameters:
  ///   - backlog: of listen(2); 0 for a datagram socket.
  ///   - seed: of a relay, at most `Int64.max`; nil for every other socket.
  public static func listen(
    _ socket: SocketID, at time: Nanoseconds, backlog: Int, seed: UInt64? = nil
  ) -> Record {
    var record = Record(.listen, socket: socket, start: time, end: time)
    record.asked = UInt32(clamping: backlog)
    record.moment = seed.map { Int64(clamping: $0) } ?? unknownMoment
    return record
  }

  /// accept(2) on a listener.
  /// - Parameters:
  ///   - connection: the new socket.
  ///   - backlogLeft: connections that still wait; nil unknown.
  ///   - pair: number of a relay's pair that it is of; nil for none.
  public static func accept(
    _ listener: SocketID, from start: Nanoseconds, to end: Nanoseconds, connection: SocketID,
    backlogLeft: Int?, pair: Int? = nil
  ) -> Record {
    var record = Record(.accept, socket: listener, start: start, end: end)
    record.detail = connection.value
    record.queued = backlogLeft
    record.other = pair.map(UInt32.init(clamping:)) ?? unknownDetail
    return record
  }

  /// accept(2) that failed.
  public static func accept(
    _ listener: SocketID, from start: Nanoseconds, to end: Nanoseconds, failed errno: Errno
  ) -> Record {
    var record = Record(.accept, socket: listener, start: start, end: end)
    record.result = -errno.rawValue
    return record
  }

  /// connect(2); the two addresses are the payload, as `ConnectedEnds`.
  /// - Parameter pair: number of a relay's pair that it is of; nil for none.
  public static func connect(
    _ socket: SocketID, from start: Nanoseconds, to end: Nanoseconds, failed errno: Errno? = nil,
    pair: Int? = nil
  ) -> Record {
    var record = Record(.connect, socket: socket, start: start, end: end)
    record.result = errno.map { -$0.rawValue } ?? 0
    record.other = pair.map(UInt32.init(clamping:)) ?? unknownDetail
    return record
  }

  /// recv(2); the bytes are the payload.
  /// - Parameter result: bytes, or a negated errno.
  @inline(__always)
  public static func recv(
    _ socket: SocketID, from start: Nanoseconds, to end: Nanoseconds, asked: Int, result: Int32,
    flags: MessageFlags, conditions: Conditions
  ) -> Record {
    var record = Record(.recv, socket: socket, start: start, end: end)
    record.asked = UInt32(clamping: asked)
    record.result = result
    record.flags = flags
    record.conditions = conditions
    return record
  }

  /// send(2) to be made; times and result are filled in when it was. The bytes are the payload.
  /// - Parameters:
  ///   - burst: number of the burst it belongs to, and its index in it; nil for none.
  ///   - address: of a datagram on a socket that is not connected.
  public static func send(
    _ socket: SocketID, flags: MessageFlags, burst: (number: Int, step: Int)? = nil,
    to address: AddressID? = nil
  ) -> Record {
    var record = Record(.send, socket: socket, start: 0, end: 0)
    record.flags = flags
    if let burst {
      record.other = UInt32(truncatingIfNeeded: burst.number)
      record.detail = UInt32(clamping: burst.step)
    }
    record.address = address
    return record
  }

  /// send(2) to be made by a relay; times and result are filled in when it was. The bytes are the payload.
  /// - Parameters:
  ///   - origin: sequence numbers of the first and the last recv record that the bytes came in.
  ///   - isChanged: they are not those that were received.
  ///   - isProven: what was sent before is known to have been received; nil where nobody asked for that.
  public static func relayed(
    _ socket: SocketID, asked: Int, flags: MessageFlags, from origin: ClosedRange<Int>, isChanged: Bool,
    isProven: Bool? = nil
  ) -> Record {
    var record = Record(.send, socket: socket, start: 0, end: 0)
    record.asked = UInt32(clamping: asked)
    record.flags = flags
    record.conditions = isChanged ? [.relayed, .changed] : .relayed
    if let isProven { record.conditions.insert(isProven ? .proven : .unproven) }
    record.moment = Int64(origin.lowerBound)
    record.detail = UInt32(clamping: origin.upperBound - origin.lowerBound)
    return record
  }

  /// What somebody did to a way of a relay.
  /// - Parameters:
  ///   - kind: hold, release or drop.
  ///   - socket: the one whose bytes go that way.
  ///   - bytes: that wait, or that were let go or thrown away.
  ///   - isChanged: something else goes in their place.
  public static func byHand(
    _ kind: Kind, _ socket: SocketID, _ way: Way, at time: Nanoseconds, bytes: Int, isChanged: Bool = false
  ) -> Record {
    var record = Record(kind, socket: socket, start: time, end: time)
    record.detail = way == .up ? 0 : 1
    record.asked = UInt32(clamping: bytes)
    if isChanged { record.conditions = .changed }
    return record
  }

  /// select(2), poll(2) or epoll_wait(2); what was ready is the payload, as `WaitSets`.
  /// - Parameters:
  ///   - result: descriptors that were ready, or a negated errno.
  ///   - timeout: nil is for ever.
  public static func wait(
    _ socket: SocketID, _ call: WaitCallName, from start: Nanoseconds, to end: Nanoseconds, result: Int32,
    timeout: Nanoseconds?
  ) -> Record {
    var record = Record(.wait, socket: socket, start: start, end: end)
    record.result = result
    record.detail = call.rawValue
    record.moment = timeout ?? unknownMoment
    return record
  }

  /// shutdown(2).
  public static func shutdown(
    _ socket: SocketID, _ how: Ending, from start: Nanoseconds, to end: Nanoseconds,
    failed errno: Errno? = nil
  ) -> Record {
    ending(.shutdown, socket, how, start, end, errno)
  }

  /// close(2).
  /// - Parameters:
  ///   - unread: bytes that lay in the receive queue before it; nil unknown.
  ///   - undelivered: of a relay's socket: bytes that were received and never passed on.
  public static func close(
    _ socket: SocketID, _ how: Ending, from start: Nanoseconds, to end: Nanoseconds, unread: Int? = nil,
    undelivered: Int? = nil, failed errno: Errno? = nil
  ) -> Record {
    var record = ending(.close, socket, how, start, end, errno)
    record.queued = unread
    record.moment = undelivered.map(Int64.init) ?? unknownMoment
    return record
  }

  private static func ending(
    _ kind: Kind, _ socket: SocketID, _ how: Ending, _ start: Nanoseconds, _ end: Nanoseconds, _ errno: Errno?
  ) -> Record {
    var record = Record(kind, socket: socket, start: start, end: end)
    record.detail = how.rawValue
    record.result = errno.map { -$0.rawValue } ?? 0
    return record
  }

  /// setsockopt(2), or a choice of recvscope's own; which is the payload, as `OptionChange`.
  public static func option(_ socket: SocketID, at time: Nanoseconds, failed errno: Errno? = nil) -> Record {
    var record = Record(.option, socket: socket, start: time, end: time)
    record.result = errno.map { -$0.rawValue } ?? 0
    return record
  }

  /// A note; its text is the payload.
  public static func mark(_ socket: SocketID = .none, at time: Nanoseconds) -> Record {
    Record(.mark, socket: socket, start: time, end: time)
  }

  /// A note that asks for statistics of what came before it; `none` of all sockets. The command is its text.
  public static func statistics(_ socket: SocketID, at time: Nanoseconds) -> Record {
    var record = mark(socket, at: time)
    record.conditions = .statistics
    return record
  }

  /// A note that says why its socket could not be opened.
  /// - Parameters:
  ///   - call: the call that failed; nil if none was made.
  ///   - errno: why it failed; nil where it is told in other words.
  public static func unopened(
    _ socket: SocketID, from start: Nanoseconds, to end: Nanoseconds, call: OpeningCall? = nil,
    errno: Errno? = nil
  ) -> Record {
    var record = Record(.mark, socket: socket, start: start, end: end)
    record.conditions = .unopened
    record.detail = call?.rawValue ?? unknownDetail
    record.other = errno.map { UInt32($0.rawValue) } ?? unknownDetail
    return record
  }

  /// What an `expect` of a lab came to; the payload is a `Verdict`.
  /// - Parameter line: of the lab, from 1.
  public static func expect(_ socket: SocketID, at time: Nanoseconds, line: Int, holds: Bool) -> Record {
    var record = Record(.expect, socket: socket, start: time, end: time)
    record.asked = UInt32(clamping: line)
    record.result = holds ? 1 : 0
    return record
  }

  /// A burst is over; the payload is a `BurstReport`.
  /// - Parameters:
  ///   - number: of the burst, from 1 in a run.
  ///   - report: the payload.
  ///   - errno: what ended it.
  public static func burst(
    _ socket: SocketID, from start: Nanoseconds, to end: Nanoseconds, number: Int, _ report: BurstReport,
    failed errno: Errno? = nil
  ) -> Record {
    var record = Record(.burst, socket: socket, start: start, end: end)
    record.other = UInt32(truncatingIfNeeded: number)
    let course = BurstCourse(report, errno)
    record.detail = course.rawValue
    record.result = errno.map { -$0.rawValue } ?? (course == .plain || course == .whole ? 1 : 0)
    return record
  }
}
