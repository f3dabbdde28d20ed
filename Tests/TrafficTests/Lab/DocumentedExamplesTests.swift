import Foundation
import Testing

@testable import Traffic

@Suite struct DocumentedExamplesTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The fenced blocks of LABS.md in one language, with the line each begins on.
  private static func blocks(_ language: String) throws -> [(line: Int, text: String)] {
    let text = try String(contentsOf: root.appending(path: "docs/LABS.md"), encoding: .utf8)
    var blocks: [(line: Int, text: String)] = []
    var isInside = false
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix("```") {
        isInside = !isInside && line == "```" + language
        if isInside { blocks.append((index + 2, "")) }
      } else if isInside {
        blocks[blocks.count - 1].text += line + "\n"
      }
    }
    return blocks
  }

  @Test("every lab in LABS.md parses")
  func parsesLabs() throws {
    let blocks = try Self.blocks("lab")
    #expect(blocks.count >= 4)
    for block in blocks {
      #expect(throws: Never.self, "LABS.md:\(block.line)") { try Lab(parsing: block.text) }
    }
  }

  @Test("every burst in LABS.md parses, prints and can be played")
  func parsesBursts() throws {
    let lines = try Self.blocks("burst").flatMap { $0.text.split(separator: "\n") }
    #expect(lines.count >= 10)
    for line in lines {
      let burst = try Burst(parsing: String(line))
      #expect(try Burst(parsing: burst.text) == burst)
      #expect(
        try BurstSchedule(burst) { _ in [] }.reduce(0) { count, _ in count + 1 }
          == burst.summary.measure.actions)
    }
  }

  @Test(
    "the frames of LABS.md are those that specifications show",
    arguments: [
      // Modbus Messaging on TCP/IP: transaction 1, protocol 0, 6 bytes, unit 17 reads 3 registers from 107 on.
      ("<00 01 00 00>+%{len16be", Array("\0\u{1}\0\0\0\u{6}\u{11}\u{3}\0\u{6b}\0\u{3}".utf8)),
      // The sentence that is everybody's example of NMEA 0183.
      (
        "\"$\"+%{xor8",
        Array(
          "$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47\r\n".utf8)
      ),
      // RFC 6455, section 5.7: an unmasked text message; and one whose mask changes nothing.
      ("<81>+%{len8:", [0x81, 5] + Array("Hello".utf8)),
      ("<81>+%{len8+128:", [0x81, 0x85, 0, 0, 0, 0] + Array("Hello".utf8)),
    ] as [(String, [UInt8])])
  func frames(beginning: String, bytes: [UInt8]) throws {
    let lines = try Self.blocks("burst").flatMap { $0.text.split(separator: "\n") }
    let line = try #require(lines.first { $0.hasPrefix(beginning) })
    let actions = try BurstSchedule(Burst(parsing: String(line))) { _ in [] }.map(\.action)
    #expect(actions == [.send(bytes)])
  }

  @Test("every filter in LABS.md is one")
  func parsesFilters() throws {
    let lines = try Self.blocks("filter").flatMap { $0.text.split(separator: "\n") }
    #expect(lines.count >= 3)
    for line in lines { #expect(throws: Never.self, "\(line)") { try Filter(parsing: String(line)) } }
  }

  @Test("LABS.md names every command and every option")
  func namesAll() throws {
    let text = try String(contentsOf: Self.root.appending(path: "docs/LABS.md"), encoding: .utf8)
    for rule in CommandRule.all {
      #expect(text.contains("`\(rule.name.rawValue)\(rule.usage.isEmpty ? "`" : " ")"), "\(rule.name)")
    }
    for rule in OptionRule.all { #expect(text.contains("`\(rule.word)"), "\(rule.word)") }
  }

  @Test("every lab that ships parses")
  func parsesFiles() throws {
    let folder = Self.root.appending(path: "labs")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "lab" }
    #expect(files.count >= 2)
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(throws: Never.self, "\(file.lastPathComponent)") { try Lab(parsing: text) }
    }
  }
}
