import Testing
@testable import Traffic

struct EarlierEndTests {
  /// What the sentences of the last of these records are, in a journal that holds them all.
  private static func last(_ results: [Int32], _ before: Record? = nil) -> String {
    let writer = JournalWriter(wall: 0)
    let journal = writer.journal
    let socket = writer.add(SocketInfo(name: "it", kind: .tcp, role: .accepted))
    if let before { writer.append(before) }
    var sequence = 0
    for (place, result) in results.enumerated() {
      var record = Record(.recv, socket: socket, start: Nanoseconds(place), end: Nanoseconds(place))
      record.asked = 10
      record.result = result
      if result == 0, !results.contains(-104), before?.how != .read { record.conditions = .peerEnded }
      sequence = writer.append(record)
    }
    return Explanation(journal.records(in: sequence..<sequence + 1)[0].record, in: journal).text
  }

  @Test(
    arguments: [
      ([3, 0], "0 means end of stream"),
      ([0], "0 means end of stream"),
      ([0, 0], "The stream had ended already"),
      ([3, -104, 0], "recv #2 told the error, ECONNRESET"),
      ([3, -104, 0, 0], "recv #2 told the error, ECONNRESET"),
      // Calls that only found nothing end nothing.
      ([3, -11, -4, 0], "0 means end of stream"),
    ] as [([Int32], String)])
  func `A 0 is explained by how receiving had ended before`(_ results: [Int32], _ words: String) {
    #expect(Self.last(results).contains(words))
  }

  @Test func `A 0 after our own shutdown is not the peer's`() {
    let shutdown = SampleRecord.make(.shutdown) { $0.detail = Ending.read.rawValue }
    #expect(Self.last([0], shutdown).contains("our own shutdown() ended the receiving side here"))
    let halfClose = SampleRecord.make(.shutdown) { $0.detail = Ending.write.rawValue }
    #expect(Self.last([0], halfClose).contains("0 means end of stream"))
  }
}
