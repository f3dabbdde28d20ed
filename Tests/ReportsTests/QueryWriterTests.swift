import Testing

@testable import Reports
@testable import Traffic

@Suite("Rows of SQL as text")
struct QueryWriterTests {
  private func written(_ format: QueryFormat, _ text: String, isForTerminal: Bool) -> String {
    var output = ByteBuffer(capacity: 100)
    var writer = QueryWriter(format, columns: [text], isForTerminal: isForTerminal, to: &output)
    writer.write([.text(text)], to: &output)
    writer.finish(to: &output)
    return output.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
  }

  @Test(
    "On a terminal nothing of it is an order to the terminal", arguments: [QueryFormat.csv, .json, .table])
  func terminal(format: QueryFormat) {
    let text = written(format, "a\u{1b}[31m\u{7}\u{202e}\u{9b}b", isForTerminal: true)
    #expect(!text.unicodeScalars.contains { $0 != "\n" && ($0.properties.generalCategory == .control) })
    #expect(!text.unicodeScalars.contains("\u{202e}"))
    #expect(text.contains("a") && text.contains("b"))
  }

  @Test("In a file CSV has the bytes as they are")
  func file() {
    let text = "a\u{1b}[31m\u{7}\u{202e}b"
    #expect(written(.csv, text, isForTerminal: false) == "\(text)\n\(text)\n")
  }
}
