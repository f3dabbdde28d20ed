import Foundation
import Testing

@testable import Screens

/// docs/WORKBENCH.md against the program. With RECORD set the table of keys is written anew.
@Suite("WORKBENCH.md is true")
struct WorkbenchDocumentTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../docs/WORKBENCH.md").standardized
  private static let (begin, end) = ("<!-- keys -->\n", "<!-- /keys -->")

  private static var table: String {
    ActionRule.Group.allCases.map { group in
      let rows = ActionRule.all.filter { $0.group == group }.map { rule in
        let keys = rule.chords.map { "`\($0.label)`" }.joined(separator: " ")
        return "| \(keys) | `\(rule.action.rawValue)` | \(rule.sentence.replacing("|", with: "\\|")) |\n"
      }
      return "| \(group.rawValue) | name | |\n|---|---|---|\n\(rows.joined())"
    }.joined(separator: "\n")
  }

  @Test("Its keys are those of the key map")
  func keys() throws {
    let text = try String(contentsOf: Self.file, encoding: .utf8)
    let begin = try #require(text.range(of: Self.begin))
    let end = try #require(text.range(of: Self.end))
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
      let new = text[..<begin.upperBound] + Self.table + text[end.lowerBound...]
      try String(new).write(to: Self.file, atomically: true, encoding: .utf8)
    } else {
      #expect(text[begin.upperBound..<end.lowerBound] == Self.table)
    }
  }

  @Test("Its configuration is one")
  func configuration() throws {
    let text = try String(contentsOf: Self.file, encoding: .utf8)
    let fence = try #require(text.components(separatedBy: "```toml\n").dropFirst().first)
    let toml = try #require(fence.components(separatedBy: "```").first)
    let configuration = try ConfigurationFile.configuration(toml, file: "config.toml")
    #expect(configuration.isBig)
    #expect(configuration.keyMap.action(.control("s")) == .freeze)
    #expect(configuration.columns.count == 7)
  }
}
