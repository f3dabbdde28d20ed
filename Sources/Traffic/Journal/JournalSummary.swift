/// What all records of a run add up to, those no longer held included; kept by the journal, so that nobody has to count.
public struct JournalSummary: Sendable, Equatable {
  /// recv(2) calls made, those that failed included.
  public package(set) var receives = 0
  public package(set) var sends = 0
  /// Bytes that recv(2) took out of streams, and of datagrams; peeked and urgent bytes do not count.
  public package(set) var receivedBytes: Int64 = 0
  /// Bytes that send(2) accepted.
  public package(set) var sentBytes: Int64 = 0
  /// Bursts that are over.
  public package(set) var bursts = 0
  /// When the newest record of a socket was made.
  public package(set) var latest: Nanoseconds = 0
  /// Sockets that were made so far.
  public package(set) var sockets = 0
  /// Of these, the ones that are not over.
  public package(set) var openSockets = 0

  public init() {}

  @inline(__always)
  package mutating func count(_ record: Record) {
    if record.socket == .none { return }
    latest = max(latest, record.end)
    switch record.kind {
    case .recv:
      receives += 1
      receivedBytes += Int64(record.streamBytes)
    case .send:
      sends += 1
      sentBytes += Int64(record.streamBytes)
    case .burst: bursts += 1
    case .start, .listen, .accept, .connect, .wait, .shutdown, .close, .option, .mark, .expect, .hold,
      .release, .drop, .call, .startProgram, .output, .signal, .unseen, .lost, .exitProgram, .shake, .cut,
      .ask, .answer, .reveal,
      .segment:
      break
    }
  }
}
