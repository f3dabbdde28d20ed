import SystemPackage

/// One entry of the journal: a system call with its arguments, result and times, or an event on one socket.
///
/// A value of one fixed size, at most 96 bytes. Fields that only some kinds need share storage, which nobody sees: `RecordMakers` fills
/// them and `RecordFacts` reads them. `seq`, the place in the journal, is where the record lies and so is not a field.
public struct Record: Sendable, Equatable {
  public enum Kind: UInt8, CaseIterable, Sendable {
    case start, listen, accept, connect, recv, send, wait, shutdown, close, option, mark, expect, burst
    case hold, release, drop
    /// Of a watched program: a call that no other kind is for, and what became of the program.
    case call, startProgram, output, signal, unseen, lost, exitProgram
    /// Of a message that is sent in parts: what is tried, and what one way of cutting it came to.
    case shake, cut
    /// What the wire carried: of the kernel, not of a call. Its times are those of when it passed, and come late.
    case segment
    /// Of a lesson: what was asked and answered, and what the calls gave.
    case ask, answer, reveal

    /// The word of the JSON's `event` and of `--show`.
    public var word: String { Self.words[Int(rawValue)] }

    private static let words = allCases.map { kind in
      switch kind {
      case .startProgram: "start-program"
      case .exitProgram: "exit-program"
      default: "\(kind)"
      }
    }
  }

  /// When the call was entered; for an event, when it happened.
  public var start: Nanoseconds
  /// When the call returned: the JSON's `t`. Stamped by the calling thread before anything else runs.
  public var end: Nanoseconds
  /// recv, send, segment: offset of the first byte in its direction of the stream. Of calls it is given by the journal.
  public internal(set) var offset: Int64 = 0
  /// `arrived`, `planned`, `origin`, `timeout`, `seed`, `undelivered`, `wall` or a segment's acknowledgement.
  var moment: Nanoseconds = Record.unknownMoment
  /// Where the payload lies in the journal's log of payload bytes. Given by the journal.
  package internal(set) var payloadPosition: Int64 = 0
  /// Length of the payload in bytes. Given by the journal.
  public internal(set) var payloadLength: UInt32 = 0
  /// Bytes asked for (recv: the buffer's size; send: the length passed); listen: the backlog; segment: the
  /// interface's MTU.
  public var asked: UInt32 = 0
  /// What the call returned: 0 or more, or a negated errno.
  public var result: Int32 = 0
  /// `queued`, `backlogLeft` or a segment's window.
  var left: Int32 = Record.unknownCount
  public var socket: SocketID
  /// Number of this call on this socket, from 1, counted by kind. Given by the journal.
  public internal(set) var number: UInt32 = 0
  /// `segments`, `lost`, `connection`, `step`, `origin`, `round`, `how`, `course`, `way`, `waitCall`, `stream`, `signalNumber`
  /// or `unseenReason`.
  var detail: UInt32 = Record.unknownDetail
  /// `burst`, `pair`, `choice`, `segmentSize`, `process`, or the flags, marks and way of a segment.
  var other: UInt32 = Record.unknownDetail
  /// `address`, or a segment's interface.
  var peer: UInt32 = Record.unknownDetail
  /// `thread`
  var task: UInt32 = Record.unknownDetail
  /// `descriptor`
  var fd: UInt32 = Record.unknownDetail
  public var flags: MessageFlags = []
  public var conditions: Conditions = []
  public let kind: Kind
  /// `call`
  var callCode: UInt8 = 0

  init(_ kind: Kind, socket: SocketID = .none, start: Nanoseconds, end: Nanoseconds) {
    self.kind = kind
    self.socket = socket
    self.start = start
    self.end = end
  }

  static let unknownMoment = Nanoseconds.min
  static let unknownDetail = UInt32.max
  static let unknownCount: Int32 = -1
}
