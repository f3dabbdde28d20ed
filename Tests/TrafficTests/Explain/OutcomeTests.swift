import Testing
@testable import Traffic

struct OutcomeTests {
  private static func make(
    _ kind: Record.Kind, _ result: Int32, _ change: (inout Record) -> Void = { _ in }
  ) -> Record { SampleRecord.make(kind, result, change) }

  @Test(arguments: [
    (make(.recv, 10) { $0.left = 40 }, "buffer full, 40 left"),
    (make(.recv, 10), "buffer full"),
    (make(.recv, 1) { $0.flags = .outOfBand }, "urgent byte"),
    (make(.recv, -11), "nothing there"),
    (make(.send, -11), "send buffer full"),
    (make(.send, -4), "EINTR, interrupted by a signal"),
    (make(.send, -32), "EPIPE, no more can be sent"),
    (make(.send, 4), "short: 4 of 10"),
    (make(.connect, -111), "ECONNREFUSED, refused: nobody listens there"),
    (make(.wait, 0), "nothing became ready"),
  ])
  func `A few words tell how a call came out`(_ record: Record, _ words: String) {
    #expect(record.outcome == words)
  }
}
