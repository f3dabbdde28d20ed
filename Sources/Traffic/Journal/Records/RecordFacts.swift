import SystemPackage

/// What a record says, by the kind that says it. Who makes a call fills in here what it learns after the call; the rest
/// is given to the makers of `RecordMakers`.
extension Record {
  /// What the call returned; nil if it failed.
  public var returned: Int? { result >= 0 ? Int(result) : nil }

  /// Why the call failed; nil if it did not.
  public var errno: Errno? { result < 0 ? Errno(rawValue: -result) : nil }

  /// Time spent in the call.
  public var waited: Nanoseconds { end - start }

  /// recv: bytes left in the receive queue after the call; nil where the kernel did not say.
  /// send: bytes not yet acknowledged (SIOCOUTQ), read when the call could not take all.
  public var queued: Int? {
    get { left >= 0 ? Int(left) : nil }
    set { left = newValue.map(Int32.init(clamping:)) ?? Self.unknownCount }
  }

  /// accept: connections that still waited in the backlog after it; nil unknown.
  public var backlogLeft: Int? { kind == .accept ? queued : nil }

  /// recv: true if it asked a stream for its urgent byte, which is kept apart. UDP passes over MSG_OOB, and the other kinds
  /// with boundaries refuse it.
  public var isUrgent: Bool {
    kind == .recv && flags.contains(.outOfBand) && !conditions.contains(.datagram)
  }

  /// recv: true unless it only looked, or asked for the urgent byte: what it returned is the stream's next bytes, or a datagram.
  public var takes: Bool { !flags.contains(.peek) && !isUrgent }

  /// recv: when the newest byte of the chunk arrived, on the run's clock. The kernel's software receive stamp;
  /// nil where there was none. A TCP chunk has the stamp of its newest segment.
  public var arrived: Nanoseconds? {
    get { kind == .recv ? known(moment) : nil }
    set { moment = newValue ?? Self.unknownMoment }
  }

  /// send: when the burst wanted it; nil if it was sent without a plan.
  public var planned: Nanoseconds? {
    get { kind == .send && !isRelayed ? known(moment) : nil }
    set { moment = newValue ?? Self.unknownMoment }
  }

  /// wait: the timeout that the call was given; nil is for ever.
  public var timeout: Nanoseconds? { kind == .wait ? known(moment) : nil }

  /// wait: which call it was.
  public var waitCall: WaitCallName? { kind == .wait ? WaitCallName(rawValue: detail) : nil }

  /// start: wall clock of the run's time 0, in nanoseconds since 1970.
  public var wall: Nanoseconds? { kind == .start ? known(moment) : nil }

  /// recv on TCP: segments that arrived since the previous recv returned (`tcpi_data_segs_in`); nil unknown.
  /// recv of joined datagrams: how many they were.
  public var segments: Int? {
    get {
      guard kind == .recv else { return nil }
      if let segmentSize { return (Int(result) + untold + segmentSize - 1) / segmentSize }
      return conditions.contains(.datagram) ? nil : known(detail)
    }
    set { detail = newValue.map(UInt32.init(clamping:)) ?? Self.unknownDetail }
  }

  /// recv on UDP with UDP_GRO: the size of each of the datagrams that the call returned joined; the last may be
  /// shorter. nil if it returned one datagram. See udp(7).
  public var segmentSize: Int? {
    get {
      kind == .recv && !isWatched && conditions.contains(.datagram)
        ? known(other).flatMap { $0 > 0 ? $0 : nil } : nil
    }
    set { other = newValue.map(UInt32.init(clamping:)) ?? Self.unknownDetail }
  }

  /// Bytes beyond what the call returned: with MSG_TRUNC the result tells the real length already.
  private var untold: Int { flags.contains(.truncate) ? 0 : lost ?? 0 }

