import Testing
import Traffic

@testable import Screens

@Suite("Text that is typed or pasted is never keys")
struct TypingTests {
  private static let typed = "quitcRe"

  /// What the line or the list that has the keys holds.
  private static func text(_ model: Model) -> String? {
    model.overlay?.prompt?.editor.text ?? model.overlay?.picker?.editor.text
  }

  @Test(
    "A key that cannot do what it is for opens its line or list all the same, and says why",
    arguments: [
      ("s", "no open connection to send on"), ("/", "there are no bytes to search"),
      ("A", "no socket is selected"), ("E", "has no bytes"), ("S", "there is none yet"),
      ("y", "has no bytes"), ("o", "no socket is selected"),
    ])
  func refused(key: String, why: String) {
    let journal = JournalWriter(wall: 0).journal
    var (effects, model) = press(key, journal)
    #expect(view(model, journal).grid.text.split(separator: "\n")[34...].joined().contains(why))
    for letter in Self.typed.unicodeScalars { effects += model.update(.key(Chord(letter)), journal) }
    #expect(effects == [])
    #expect(Self.text(model) == Self.typed)
    #expect(model.update(.key(Chord(.enter)), journal) == [])
    #expect(model.overlay != nil)
    #expect(model.update(.key(Chord(.escape)), journal) == [])
    #expect(model.overlay == nil)
  }

  @Test("Every action that is for text opens something when it is refused", arguments: Action.opensText)
  func opens(action: Action) {
    let journal = JournalWriter(wall: 0).journal
    var model = press("", journal).model
    _ = model.attempt(action, journal)
    #expect(model.overlay != nil)
  }

  @Test("A send prompt that was opened too early turns to the socket that comes")
  func early() throws {
    let empty = JournalWriter(wall: 0).journal
    var model = press("s", empty).model
    let journal = SampleJournals.recvReturns()
    for letter in "\"a\"".unicodeScalars { _ = model.update(.key(Chord(letter)), journal) }
    _ = model.update(.journalChanged, journal)
    let burst = try Burst(parsing: "\"a\"")
    #expect(model.update(.key(Chord(.enter)), journal) == [.perform(.send("server.1", burst))])
  }

  // MARK: Without brackets

  private static func keys(_ text: String) -> [Message] {
    text.unicodeScalars.map {
      switch $0 {
      case "\n": .key(Chord(.enter))
      case "\t": .key(Chord(.tab))
      case "\u{3}": .key(.control("c"))
      default: .key(Chord($0))
      }
    }
  }

  private static func words(_ messages: [Message]) -> [String] {
    messages.map { message in
      switch message {
      case .key(let chord): chord.label
      case .paste(let text, let isEntered): "[\(text)]" + (isEntered ? "⏎" : "")
      case .pointer: "mouse"
      case .resized, .journalChanged, .clock, .kernelState, .waiting, .playing, .goOn, .names, .answered,
        .messagesCut, .saved, .looked, .found, .counted, .shaking, .capturing, .recording, .queried,
        .compared, .lesson, .catalog, .handedOut,
        .offerLabs, .themed, .trials, .written:
        "?"
      }
    }
  }

  @Test(
    "Eight letters at once are a paste, and a line end between or behind several lines does nothing",
    arguments: [
      ("", false, []), ("quit", false, ["q", "u", "i", "t"]),
      ("1234567", false, ["1", "2", "3", "4", "5", "6", "7"]), ("12345678", false, ["[12345678]"]),
      ("listen 9\n", false, ["[listen 9]⏎"]), ("listen 9\n\n", false, ["[listen 9]"]),
      ("quit\nquit\n", false, ["[quit\nquit]"]), ("listen 9\t", false, ["[listen 9]", "Tab"]),
      ("quit\u{3}quit", false, ["[quitquit]"]), ("\nlisten 9", false, ["Enter", "[listen 9]"]),
      ("q", true, ["[q]"]), ("\nq\n", true, ["[q]"]), ("\n", true, ["Enter"]),
      ("\u{3}12345678", true, ["^C", "[12345678]"]),
    ])
  func pastes(text: String, goesOn: Bool, expected: [String]) {
    let (messages, endsInPaste) = KeysAtOnce.read(Self.keys(text), goesOn: goesOn)
    #expect(Self.words(messages) == expected)
    #expect(endsInPaste == (expected.last?.hasSuffix("]") ?? false))
  }

  @Test("The mouse and other keys stay where they were among letters")
  func others() {
    let click = Message.pointer(Pointer(.press, row: 1, column: 1))
    let messages = Self.keys("abcdefgh") + [click, .key(Chord(.up))] + Self.keys("abc")
    #expect(
      Self.words(KeysAtOnce.read(messages).messages) == ["[abcdefgh]", "mouse", "↑", "a", "b", "c"])
    let behind = [.key(Chord(.up))] + Self.keys("q")
    #expect(Self.words(KeysAtOnce.read(behind, goesOn: true).messages) == ["↑", "q"])
  }

  @Test(
    "A paste without a prompt runs nothing; one that begins as a command does opens its prompt",
    arguments: [("quit quit", nil), (":close client", "close client"), (":", ""), ("", nil)]
      as [(String, String?)])
  func noPrompt(text: String, line: String?) {
    let journal = SampleJournals.recvReturns()
    var model = press("n n", journal).model
    #expect(model.update(.paste(text, isEntered: true), journal) == [])
    #expect(Self.text(model) == line)
  }

  @Test("A paste with Enter behind it is done in a prompt, and narrows a list")
  func entered() {
    let journal = SampleJournals.recvReturns()
    var model = press(":", journal).model
    #expect(model.update(.paste("mark here", isEntered: true), journal) == [.perform(.mark("here"))])
    model = press("ctrl-p", journal).model
    _ = model.update(.paste("big print"), journal)
    #expect(model.overlay?.picker?.editor.text == "big print")
  }
}
