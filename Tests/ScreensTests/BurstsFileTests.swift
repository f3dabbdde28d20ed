import Foundation
import Fuzzing
import Screens
import Testing
import Traffic

@Suite("The file of bursts")
struct BurstsFileTests {
  private static let sample = """
    # My bursts.

    # Says hello.
    [[burst]]
    name = "hello"   # the name
    key = "f1"
    send = '"hello\\r\\n"' # what is sent

    [[burst]]
    name = 'GET /'
    send = \"\"\"
    "GET / HTTP/1.0\\\\r\\\\n" # first
    10ms "\\\\r\\\\n"\"\"\"
    # the end
    """

  private func read(_ text: String) throws -> [NamedBurst] {
    try BurstsFile.bursts(text, file: "b.toml")
  }

  private func burst(_ label: String, _ text: String) throws -> NamedBurst {
    try NamedBurst(BurstLabel(parsing: label), text: text)
  }

  @Test("Bursts are read with names and keys")
  func reads() throws {
    let bursts = try read(Self.sample)
    #expect(bursts.map(\.label.text) == ["F1 hello", "GET /"])
    #expect(bursts[0].text == "\"hello\\r\\n\"")
    #expect(bursts[1].line == "\"GET / HTTP/1.0\\r\\n\" 10ms \"\\r\\n\"")
    #expect(try read("") == [])
    #expect(try read(Self.sample.replacing("\n", with: "\r\n")).map(\.name) == ["hello", "GET /"])
  }

  @Test("The file that LABS.md shows is read")
  func documented() throws {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(
      contentsOf: tests.deletingLastPathComponent().appending(path: "docs/LABS.md"), encoding: .utf8)
    let block = try #require(page.firstMatch(of: /```toml\n(?<text>(.|\n)*?)```/))
    #expect(try read(String(block.output.text)).map(\.label.text) == ["F1 hello"])
  }

  @Test(
    "A mistake is told with file, line and column, in a burst with the place there",
    arguments: [
      ("burts = 1", "b.toml:1:1: unknown key burts"), ("burst = 1", "b.toml:1:1: expected tables [[burst]]"),
      ("burst = [1]", "b.toml:1:10: expected tables [[burst]]"),
      ("[[burst]]\nsend = '1ms'", "b.toml:1:1: expected a name"),
      ("[[burst]]\nname = 3", "b.toml:2:8: expected a name"),
      ("[[burst]]\nname = ''", "b.toml:2:8: expected a name"),
      ("[[burst]]\nname = 'a'", "b.toml:1:1: expected a burst"),
      ("[[burst]]\nname = 'a'\ncolour = 1", "b.toml:3:1: unknown key colour; expected name, key or send"),
      ("[[burst]]\nname = 'a'\nkey = 'f13'", "b.toml:3:7: expected a key"),
      ("[[burst]]\nname = 'a'\nkey = 2", "b.toml:3:7: expected a key"),
      ("[[burst]]\nname = 'a'\nsend = '\"a\" 5'", "b.toml:3:13: 5 has no unit"),
      ("[[burst]]\nname = 'a'\n  send  =  \"\\\"\\u00e9\\\" 5\"", "b.toml:3:24: 5 has no unit"),
      ("[[burst]]\nname = 'a'\nsend = '''\n\"a\"\n 5'''", "b.toml:5:2: 5 has no unit"),
      ("[[burst]]\nname = 'a'\nsend = '''\"a\"\n 5'''", "b.toml:4:2: 5 has no unit"),
      ("[[burst]]\nname = 'a'\nsend = '''5'''", "b.toml:3:11: 5 has no unit"),
      ("[[burst]]\nname = 'a'\nsend = '''\r\n1ms\r\n 5'''", "b.toml:5:2: 5 has no unit"),
      (
        "[[burst]]\nname = 'a'\nsend = \"\"\"\\\n  \\u0022a\\u0022 \\ \n\n  5\"\"\"",
        "b.toml:6:3: 5 has no unit"
      ),
      ("[[burst]]\nname = 'a'\nsend = \"\"\"1ms\\n1ms\\n5\"\"\"", "b.toml:3:21: 5 has no unit"),
      (
        "[[burst]]\nname = 'a'\nsend = '1ms'\n[[burst]]\nname = 'a'",
        "b.toml:5:8: a is the name of a burst above"
      ),
      (
        "[[burst]]\r\nname = 'a'\r\nkey = 'F2'\r\nsend = '1ms'\r\n[[burst]]\r\nname = 'b'\r\nkey = 'f2'",
        "b.toml:7:7: F2 is the key of a"
      ),
      ("[[burst]]\nname = 'a\n", "b.toml:2:"), ("# é\n  [[#x]]", "b.toml:2:5: Error while parsing key"),
    ])
  func mistakes(text: String, message: String) {
    let error = #expect(throws: SettingsError.self) { try read(text) }
    #expect(error?.text.hasPrefix(message) == true, "\(error?.text ?? "")")
  }

