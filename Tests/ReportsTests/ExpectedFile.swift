import Foundation
import Testing

/// What a format prints, in a file: `Expected/NAME`. `RECORD=1` rewrites it.
struct ExpectedFile {
  private let url: URL

  init(_ name: String) {
    url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Expected/\(name)")
  }

  func check(_ text: String) throws {
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try text.write(to: url, atomically: true, encoding: .utf8)
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let expected = try String(contentsOf: url, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines == expected, "\(lines.difference(from: expected))")
  }
}
