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
    ])
  func mistakes(text: String, message: String) {
    let error = #expect(throws: SettingsError.self) {
      try ConfigurationFile.configuration(text, file: "c.toml")
    }
    #expect(error?.text.hasPrefix(message) == true, "\(error?.text ?? "")")
  }

  @Test(
    "Bytes are copied in every form",
    arguments: [
      (.hex, "31 00 ff 22"), (.python, "b\"1\\x00\\xff\\\"\""), (.c, "{ 0x31, 0x00, 0xff, 0x22 }"),
      (.base64, "MQD/Ig=="), (.text, "1␀�\""),
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
