import Testing

@testable import Traffic

@Suite struct PatternMatcherTests {
  private func pattern(_ text: String) throws -> Pattern {
    guard case .on(_, let rule) = try Command(parsing: "on server \(text) send \"x\"") else {
      preconditionFailure("on reads as another command")
    }
    return try #require(rule.trigger.pattern)
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
    #expect(again.trigger == .stream(pattern))
  }

  @Test(
    "groups hold what they fitted in the match, however the stream is cut",
    arguments: [
      (#"id=(\d+)\n"#, "xid=42\nid=7\n", [["42"], ["7"]]),
      (#"(\d+)-(\d+);"#, "10-20;3-4;", [["10", "20"], ["3", "4"]]),
      ("(a)|(b)", "ab", [["a", ""], ["", "b"]]), ("(a|b)+c", "abc", [["b"]]),
      (#"((\w)\w*) "#, "abc ", [["abc", "a"]]), ("x(.*)y", "xaxby", [["axb"]]),
      (#"(?:a|(b))(\d{2})"#, "a12b34", [["", "12"], ["b", "34"]]),
      ("(é+)!", "aéé!", [["éé"]]), ("(a?)(a?)b", "ab", [["a", ""]]), ("(a{2}){2}b", "aaaaab", [["aa"]]),
      ("(a*)*b", "aab", [["aa"]]), ("<(x*)>", "<><xx>", [[""], ["xx"]]),
      ("(1)(2)(3)(4)(5)(6)(7)(8)(9)(a)", "123456789a", [["1", "2", "3", "4", "5", "6", "7", "8", "9"]]),
    ] as [(String, String, [[String]])])
  func groups(regex: String, stream: String, groups: [[String]]) throws {
    let bytes = Array(stream.utf8)
    let pattern = try pattern("/\(regex)/")
    for size in 1...bytes.count {
      var matcher = PatternMatcher(pattern, keepsGroups: true)
      var plain = PatternMatcher(pattern)
      var found: [[String?]] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        let chunk = bytes[start..<min(bytes.count, start + size)]
        #expect(matcher.search(chunk) == plain.search(chunk))
        found += matcher.groups.map { $0.map { $0.map { String(decoding: $0, as: UTF8.self) } } }
      }
      #expect(found == groups, "in chunks of \(size)")
    }
  }

  @Test(
    "a group that began too long ago is not known, and the others are",
    arguments: [(4094, true), (4095, false)])
  func farGroups(length: Int, isKnown: Bool) throws {
    var matcher = PatternMatcher(try pattern("/<(x*)(y)>/"), keepsGroups: true)
    let stream = Array(("<" + String(repeating: "x", count: length) + "y>").utf8)
    #expect(matcher.search(stream) == [Int64(stream.count)])
    let groups = try #require(matcher.groups.first)
    #expect(groups[0] == (isKnown ? [UInt8](repeating: 0x78, count: length) : nil))
    #expect(groups[1] == [0x79])
  }

  @Test(
    "an answer may name the groups that end before their match does",
    arguments: [
      #"/id=(\d+)\n/ send "%{1}""#, #"/(\d{4})/ send "%{1}""#, #"/(ab|cd)/ send "%{1}""#,
      #"/(\d+),(\d+)/ send "%{1}""#, #"/(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)/ send "%{9}%{1}""#,
      #"/(?:x+)(a)/ send 5ms ("%{len8:{"%{1}"}}"/1)*2"#,
    ])
  func namesGroups(rule: String) throws {
    guard case .on(_, let read) = try Command(parsing: "on s \(rule)"), case .send(let burst) = read.action
    else {
      Issue.record("not a rule with a burst")
      return
    }
    #expect(burst.groups.isEmpty == false)
    let filled = burst.answering([[UInt8]](repeating: Array("id".utf8), count: 9))
    #expect(filled.groups.isEmpty)
    #expect(try BurstMeasure(filled).isExact)
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
      (#"on s /id=(\d+)/ send "%{1}""#, 23, "would be cut short"),
      (#"on s /(\d+)\r?\n?/ send "%{1}""#, 26, "would be cut short"),
      (#"on s /a(b*)/ send "a" "b%{1}""#, 25, "would be cut short"),
      (#"on s /(a)b/ send "%{2}""#, 19, "the pattern has one group"),
      (#"on s /(a)(b)/ send "%{1}%{3}""#, 25, "the pattern has 2 groups"),
      (#"on s /(?:a)b/ send "%{1}""#, 21, "there is none here"),
      (#"on s "a" send "%{1}""#, 16, "there is none here"),
      (#"on s /(a)b/ do send c "%{1}""#, 24, "there is none here"),
      (#"send c "%{1}""#, 9, "there is none here"), (#"expect s data "%{1}""#, 16, "there is none here"),
      (#"on s /(a)b/ send "%{0}""#, 19, "from %{1} to %{9}"),
      (#"on s /(a)b/ send "%{10}""#, 19, "from %{1} to %{9}"),
      (#"on s /(a)b/ send "%{1:hex}""#, 22, "expected } after a macro"),
    ] as [(String, Int, String)])
  func refuses(line: String, column: Int, message: String) {
    let error = #expect(throws: SyntaxError.self) { try Command(parsing: line) }
    #expect(error?.column == column)
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  @Test("a rule keeps its pattern and its answer")
  func readsRule() throws {
    let command = try Command(parsing: #"on server /GET .*\r\n/ send 10ms "200\r\n" # later"#)
    guard case .on("server", let rule) = command, case .regex(let regex)? = rule.trigger.pattern else {
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
