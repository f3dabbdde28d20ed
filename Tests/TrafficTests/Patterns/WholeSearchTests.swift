import Testing

@testable import Traffic

@Suite("A pattern in a message that is there as a whole")
struct WholeSearchTests {
  @Test(
    "the match that begins first counts, and its repetitions are as long as they can be",
    arguments: [
      (#"/id=(\d+)/"#, "id=42", ["42"]), (#"/id=(\d+)/"#, "x id=4 id=567", ["4"]),
      (#"/(a|ab)(c|bcd)?/"#, "abcd", ["a", "bcd"]), (#"/(a*)b/"#, "caaab", ["aaa"]),
      (#"/(\w+) (\w+)/"#, "GET path HTTP", ["GET", "path"]), (#"/x(y)?/"#, "x", [""]),
      (#"/(a+)+b?/"#, "aaa", ["aaa"]), (#"/id=(\d+)/"#, "id=", nil), (#"/a+/"#, "caa", []),
      (#""ab""#, "xaab", []), (#""ab""#, "ba", nil), (#"/(a)|(b)/"#, "b", ["", "b"]),
    ] as [(String, String, [String]?)])
  func groups(pattern: String, text: String, groups: [String]?) throws {
    let found = try Pattern(parsing: pattern).groups(in: Array(text.utf8)[...])
    #expect(found?.map { String(decoding: $0, as: UTF8.self) } == groups)
  }
}
