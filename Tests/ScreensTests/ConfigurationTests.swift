import Screens
import Testing

@Suite("The configuration")
struct ConfigurationTests {
  @Test("What is settled is read")
  func all() throws {
    let text = """
      theme = "light"
      memory = "64M"
      columns = ["call", "time", "got", "why"]
      bytes-per-line = 8
      [keys]
      help = ["f1", "ctrl-h"]
      quit = "Q"
      """
    let configuration = try ConfigurationFile.configuration(text, file: "c.toml")
    #expect(configuration.theme == "light")
    #expect(configuration.memory == 64 << 20)
    #expect(configuration.columns == [.call, .time, .got, .why])
    #expect(configuration.bytesLine == .bytes(8))
    #expect(configuration.keyMap.action(try #require(Chord("Q" as String))) == .quit)
    #expect(configuration.keyMap.action(try #require(Chord("?" as String))) == nil)
    #expect(configuration.keyMap.label(.help) == "F1")
  }

  @Test("An empty file settles nothing")
  func empty() throws {
    #expect(try ConfigurationFile.configuration("", file: "c.toml") == Configuration())
  }

  @Test(
    "A mistake is told with file, line and column",
    arguments: [
      ("colour = 1", "c.toml:1:1: unknown key colour"), ("theme = 3", "c.toml:1:9: expected a theme"),
      ("memory = \"lots\"", "c.toml:1:10: expected a size"),
      ("columns = [\"call\",\n  \"tiem\"]", "c.toml:2:3: unknown column tiem"),
      ("columns = []", "c.toml:1:11: expected a list of columns"),
      ("bytes-per-line = 9", "c.toml:1:18: expected 8, 16, 32 or \"chunk\""),
      ("bytes-per-line = \"chunks\"", "c.toml:1:18: expected 8, 16, 32 or \"chunk\""),
      ("[keys]\nhlep = \"?\"", "c.toml:2:1: unknown action hlep"),
      ("[keys]\nhelp = [\"f1\", \"hyper-x\"]", "c.toml:2:15: unknown key hyper-x"),
      ("[keys]\nhelp = []", "c.toml:2:8: expected a key"),
      ("keys = 1", "c.toml:1:1: expected a table [keys]"),
      ("theme = \"a\"\ntheme = \"b\"", "c.toml:2:"),
      ("[keys]\nhelp = [\"?\", 3]", "c.toml:2:14: expected a key"),
      ("# first of the text, not of the alphabet\nz = 1\na = 1", "c.toml:2:1: unknown key z"),
      ("big = true\n[#", "c.toml:2:2: Error while parsing key: expected bare key"),
      ("[=", "c.toml:1:2: Error while parsing key: expected bare key"),
      ("[[#x]]", "c.toml:1:3: Error while parsing key: expected bare key"),
      ("\u{feff}# a mark\r\nbig = 1", "c.toml:2:7: expected true or false"),
      ("big = 'e\u{301}' x", "c.toml:1:11: Error while parsing"),
      ("big = 'a\0b'", "c.toml:1:9: Error while parsing literal string: control characters"),
    ])
  func mistakes(text: String, message: String) {
    let error = #expect(throws: SettingsError.self) {
      try ConfigurationFile.configuration(text, file: "c.toml")
    }
    #expect(error?.text.hasPrefix(message) == true, "\(error?.text ?? "")")
  }

  @Test("What lies too deep in one another is refused with its place, however deep")
  func depth() {
    for (text, place) in [
      (String(repeating: "a.", count: 300_000) + "b = 1", "c.toml:1:32: "),
      ("[" + String(repeating: "é.", count: 300_000) + "b]", "c.toml:1:"),
      ("big = " + String(repeating: "[", count: 300_000), "c.toml:1:"),
      ("big = " + String(repeating: "{a=", count: 300_000), "c.toml:1:"),
      (
        "theme = '''\n" + String(repeating: ".", count: 300_000) + "'''\nbig = 1", "c.toml:3:7: expected true"
      ),
    ] {
      let error = #expect(throws: SettingsError.self) {
        try ConfigurationFile.configuration(text, file: "c.toml")
      }
      #expect(error?.text.hasPrefix(place) == true, "\(error?.text ?? "")")
    }
  }

  @Test(
    "What is no UTF-8 is told with its place",
    arguments: [
      ([0xff], "c.toml:1:1: no UTF-8"), (Array("big = true\r\n# é".utf8) + [0xc3], "c.toml:2:4: no UTF-8"),
      (Array("a".utf8) + [0xed, 0xa0, 0x80], "c.toml:1:2: no UTF-8"),
    ] as [([UInt8], String)])
  func encoding(bytes: [UInt8], message: String) {
    let error = #expect(throws: SettingsError.self) { try SettingsText.text(bytes, file: "c.toml") }
    #expect(error?.text == message)
  }

  @Test(
    "Bytes are copied in every form",
    arguments: [
      (.hex, "31 00 ff 22"), (.python, "b\"1\\x00\\xff\\\"\""), (.c, "{ 0x31, 0x00, 0xff, 0x22 }"),
      (.base64, "MQD/Ig=="), (.text, "1\0\u{fffd}\""),
    ] as [(CopyForm, String)])
  func copy(form: CopyForm, text: String) {
    #expect(form.text([0x31, 0, 0xff, 0x22]) == text)
  }

  @Test(
    "base64 is as in RFC 4648",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
      ("foobar", "Zm9vYmFy"),
    ])
  func base64(text: String, coded: String) { #expect(CopyForm.base64(Array(text.utf8)) == coded) }
}
