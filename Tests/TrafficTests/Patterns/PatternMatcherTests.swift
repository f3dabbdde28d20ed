import Testing

@testable import Traffic

@Suite struct PatternMatcherTests {
  private func pattern(_ text: String) throws -> Pattern {
    guard case .on(_, let rule) = try Command(parsing: "on server \(text) send \"x\"") else {
      preconditionFailure("on reads as another command")
    }
    return rule.pattern
  }

  @Test(
    "a match is found where it ends, however the stream is cut",
    arguments: [
      ("\"ab\"", "xabab", [3, 5]),
      ("\"aab\"", "aaab", [4]), (#"'"\d'"#, #""\d"#, [3]),
      ("\"abab\"", "abababab", [4, 8]),
      ("\"abcabd\"", "abcabcabd", [9]),
      ("0x0d0a", "a\r\n\r\n", [3, 5]),
      ("<61>", "ba", [2]),
      ("bytes 3", "1234567", [3, 6]),
      ("/ab*c/", "acabbbcab", [2, 7]),
      ("/a+/", "aab", [1, 2]),
      ("/(ab|abc)d/", "abcdabd", [4, 7]),
      ("/a{2,3}b/", "abaabaaaab", [5, 10]),
      ("/a{2}/", "aaaaa", [2, 4]),
      ("/a{2,}b/", "abaaaab", [7]),
      ("/[a-c]+[^a-c\\n]/", "abcx\nc\nbd", [4, 9]),
      ("/[\\]\\-x]y/", "]y-yxyzy", [2, 4, 6]),
      ("/[-a]/", "-", [1]),
      ("/\\d+ \\w\\s/", "12 a 3 _\n", [5, 9]),
      ("/GET \\/[^ ]* HTTP/", "GET /x/y HTTP", [13]),
      ("/x.y/", "x\nyxzy", [6]),
      ("/é+!/", "éé!", [5]),
      ("/a|b|cd/", "cdab", [2, 3, 4]),
      ("/(?:a(b)?){2}c/", "aabc", [4]),
      ("/(a*)*b/", "aaab", [4]),
      ("/\\x61\\./", "a.", [2]),
    ] as [(String, String, [Int64])])
  func finds(text: String, stream: String, ends: [Int64]) throws {
    let bytes = Array(stream.utf8)
    let pattern = try pattern(text)
    for size in 1...bytes.count {
      var matcher = PatternMatcher(pattern)
      var found: [Int64] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        found += matcher.search(bytes[start..<min(bytes.count, start + size)])
      }
      #expect(found == ends, "in chunks of \(size)")
    }
    guard case .on(_, let again) = try Command(parsing: "on s \(pattern.text) send \"x\"") else { return }
    #expect(again.pattern == pattern)
  }

  @Test(
    "a wrong rule is refused with its column",
    arguments: [
      ("on s", 5, "expected a pattern"),
      ("on s ping send \"x\"", 6, "expected a pattern"),
      ("on s \"\" send \"x\"", 6, "empty pattern"),
      ("on s '' send \"x\"", 6, "empty pattern"),
      ("on s 'it's' send \"x\"", 10, "ends at the next '"),
      ("on s \"a\" \"x\"", 10, "expected send"),
      ("on s \"a\"send \"x\"", 9, "expected a space"),
      ("on s \"a\" send", 14, "expected a burst"),
      ("on s \"a\" send\"x\"", 14, "expected a space"),
      ("on s bytes send \"x\"", 12, "expected a number of bytes"),
      ("on s /a send \"x\"", 17, "expected /"),
      ("on s /a*/ send \"x\"", 6, "at least one"),
      ("on s // send \"x\"", 6, "at least one"),
      ("on s /a**/ send \"x\"", 9, "one repetition"),
      ("on s /*a/ send \"x\"", 7, "something to repeat"),
      ("on s /(a/ send \"x\"", 9, "expected )"),
      ("on s /a)/ send \"x\"", 8, "unexpected )"),
      ("on s /[a/ send \"x\"", 19, "expected ]"),
      ("on s /[]/ send \"x\"", 8, "expected bytes in the class"),
      ("on s /[z-a]/ send \"x\"", 8, "lower to a higher"),
      ("on s /[é]/ send \"x\"", 8, "single bytes"),
      ("on s /^a/ send \"x\"", 7, "no meaning in a stream"),
      ("on s /a\\q/ send \"x\"", 8, "unknown escape"),
      ("on s /a{3,2}/ send \"x\"", 11, "too small"),
      ("on s /a{3/ send \"x\"", 10, "expected }"),
      ("on s /((a{100}){100}){100}/ send \"x\"", 21, "at most 2000 steps"),
    ] as [(String, Int, String)])
  func refuses(line: String, column: Int, message: String) {
    let error = #expect(throws: SyntaxError.self) { try Command(parsing: line) }
    #expect(error?.column == column)
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  @Test("a rule keeps its pattern and its answer")
  func readsRule() throws {
    let command = try Command(parsing: #"on server /GET .*\r\n/ send 10ms "200\r\n" # later"#)
    guard case .on("server", let rule) = command, case .regex(let regex) = rule.pattern else {
      Issue.record("not a rule with a regular expression")
      return
    }
    #expect(regex.source == #"GET .*\r\n"#)
    guard case .send(let burst) = rule.action else {
      Issue.record("not a rule with a burst")
      return
    }
    #expect(burst.text == #"10ms "200\r\n""#)
  }
}
