import SystemPackage
import Testing

@testable import Traffic

struct SocketComparisonTests {
  /// Where calls begin that have no equal, `3a` if only A has one there, and what became of the bytes.
  private static func told(_ a: ComparedRun, _ b: ComparedRun) -> (
    rows: [String], comparison: SocketComparison
  ) {
    var rows: [String] = []
    let comparison = SocketComparison(a.source, b.source) { row, _, _ in
      rows.append("\(row.offset)\(row.b == nil ? "a" : row.a == nil ? "b" : "")")
    }
    return (rows, comparison)
  }

  @Test(arguments: [
    (["12345", ""], ["12345", ""], []),
    (["12345", "aaaaa", ""], ["12345aaaaa", ""], ["0", "5a"]),
    (["12", "34", "56"], ["12", "3456"], ["2", "4a"]),
    (["123", "456", "7"], ["12", "345", "67"], ["0", "2b", "3a", "5b", "6a"]),
    (["12", "34", "56", "78"], ["12", "3", "4", "56", "78"], ["2", "3b"]),
    (["12", ""], ["12"], ["2a"]),
    (["12", ""], ["12", "34", ""], ["2", "4b"]),
    ([], ["1"], ["0b"]),
    ([], [], []),
  ])
  func `Calls differ where one of them has no equal at its place`(
    _ a: [String], _ b: [String], _ places: [String]
  ) {
    let (rows, comparison) = Self.told(ComparedRun(chunks: a), ComparedRun(chunks: b))
    #expect(rows == places)
    #expect(comparison.differences == places.count)
    #expect(comparison.isSame == places.isEmpty)
    #expect(comparison.hasSameBytes == (a.joined() == b.joined()))
  }

  @Test(arguments: [
    (["aaaa"], ["aa", "aa"], nil, 4),
    (["aaaa"], ["ab", "aa"], 1, 1),
    (["aa", "aab"], ["aaa", "ac"], 4, 4),
    (["aaa"], ["aa"], nil, 2),
    (["aaa"], ["ba", "a", "a"], 0, 0),
  ])
  func `Bytes are compared however they are cut`(
    _ a: [String], _ b: [String], _ difference: Int64?, _ same: Int64
  ) {
    let (_, comparison) = Self.told(ComparedRun(chunks: a), ComparedRun(chunks: b))
    #expect(comparison.bytes.difference?.offset == difference)
    #expect(comparison.bytes.same == same)
    #expect(comparison.bytes.unknown == 0)
  }

  @Test func `Calls that returned nothing are counted and lie beside nothing`() {
    var (a, b) = (ComparedRun(), ComparedRun())
    for errno in [Errno.wouldBlock, .interrupted] { a.fail(errno) }
    a.receive("12")
    a.fail(.wouldBlock)
    b.receive("12")
    let (rows, comparison) = Self.told(a, b)
    #expect(rows.isEmpty)
    #expect((comparison.a.idle, comparison.b.idle) == (3, 0))
  }

  @Test func `An error that stays is another end than the end of the stream`() {
    var (a, b) = (ComparedRun(chunks: ["12"]), ComparedRun(chunks: ["12"]))
    a.receive("")
    b.fail(.connectionReset)
    let (rows, comparison) = Self.told(a, b)
    #expect(rows == ["2"])
    #expect(comparison.hasSameBytes)
  }

  @Test(arguments: [
    (["12", "34"], ["12", "34"], 0, nil),
    (["12", "3"], ["12", "34"], 1, nil),
    (["12", "34"], ["12", "3", "4"], 2, nil),
    (["12", "34", "56"], ["12", "35", "56"], 0, 3),
  ])
  func `Datagrams lie beside each other in their order`(
    _ a: [String], _ b: [String], _ differences: Int, _ byte: Int64?
  ) {
    let (_, comparison) = Self.told(
      ComparedRun(chunks: a, kind: .udp), ComparedRun(chunks: b, kind: .udp))
    #expect(comparison.isByOrder)
    #expect(comparison.differences == differences)
    #expect(comparison.bytes.difference?.offset == byte)
  }

  @Test func `Times are told as the largest difference between calls at the same place`() {
    var (a, b) = (ComparedRun(), ComparedRun())
    for waited in [1000, 2000, 3000] as [Nanoseconds] { a.receive("1", waited: waited) }
    for waited in [1000, 52_000, 3000] as [Nanoseconds] { b.receive("1", waited: waited) }
    let (_, comparison) = Self.told(a, b)
    #expect(comparison.waited == SocketComparison.Largest(number: 2, difference: 50_000))
    #expect(comparison.arrived == SocketComparison.Largest(number: 2, difference: 50_000))
  }

  @Test func `Bytes that are no longer held are unknown, and no difference`() {
    var run = ComparedRun()
    // Memory has room for four of them at most.
    for _ in 0..<8 { run.receive(String(repeating: "a", count: 1 << 20), asked: 1 << 20) }
    let (_, comparison) = Self.told(run, run)
    #expect(comparison.isSame)
    #expect(comparison.bytes.unknown > 0)
    #expect(comparison.bytes.same + comparison.bytes.unknown == 8 << 20)
  }

  @Test func `A long run goes through, and what is kept of it does not grow`() {
    var (a, b) = (ComparedRun(), ComparedRun())
    for number in 0..<5000 {
      a.receive("ab")
      b.receive(number == 4000 ? "abab" : "ab")
    }
    let (rows, comparison) = Self.told(a, b)
    #expect(comparison.firstDifference?.offset == 8000)
    #expect(rows.prefix(2) == ["8000", "8002a"])
    #expect(comparison.scene.isCutBefore)
    #expect(comparison.scene.rows.count <= 64)
  }
}
