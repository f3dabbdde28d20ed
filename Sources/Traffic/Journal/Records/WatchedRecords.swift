import SystemPackage

/// What a watched program wrote its output to.
public enum OutputStream: String, CaseIterable, Sendable {
  case terminal = "tty"
  case output = "stdout"
  case error = "stderr"
}

/// Why some of what a program does cannot be seen.
public enum UnseenReason: String, CaseIterable, Sendable {
  /// io_uring(7) makes no system calls.
  case ioUring = "io-uring"
  /// i386 and x32 calls have other numbers.
  case otherMachine = "32-bit"
  /// A thread of it is, or wants to be, traced by somebody else: a task has one tracer.
  case otherTracer = "other-tracer"
  /// MSG_ZEROCOPY: the kernel may take the bytes after the call.
  case zeroCopy = "zero-copy"
}

/// Records of a watched program: the calls that it made, and what became of it.
extension Record {
  /// The words of the JSON's `origin`.
  public static let ownOrigin = "self"
  public static let watchedOrigin = "watch"

  // MARK: Facts

  /// True for what a watched program did, and false for what recvscope did itself.
  public var isWatched: Bool { callCode != 0 || kind.isOfProgram }

  /// The system call that the program made.
  public var call: CallName? { CallName(rawValue: callCode) }

  public var process: Int32? { isWatched ? known(other) : nil }
  public var thread: Int32? { known(task) }
  public var descriptor: Int32? { known(fd) }

  /// recv, send: bytes that could be read of those that were moved; nil where it was all of them.
  public var kept: Int? {
    guard isWatched, kind == .recv || kind == .send, result > 0 else { return nil }
    // A datagram's length may be told by MSG_TRUNC.
    let wanted = min(Int(result), asked == 0 ? Int(result) : Int(asked))
    return Int(payloadLength) < wanted ? Int(payloadLength) : nil
  }

  /// exit-program: what it returned; nil where a signal ended it.
  public var exitStatus: Int? { kind == .exitProgram && detail == Self.unknownDetail ? Int(result) : nil }

  /// signal, exit-program: its number.
  public var signalNumber: Int? {
    kind == .signal || kind == .exitProgram ? known(detail).map(Int.init) : nil
  }

  /// output
  public var stream: OutputStream? { kind == .output ? element(of: OutputStream.allCases) : nil }

  /// unseen
  public var unseenReason: UnseenReason? { kind == .unseen ? element(of: UnseenReason.allCases) : nil }

  private func element<Value>(of all: [Value]) -> Value? {
    known(detail).flatMap { all.indices.contains(Int($0)) ? all[Int($0)] : nil }
  }

  private func known(_ value: UInt32) -> Int32? {
    value == Self.unknownDetail ? nil : Int32(bitPattern: value)
  }

  // MARK: Makers

  /// The same call, made by a watched program.
  /// - Parameter descriptor: nil for a call of none, or of many.
  public func made(by call: CallName, process: Int32, thread: Int32, descriptor: Int32?) -> Record {
    var record = self
    record.callCode = call.rawValue
    record.other = UInt32(bitPattern: process)
    record.task = UInt32(bitPattern: thread)
    record.fd = descriptor.map { UInt32(bitPattern: $0) } ?? Self.unknownDetail
    return record
  }

  /// Another call of a watched program, such as socket(2) or dup(2); the payload is an address in text, or nothing.
  /// - Parameter result: what it returned, or a negated errno.
  public static func call(
    _ socket: SocketID, from start: Nanoseconds, to end: Nanoseconds, result: Int32
  ) -> Record {
    var record = Record(.call, socket: socket, start: start, end: end)
    record.result = result
    return record
  }

  /// Something that happened to a program; no call of its own on a socket.
  private static func ofProgram(
    _ kind: Kind, _ program: SocketID, _ process: Int32?, _ thread: Int32?, at time: Nanoseconds
  ) -> Record {
    var record = Record(kind, socket: program, start: time, end: time)
    record.other = process.map { UInt32(bitPattern: $0) } ?? unknownDetail
    record.task = thread.map { UInt32(bitPattern: $0) } ?? unknownDetail
    return record
  }

  /// A program runs, or was attached to; the payload is a `ProgramStart`.
  public static func startProgram(_ program: SocketID, at time: Nanoseconds, process: Int32) -> Record {
    ofProgram(.startProgram, program, process, nil, at: time)
  }

  /// A process of a program ended.
  /// - Parameters:
  ///   - status: what it returned.
  ///   - signal: what ended it instead.
  public static func exitProgram(
    _ program: SocketID, at time: Nanoseconds, process: Int32, status: Int32, signal: Int32? = nil
  ) -> Record {
    var record = ofProgram(.exitProgram, program, process, nil, at: time)
    record.result = status
    record.detail = signal.map { UInt32(bitPattern: $0) } ?? unknownDetail
    return record
  }

  /// A program wrote something; its bytes are the payload.
  public static func output(_ program: SocketID, at time: Nanoseconds, _ stream: OutputStream) -> Record {
    var record = ofProgram(.output, program, nil, nil, at: time)
    record.detail = UInt32(OutputStream.allCases.firstIndex(of: stream)!)  // it is one of all
    return record
  }

  /// A signal was delivered to a thread of a program.
  public static func signal(
    _ program: SocketID, at time: Nanoseconds, process: Int32, thread: Int32, number: Int32
  ) -> Record {
    var record = ofProgram(.signal, program, process, thread, at: time)
    record.detail = UInt32(bitPattern: number)
    return record
  }

  /// From now on some of what a process does is not seen.
  public static func unseen(
    _ program: SocketID, at time: Nanoseconds, process: Int32, thread: Int32, _ reason: UnseenReason
  ) -> Record {
    var record = ofProgram(.unseen, program, process, thread, at: time)
    record.detail = UInt32(UnseenReason.allCases.firstIndex(of: reason)!)  // it is one of all
    return record
  }

  /// Calls that were made and could not be looked at.
  public static func lost(_ program: SocketID, at time: Nanoseconds, calls: Int, _ errno: Errno) -> Record {
    var record = ofProgram(.lost, program, nil, nil, at: time)
    record.asked = UInt32(clamping: calls)
    record.result = -errno.rawValue
    return record
  }
}

extension Record.Kind {
  /// True for what happened to a watched program, and is no call of it.
  var isOfProgram: Bool {
    switch self {
    case .startProgram, .output, .signal, .unseen, .lost, .exitProgram: true
    case .start, .listen, .accept, .connect, .recv, .send, .wait, .shutdown, .close, .option, .mark, .expect,
      .burst, .hold, .release, .drop, .call, .shake, .cut, .ask, .answer, .reveal, .segment:
      false
    }
  }
}
