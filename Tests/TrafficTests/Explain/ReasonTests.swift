import SystemPackage
import Testing
@testable import Traffic

struct ReasonTests {
  private static func recv(
    _ result: Int32, of asked: UInt32 = 10, queued: Int32 = -1, flags: MessageFlags = [],
    conditions: Conditions = [], joined: UInt32 = Record.unknownDetail
  ) -> Record {
    var record = Record(.recv, socket: SocketID(0), start: 0, end: 1)
    record.asked = asked
    record.result = result
    record.left = queued
    record.flags = flags
    record.conditions = conditions
    record.other = joined
    return record
  }

  @Test(arguments: [
    (recv(10, queued: 40), Reason.filled),
    (recv(10), .filled),
    (recv(10, queued: 0), .exact),
    (recv(5, queued: 0), .drained),
    (recv(5), .drained),
    (recv(0), .endOfStream),
    (recv(-11), .wouldBlock),
    (recv(-11, flags: .dontWait, conditions: .timed), .wouldBlock),
    (recv(-11, conditions: .timed), .timedOut),
    (recv(-4), .interrupted),
    (recv(-104), .reset),
    (recv(-111, conditions: .datagram), .error),
    (recv(-9), .error),
    (recv(5, conditions: .datagram), .datagram),
    (recv(10, conditions: [.datagram, .truncated]), .datagramTruncated),
    (recv(0, conditions: .datagram), .datagramEmpty),
    (recv(10, conditions: .datagram, joined: 5), .datagramsJoined),
    (recv(10, conditions: [.datagram, .truncated], joined: 5), .datagramTruncated),
    (recv(5, flags: .peek, conditions: .datagram), .peeked),
    (recv(10, flags: .waitAll), .waitAll),
    (recv(4, flags: .waitAll), .waitAllCut),
    (recv(0, flags: .waitAll), .endOfStream),
    (recv(3, conditions: .atMark), .urgentMark),
    (recv(5, flags: .peek), .peeked),
  ])
  func `A recv's reason follows from what was recorded`(_ record: Record, _ reason: Reason) {
    #expect(Reason(record) == reason)
  }

  @Test func `Other records have no such reason`() {
    #expect(Reason(Record(.send, start: 0, end: 0)) == nil)
  }

  @Test(arguments: [(104, "ECONNRESET"), (11, "EAGAIN"), (4095, "errno 4095")])
  func `An errno has the name of errno(3)`(_ value: CInt, _ name: String) {
    #expect(Errno(rawValue: value).name == name)
  }

  @Test func `A name finds its errno`() {
    #expect(Errno(name: "EPIPE") == .brokenPipe)
    #expect(Errno(name: "ENONSENSE") == nil)
  }
}
