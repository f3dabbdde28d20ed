import Testing

@testable import Traffic

@Suite("The bytes of payloads")
struct PayloadBuilderTests {
  private func bytes(_ text: String) throws -> [UInt8] {
    var schedule = try BurstSchedule(Burst(parsing: text)) { _ in Array("file".utf8) }
    guard case .send(let bytes)? = schedule.next()?.action else { return [] }
    return bytes
  }

  @Test(
    "Copies stand one behind the other, whatever is copied",
    arguments: [
      ("\"a\"", 1), ("\"abc\"", 5), ("\"ab\"*3", 7), ("{\"ab\"+0x00}", 1000), ("{{\"a\"}*2+\"bc\"*3}", 9),
      ("@file", 3),
      ("random(10, 7)", 4), ("count(300)", 2),
    ])
  func copies(text: String, count: Int) throws {
    let once = try bytes(text)
    #expect(!once.isEmpty)
    let all = Array(repeatElement(once, count: count).joined())
    #expect(try bytes("{\(text)}*\(count)") == all)
    #expect(
      try bytes("\"before\"+{\(text)}*\(count)+\"after\"") == Array("before".utf8) + all + Array("after".utf8)
    )
  }

  @Test("Counting begins again after 255", arguments: [1, 255, 256, 257, 512, 1000])
  func counting(count: Int) throws {
    #expect(try bytes("count(\(count))") == (0..<count).map { UInt8(truncatingIfNeeded: $0) })
  }
}
