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

  @Test("LABS.md names every command and every option")
  func namesAll() throws {
    let text = try String(contentsOf: Self.root.appending(path: "docs/LABS.md"), encoding: .utf8)
    for rule in CommandRule.all { #expect(text.contains("`\(rule.name.rawValue) "), "\(rule.name)") }
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