  /// recv of a datagram: bytes that did not fit and are gone; nil unknown.
  public var lost: Int? {
    get { kind == .recv && conditions.contains(.datagram) ? known(detail) : nil }
    set { detail = newValue.map(UInt32.init(clamping:)) ?? Self.unknownDetail }
  }

  /// accept: the new socket; nil if accept failed.
  public var connection: SocketID? { kind == .accept ? known(detail).map { SocketID(UInt32($0)) } : nil }

  /// send: index from 0 of this send in its burst; nil if it belongs to none.
  public var step: Int? { kind == .send && !isRelayed ? known(detail) : nil }

  /// send: number of the burst it belongs to, from 1 in a run; nil if it belongs to none. burst: its own number.
  public var burst: Int? { (kind == .send && !isWatched) || kind == .burst ? known(other) : nil }

  private var isRelayed: Bool { conditions.contains(.relayed) }

  /// send of a relay: sequence numbers of the first and the last recv record that its bytes came in. See `Journal.origins`.
  public var origin: ClosedRange<Int>? {
    kind == .send && isRelayed ? Int(moment)...Int(moment) + Int(detail) : nil
  }

  /// send of a relay with `--proof`: whether recv calls of the program at the other end are known to have returned all that
  /// was sent before. Nil of every other record.
  public var isProven: Bool? {
    guard kind == .send, !conditions.isDisjoint(with: [.proven, .unproven]) else { return nil }
    return conditions.contains(.proven)
  }

  /// accept, connect of a relay: number of the pair, from 1.
  public var pair: Int? { (kind == .accept || kind == .connect) && !isWatched ? known(other) : nil }

  /// listen of a relay: decides what is drawn for `--slice`.
  public var seed: UInt64? { kind == .listen ? known(moment).map { UInt64($0) } : nil }

  /// close of a relay's socket: bytes that it had received and that were never passed on.
  public var undelivered: Int? { kind == .close ? known(moment).map { Int($0) } : nil }

  /// hold, release, drop: the way.
  public var way: Way? {
    switch kind {
    case .hold, .release, .drop: detail == 0 ? .up : .down
    case .start, .listen, .accept, .connect, .recv, .send, .wait, .shutdown, .close, .option, .mark, .expect,
      .burst, .call, .startProgram, .output, .signal, .unseen, .lost, .exitProgram, .shake, .cut, .ask,
      .answer, .reveal, .segment:
      nil
    }
  }

  /// burst: how it went; nil of another kind.
  public var course: BurstCourse? {
    kind == .burst ? known(detail).flatMap { BurstCourse(rawValue: UInt32($0)) } : nil
  }

  /// Whom a datagram came from or was sent to, as an entry of the journal's address table.
  public var address: AddressID? {
    get { known(peer).map { AddressID(UInt32($0)) } }
    set { peer = newValue?.value ?? Self.unknownDetail }
  }

  /// expect, ask, reveal: the line of the lab, from 1.
  public var line: Int? { [.expect, .ask, .reveal].contains(kind) ? Int(asked) : nil }

  /// mark of a socket that could not be opened: the call that failed, and why; nil where none was made.
  public var openingFailure: (call: OpeningCall, errno: Errno?)? {
    guard kind == .mark, conditions.contains(.unopened), let call = OpeningCall(rawValue: detail) else {
      return nil
    }
    return (call, known(other).map { Errno(rawValue: CInt(truncatingIfNeeded: $0)) })
  }

  /// close: bytes that were received and never read; nil unknown.
  public var unread: Int? { kind == .close ? queued : nil }

  /// How shutdown(2) was called, or which way a socket was closed.
  public var how: Ending? { kind == .shutdown || kind == .close ? Ending(rawValue: detail) : nil }

  private func known(_ value: Nanoseconds) -> Nanoseconds? { value == Self.unknownMoment ? nil : value }
  private func known(_ value: UInt32) -> Int? { value == Self.unknownDetail ? nil : Int(value) }
}
