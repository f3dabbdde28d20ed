import Testing

@testable import Traffic

@Suite struct MacroTests {
  private func sends(_ text: String, beginning: Nanoseconds = 0, seed: UInt64 = 0) throws -> [[UInt8]] {
    var schedule = try BurstSchedule(Burst(parsing: text), seed: seed) { _ in Array("123456789".utf8) }
    schedule.beginning = beginning
    return schedule.map { if case .send(let bytes) = $0.action { bytes } else { [] } }
  }

  @Test(
    "a macro becomes what it stands for in each send",
    arguments: [
      (#"("<%{n}>")*3"#, ["<1>", "<2>", "<3>"]),
      (#""a" ("%{n}" 10ms "b")*2"#, ["a", "2", "b", "4", "b"]),
      (#""%{n}"*3 "%{n}""#, ["111", "2"]),
      (#""%{time} " 1us "%{time}""#, ["5000 ", "6000"]),
      (#""abc%{len}" "xy"+"%{len}""#, ["abc3", "xy2"]),
      (#""123456789%{crc16:hex}""#, ["1234567894B37"]),
      (#""123456789%{crc32:hex}""#, ["123456789CBF43926"]),
      (#"@file+"%{sum8:hex} %{xor8:hex}""#, ["123456789DD 11"]),
      (#"{"1%{sum8:hex}"}*2"#, ["131131"]),
      (#""n%{n}%{n}"/2"#, ["n1", "1"]),
    ])
  func expands(text: String, expected: [String]) throws {
    #expect(try sends(text, beginning: 5000).map { String(decoding: $0, as: UTF8.self) } == expected)
  }

  @Test("a checksum comes as bytes, the high or the low one first")
  func ordersBytes() throws {
    #expect(try sends(#""123456789%{crc16}""#)[0].suffix(2) == [0x4b, 0x37])
    #expect(try sends(#""123456789%{crc16:le}""#)[0].suffix(2) == [0x37, 0x4b])
    #expect(try sends(#""123456789%{crc32}""#)[0].suffix(4) == [0xcb, 0xf4, 0x39, 0x26])
    // A request as the Modbus specification shows it: address 1, function 3, CRC with the low byte first.
    #expect(try sends(#"<01 03 00 00 00 0a>+"%{crc16:le}""#)[0] == [1, 3, 0, 0, 0, 10, 0xc5, 0xcd])
  }

  @Test("made-up letters can be read, and follow the seed")
  func makesUpLetters() throws {
    let first = try sends(#"("%{rand:50}")*2"#)
    #expect(first[0].count == 50 && first[0] != first[1])
    #expect(first[0].allSatisfy { $0.isDigit || $0.isLetter })
    #expect(try sends(#"("%{rand:50}")*2"#) == first)
    #expect(try sends(#"("%{rand:50}")*2"#, seed: 1) != first)
  }
}