  @Test(
    "What is added reads as the same burst",
    arguments: [
      ("F3 hi", "\"hello\\r\\n\""), ("it's", "\"it's\" 5ms"), ("\"\\\"q\\\" \\\\\"", "\"\\\"\\\\\""),
      ("é 日本", "\"é\" \t<de ad>"),
      ("lines", "\"a\"\n5ms # x\n\"b\""),
    ])
  func adds(label: String, text: String) throws {
    let added = try burst(label, text)
    let change = BurstLibrary.Change.put(added, replacing: nil)
    let file = try BurstsText.text("", applying: change, file: "b.toml")
    #expect(try read(file) == [added])
    let both = try BurstsText.text(Self.sample, applying: .put(added, replacing: nil), file: "b.toml")
    #expect(both.contains("# Says hello.") && both.contains("# the end\n\n[[burst]]\n"))
  }

  @Test("Only what changes is written anew, and comments stay")
  func replaces() throws {
    let renamed = try BurstsText.text(
      Self.sample, applying: .put(try burst("F3 GET /", "\"x\""), replacing: "hello"), file: "b.toml")
    #expect(
      renamed == """
        # My bursts.

        # Says hello.
        [[burst]]
        name = 'GET /'   # the name
        key = "f3"
        send = '"x"' # what is sent

        # the end
        """)
    let moved = try BurstsText.text(
      Self.sample, applying: .put(try burst("F1 GET /", "1ms"), replacing: nil), file: "b.toml")
    #expect(
      moved == """
        # My bursts.

        # Says hello.
        [[burst]]
        name = "hello"   # the name
        send = '"hello\\r\\n"' # what is sent

        [[burst]]
        name = 'GET /'
        key = "f1"
        send = '1ms'
        # the end
        """)
  }

  @Test("What is taken away leaves its comments")
  func removes() throws {
    let text = try BurstsText.text(Self.sample, applying: .remove("hello"), file: "b.toml")
    #expect(text.hasPrefix("# My bursts.\n\n# Says hello.\n[[burst]]\nname = 'GET /'\n"))
    #expect(try read(text).map(\.name) == ["GET /"])
    let none = try BurstsText.text(text, applying: .remove("GET /"), file: "b.toml")
    #expect(none == "# My bursts.\n\n# Says hello.\n# the end")
  }

  @Test("A file with a mistake, or one written in another way, is not touched")
  func refuses() throws {
    let added = try burst("b", "1ms")
    for text in ["[[burst]]\nname = 3", "burst = [{ name = 'a', send = '1ms' }]"] {
      #expect(throws: SettingsError.self) {
        try BurstsText.text(text, applying: .put(added, replacing: nil), file: "b.toml")
      }
    }
  }

  @Test("Random changes of a file end in the library that they should", arguments: UInt64(0)..<20)
  func anyChanges(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    var text = seed % 2 == 0 ? Self.sample : Self.sample.replacing("\n", with: "\r\n")
    var library = BurstLibrary(own: try read(text))
    let names = ["hello", "GET /", "it's", "c"]
    let keys = ["", "", "F1 ", "F2 "]
    let sends = ["\"a\"", "5ms \"it's\"", "0x0d0a"]
    for _ in 0..<12 {
      let name = names[Int(random.next() % 4)]
      let key = keys[Int(random.next() % 4)]
      let send = sends[Int(random.next() % 3)]
      let old: String? = random.next() % 2 == 0 ? nil : names[Int(random.next() % 4)]
      let change: BurstLibrary.Change =
        random.next() % 4 == 0 ? .remove(name) : .put(try burst(key + name, send), replacing: old)
      library.apply(change)
      text = try BurstsText.text(text, applying: change, file: "b.toml")
      #expect(try read(text) == library.own)
      #expect(text.contains("# My bursts.") && text.contains("# the end"))
    }
  }
}
