import SystemPackage

/// What a socket's records add up to; kept by the journal, so that nobody has to count.
public struct SocketTotals: Sendable, Equatable {
  /// How the receiving or the sending side came to its end.
  public enum End: Sendable, Equatable {
    /// recv returned 0: the peer ended its sending side.
    case endOfStream
    case failed(Errno)
    /// We called shutdown(2) for this side.
    case shutDown
    /// We called close(2).
    case closed
    /// There is no socket: a mark says why.
    case unopened
  }

  /// Urgent bytes that are remembered by their places.
  static let mostUrgentPlaces = 1024

  /// recv(2) calls made, those that failed included.
  public package(set) var receives = 0
  /// Bytes of the stream taken so far (peeked and urgent bytes do not count).
  public package(set) var receivedBytes: Int64 = 0
  public package(set) var sends = 0
  /// Bytes of the stream that send(2) accepted so far.
  public package(set) var sentBytes: Int64 = 0
  /// Where in what was received an urgent byte was passed over, oldest first: it was not in line. At most
  /// `mostUrgentPlaces`; with more, the bytes behind them cannot be laid beside those that were sent.
  public package(set) var urgentPlaces: [Int64] = []
  /// Why nothing more will be received; nil while something may.
  public package(set) var receiveEnd: End?
  /// Why nothing more can be sent; nil while it can.
  public package(set) var sendEnd: End?
  /// Segments of the wire, both ways.
  public package(set) var segments = 0
  /// When its newest record was made.
  public package(set) var latest: Nanoseconds = 0
  /// Records of this socket, the dropped ones included.
  public package(set) var records = 0

  public init() {}

  /// True once close(2) was called.
  public var isClosed: Bool { receiveEnd == .closed && sendEnd == .closed }

  /// True once nothing more can come of it: it was closed, or never opened.
  public var isOver: Bool {
    if receiveEnd == nil || sendEnd == nil { return false }
    if isClosed { return true }
    // A connection that broke has made a call that told so; one that failed to open has made none.
    return receives == 0 && sends == 0 && receiveEnd == sendEnd && receiveEnd != .shutDown
  }

  /// Counts a record that has its number and offset already.
  package mutating func follow(_ record: Record) {
    var copy = record
    count(&copy)
    switch record.kind {
    case .recv:
      receives = Int(record.number)
      receivedBytes = record.offset + Int64(record.streamBytes)
    case .send:
      sends = Int(record.number)
      sentBytes = record.offset + Int64(record.streamBytes)
    case .start, .listen, .accept, .connect, .wait, .shutdown, .close, .option, .mark, .expect, .burst, .hold,
      .release, .drop, .call, .startProgram, .output, .signal, .unseen, .lost, .exitProgram, .shake, .cut,
      .segment, .ask, .answer, .reveal:
      break
    }
  }

  @inline(__always)
  mutating func count(_ record: inout Record) {
    records += 1
    latest = max(latest, record.end)
    switch record.kind {
    case .recv: countReceive(&record)
    case .send: countSend(&record)
    case .shutdown where record.result >= 0:
      if record.how != .write { receiveEnd = receiveEnd ?? .shutDown }
      if record.how != .read { sendEnd = sendEnd ?? .shutDown }
    case .close:
      receiveEnd = .closed
      sendEnd = .closed
    case .connect:
      // Of several addresses the first may fail and a later one be connected to: then nothing has ended.
      // EINPROGRESS of a socket that does not block is no end either.
      receiveEnd = record.errno.flatMap { $0 == .nowInProgress ? nil : End.failed($0) }
      sendEnd = receiveEnd
    case .mark where record.conditions.contains(.unopened):
      receiveEnd = .unopened
      sendEnd = .unopened
    case .segment: segments += 1
    case .start, .listen, .accept, .wait, .shutdown, .option, .mark, .expect, .burst, .hold, .release,
      .drop, .call, .startProgram, .output, .signal, .unseen, .lost, .exitProgram, .shake, .cut, .ask,
      .answer, .reveal:
      break
    }
  }

  private mutating func countReceive(_ record: inout Record) {
    receives += 1
    record.number = UInt32(truncatingIfNeeded: receives)
    record.offset = receivedBytes
    if let errno = record.errno {
      if record.endsReceiving {
        receiveEnd = receiveEnd ?? .failed(errno)
      }
    } else if record.endsReceiving {
      receiveEnd = receiveEnd ?? .endOfStream
    } else {
      receivedBytes += Int64(record.streamBytes)
      if record.conditions.contains(.atMark), !record.conditions.contains(.urgentInline),
        urgentPlaces.count < Self.mostUrgentPlaces
      {
        urgentPlaces.append(receivedBytes)
      }
    }
  }

  private mutating func countSend(_ record: inout Record) {
    sends += 1
    record.number = UInt32(truncatingIfNeeded: sends)
    record.offset = sentBytes
    if let errno = record.errno {
      if errno == .brokenPipe || errno == .connectionReset { sendEnd = sendEnd ?? .failed(errno) }
    } else {
      sentBytes += Int64(record.streamBytes)
    }
  }
}

extension Record {
  /// True if it can end the receiving side of its socket.
  public var canEndReceiving: Bool {
    switch kind {
    case .recv: result <= 0
    case .shutdown, .close: true
    case .connect: result < 0
    case .mark: conditions.contains(.unopened)
    case .start, .listen, .accept, .send, .wait, .option, .expect, .burst, .hold, .release, .drop, .call,
      .startProgram, .output, .signal, .unseen, .lost, .exitProgram, .shake, .cut, .ask, .answer, .reveal,
      .segment:
      false
    }
  }
}

extension Record {
  /// recv, send: bytes that the call moved in the stream; 0 for one that failed. What is peeked stays where it is. An urgent
  /// byte has its place in what is sent, as it has a sequence number; the receiver's stream has it only where it came in
  /// line. See tcp(7).
  public var streamBytes: Int32 {
    guard result > 0 else { return 0 }
    return kind == .recv && !takes ? 0 : result
  }
}

extension Record {
  /// recv: true if nothing more will come: an end of stream, or an error that stays.
  public var endsReceiving: Bool {
    guard kind == .recv, !conditions.contains(.datagram) else { return false }
    guard let errno else { return result == 0 && asked > 0 }
    // EINVAL of a call with MSG_OOB: there is no urgent byte now. See tcp(7).
    return !errno.isPassing && !(isUrgent && errno == .invalidArgument)
  }
}

extension Errno {
  /// True if the call may succeed when it is made again: nothing came yet, or a signal was caught.
  public var isPassing: Bool {
    self == .wouldBlock || self == .resourceTemporarilyUnavailable || self == .interrupted
  }
}
