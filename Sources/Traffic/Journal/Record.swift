import SystemPackage

/// One entry of the journal: a system call with its arguments, result and times, or an event on one socket.
///
/// A fixed-size value. Fields that only some kinds need share storage; the accessors below say which kind means what.
/// `seq`, the place in the journal, is where the record lies and so is not a field.
public struct Record: Sendable, Equatable {
  public enum Kind: UInt8, CaseIterable, Sendable {
    case start, listen, accept, connect, recv, send, wait, shutdown, close, option, mark, expect, burst

    /// The word of the JSON's `event` and of `--show`.
    public var word: String { "\(self)" }
  }

  /// When the call was entered; for an event, when it happened.
  public var start: Nanoseconds
  /// When the call returned: the JSON's `t`. Stamped by the calling thread before anything else runs.
  public var end: Nanoseconds
  /// recv, send: offset of the first byte in its direction of the stream. Given by the journal.
  public internal(set) var offset: Int64 = 0
  /// Shared: see `arrived`, `planned`, `timeout`, `wall`.
  public var stamp: Nanoseconds = Record.unknownStamp
  /// Where the payload lies in the journal's log of payload bytes. Given by the journal.
  public internal(set) var payloadPosition: Int64 = 0
  /// Length of the payload in bytes. Given by the journal.
  public internal(set) var payloadLength: UInt32 = 0
  /// Bytes asked for (recv: the buffer's size; send: the length passed); listen: the backlog.
  public var asked: UInt32 = 0
  /// What the call returned: 0 or more, or a negated errno.
  public var result: Int32 = 0
  /// Shared: see `queued`.
  public var queue: Int32 = -1
  public var socket: SocketID
  /// Number of this call on this socket, from 1, counted by kind. Given by the journal.
  public internal(set) var number: UInt32 = 0
  /// Shared: see `segments`, `lost`, `connection`, `step`, `how`.
  public var detail: UInt32 = Record.unknownDetail
  /// send, burst: see `burst`; recv: see `segmentSize`; wait: see `WaitSets`.
  public var other: UInt32 = Record.unknownDetail
  /// recv and send of a datagram: see `address`.
  public var peer: UInt32 = Record.unknownDetail
  public var kind: Kind
  public var conditions: Conditions = []
  public var flags: MessageFlags = []

  public init(_ kind: Kind, socket: SocketID = .none, start: Nanoseconds, end: Nanoseconds) {
    self.kind = kind
    self.socket = socket
    self.start = start
    self.end = end
  }

  public static let unknownStamp = Nanoseconds.min
  public static let unknownDetail = UInt32.max
}

extension Record {
  /// What the call returned; nil if it failed.
  public var returned: Int? { result >= 0 ? Int(result) : nil }

  /// Why the call failed; nil if it did not.
  public var errno: Errno? { result < 0 ? Errno(rawValue: -result) : nil }

  /// Time spent in the call.
  public var waited: Nanoseconds { end - start }

  /// recv: bytes left in the receive queue after the call; nil where the kernel did not say.
  /// send: bytes not yet acknowledged (SIOCOUTQ), read when the call could not take all.
  public var queued: Int? { queue >= 0 ? Int(queue) : nil }

  /// accept: connections that still waited in the backlog after it; nil unknown.
  public var backlogLeft: Int? { kind == .accept ? queued : nil }

  /// recv: when the newest byte of the chunk arrived, on the run's clock. The kernel's software receive stamp;
  /// nil where there was none. A TCP chunk has the stamp of its newest segment.
  public var arrived: Nanoseconds? { kind == .recv ? known(stamp) : nil }

  /// send: when the burst wanted it; nil if it was sent without a plan.
  public var planned: Nanoseconds? { kind == .send ? known(stamp) : nil }

  /// wait: the timeout that the call was given; nil is for ever.
  public var timeout: Nanoseconds? { kind == .wait ? known(stamp) : nil }

  /// start: wall clock of the run's time 0, in nanoseconds since 1970.
  public var wall: Nanoseconds? { kind == .start ? known(stamp) : nil }

  /// recv on TCP: segments that arrived since the previous recv returned (`tcpi_data_segs_in`); nil unknown.
  /// recv of joined datagrams: how many they were.
  public var segments: Int? {
    guard kind == .recv else { return nil }
    if let segmentSize { return (Int(result) + untold + segmentSize - 1) / segmentSize }
    return conditions.contains(.datagram) ? nil : known(detail)
  }

  /// recv on UDP with UDP_GRO: the size of each of the datagrams that the call returned joined; the last may be
  /// shorter. nil if it returned one datagram. See udp(7).
  public var segmentSize: Int? {
    kind == .recv && conditions.contains(.datagram) ? known(other).flatMap { $0 > 0 ? $0 : nil } : nil
  }

  /// Bytes beyond what the call returned: with MSG_TRUNC the result tells the real length already.
  private var untold: Int { flags.contains(.truncate) ? 0 : lost ?? 0 }

  /// recv of a datagram: bytes that did not fit and are gone; nil unknown.
  public var lost: Int? { kind == .recv && conditions.contains(.datagram) ? known(detail) : nil }

  /// accept: the new socket; nil if accept failed.
  public var connection: SocketID? { kind == .accept ? known(detail).map { SocketID(UInt32($0)) } : nil }

  /// send: index from 0 of this send in its burst; nil if it belongs to none.
  public var step: Int? { kind == .send ? known(detail) : nil }

  /// send: number of the burst it belongs to, from 1 in a run; nil if it belongs to none. burst: its own number.
  public var burst: Int? { kind == .send || kind == .burst ? known(other) : nil }

  /// Whom a datagram came from or was sent to, as an entry of the journal's address table.
  public var address: AddressID? { known(peer).map { AddressID(UInt32($0)) } }

  /// expect: the line of the lab, from 1.
  public var line: Int? { kind == .expect ? Int(asked) : nil }

  /// How shutdown(2) was called, or which way a socket was closed.
  public var how: Ending? { Ending(rawValue: detail) }

  private func known(_ value: Nanoseconds) -> Nanoseconds? { value == Self.unknownStamp ? nil : value }
  private func known(_ value: UInt32) -> Int? { value == Self.unknownDetail ? nil : Int(value) }
}
