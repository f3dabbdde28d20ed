import Testing

@testable import Traffic

@Suite struct LiteralTests {
  @Test("a literal gives its bytes back, however many", arguments: [0, 1, 7, 8, 9, 14, 15, 16, 17, 300])
  func keeps(count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: 255 - $0) }
    var appended = Literal()
    for byte in bytes { appended.append(byte) }
    #expect(Literal(bytes).bytes == bytes)
    #expect(appended.bytes == bytes)
    #expect(appended.count == count)
    #expect(appended == Literal(bytes))
    #expect(appended != Literal(bytes + [0]))
  }
}
