@testable import Screens
import Testing
@testable import Traffic

@Suite("What is done with bursts by name")
struct UpdateBurstsTests {
  private static let journal = SampleJournals.recvReturns()

  private static func burst(_ label: String, _ text: String) throws -> NamedBurst {
    try NamedBurst(BurstLabel(parsing: label), text: text)
  }

  private static func shelf() throws -> BurstLibrary {
    BurstLibrary(
      own: [
        try burst("F1 hello", "\"hello\""), try burst("F3 slow", "(\"a\" 1s)*3"), try burst("plain", "1ms"),
      ],
      lab: [try burst("F2 probe", "0xff")])
  }

  /// Presses keys at 120×36; a word that is no key is typed letter by letter, `_` as a blank.
  private static func press(
    _ keys: String, library: BurstLibrary? = nil, configuration: Configuration = Configuration(),
    journal: Journal = journal
  ) throws -> (effects: [Effect], model: Model, screen: String) {
    var model = Model(title: "lab", configuration: configuration, bursts: try library ?? shelf())
    _ = model.update(.resized(rows: 36, columns: 120), journal)
    var effects: [Effect] = []
    for key in keys.split(separator: " ").map(String.init) {
      let chords = Chord(key).map { [$0] } ?? key.unicodeScalars.map { Chord($0 == "_" ? " " : $0) }
      for chord in chords { effects += model.update(.key(chord), journal) }
    }
    return (effects, model, view(model, journal).grid.text)
  }

  @Test("A function key sends its burst, and says so")
  func sends() throws {
    let (effects, model, _) = try Self.press("n n f1 f2")
    #expect(
      effects == [
        .perform(.send("server.1", try Burst(parsing: "\"hello\""))),
        .perform(.send("server.1", try Burst(parsing: "0xff"))),
      ])
    #expect(model.notice?.text == "F2 probe → server.1   1 B: 1 send")
    #expect(try Self.press("f4").model.notice?.text.hasPrefix("F4 has no burst") == true)
    #expect(try Self.press("shift-f1").effects == [])
  }

  @Test("How far a burst is goes before what was said of sending it")
  func progress() throws {
    var model = try Self.press("n n f3").model
    #expect(view(model, Self.journal).grid.text.contains("F3 slow → server.1"))
    let burst = PlayingBurst(
      socket: SocketID(1), name: "server.1", number: 1, sends: 1, totalSends: 3, bytes: 1, totalBytes: 3,
      time: 500_000_000, length: 3_000_000_000, isPaused: false, queued: 0)
    _ = model.update(.playing([burst]), Self.journal)
    let screen = view(model, Self.journal).grid.text
    #expect(screen.contains("server.1 plays burst 1") && !screen.contains("F3 slow →"))
  }

  @Test("Without a socket to send on it says why")
  func noTarget() throws {
    let (effects, model, screen) = try Self.press("f1", journal: JournalWriter(wall: 0).journal)
    #expect(effects == [])
    #expect(model.notice?.text.hasPrefix("F1 hello: no open connection") == true)
    #expect(screen.contains("F1 hello"))
  }

  @Test("A function key that the user gave an action keeps it")
  func bound() throws {
    var configuration = Configuration()
    configuration.keys[.help] = [Chord(.function(1))]
    let (effects, model, screen) = try Self.press("f1", configuration: configuration)
    #expect(effects == [] && model.overlay?.help != nil)
    #expect(!screen.contains("F1 hello"))
    #expect(
      try Self.press("s 1ms ctrl-s F1_x", configuration: configuration).screen.contains(
        "F1 is the key of help"))
  }

  @Test("What is typed is saved by a name and a key, and stays in the prompt")
  func saves() throws {
    let (effects, model, screen) = try Self.press("n n s \"x\"*3 ctrl-s F3_new enter")
    #expect(effects == [.saveBursts(.put(try Self.burst("F3 new", "\"x\"*3"), replacing: nil))])
    #expect(model.sending.named.own.map(\.label.text) == ["F1 hello", "slow", "plain", "F3 new"])
    #expect(screen.contains("send server.1 ▸ \"x\"*3") && screen.contains("saved F3 new"))
    // Changed and saved again it is the same one.
    let again = try Self.press("n n s 1ms ctrl-s new enter _2ms ctrl-s enter")
    #expect(again.effects.last == .saveBursts(.put(try Self.burst("new", "1ms 2ms"), replacing: nil)))
    #expect(again.model.sending.named.own.count == 4)
  }

  @Test(
    "Before it is saved it says what else changes",
    arguments: [
      ("F1_x", "Enter saves F1 x; F1 no longer sends hello"), ("slow", "Enter saves slow; replaces F3 slow"),
      ("F2_x", "the lab has F2 for probe"), ("probe", "the lab's probe goes before it"),
    ])
  func says(label: String, words: String) throws {
    let screen = try Self.press("s 1ms ctrl-s \(label)").screen
    #expect(screen.contains(words), "\(screen.suffix(300))")
  }

  @Test("A mistake in the name stays there, and leaving it loses nothing")
  func leaves() throws {
    let wrong = try Self.press("n n s 1ms ctrl-s F13_x enter")
    #expect(wrong.effects == [] && wrong.screen.contains("^ expected a key from F1 to F12"))
    let left = try Self.press("n n s 1ms ctrl-s F13_x enter escape")
    #expect(
      left.model.overlay?.prompt?.editor.text == "1ms"
        && left.model.overlay?.prompt?.kind == .send("server.1"))
    #expect(try Self.press("n n s 1ms ctrl-s enter").model.overlay?.prompt?.editor.text == "1ms")
    let broken = try Self.press("n n s 1 ctrl-s")
    #expect(
      broken.model.overlay?.prompt?.kind == .send("server.1")
        && broken.model.overlay?.prompt?.isRefused == true)
  }

  @Test("The list sends, edits, renames and deletes")
  func list() throws {
    #expect(
      try Self.press("n n S slow enter").effects == [
        .perform(.send("server.1", try Burst(parsing: "(\"a\" 1s)*3")))
      ])
    let edited = try Self.press("n n S slow ctrl-e _2s ctrl-s enter")
    #expect(
      edited.effects == [.saveBursts(.put(try Self.burst("F3 slow", "(\"a\" 1s)*3 2s"), replacing: nil))])
    let renamed = try Self.press("S slow ctrl-r ctrl-u F4_late enter")
    #expect(
      renamed.effects == [.saveBursts(.put(try Self.burst("F4 late", "(\"a\" 1s)*3"), replacing: "slow"))])
    #expect(renamed.model.overlay?.picker?.subject == .bursts && renamed.model.overlay?.picker?.place == 2)
    let taken = try Self.press("S slow ctrl-r ctrl-u hello enter")
    #expect(taken.effects == [] && taken.screen.contains("there is a burst hello"))
    #expect(try Self.press("S slow ctrl-d").effects == [])
    #expect(try Self.press("S slow ctrl-d ctrl-d").effects == [.saveBursts(.remove("slow"))])
    #expect(try Self.press("S slow ctrl-d up ctrl-d").effects == [], "another key takes it back")
    #expect(
      try Self.press("S probe ctrl-d ctrl-d").model.notice?.text == "probe is the lab's: change it there")
    #expect(
      try Self.press("S", library: BurstLibrary()).model.notice?.text.hasPrefix("bursts: there is none")
        == true)
  }

  @Test("define at the prompt puts a burst at hand")
  func defines() throws {
    let (effects, _, screen) = try Self.press(": define_F5_now_\"x\" enter", library: BurstLibrary())
    #expect(effects == [])
    #expect(screen.contains("F5 now is at hand") && screen.contains("─ F5 now "))
  }

  @Test("What a socket sent comes back as a burst, from the mark on if there is one")
  func sendsAsBurst() throws {
    let journal = SampleJournals.recvReturns()
    #expect(try Self.press("n n n A").model.overlay?.prompt?.editor.text == "\"12345\" 100.002ms \"a\"*50")
    #expect(try Self.press("n n A").model.notice?.text == "sends as burst: server.1 has sent nothing")
    let marked = try Self.press("n n n g down down m A", journal: journal)
    #expect(marked.model.overlay?.prompt?.editor.text == "\"a\"*50")
    #expect(marked.screen.contains("1 send of client from the mark on"))
    // Long ones are cut between two sends.
    for call in 0..<400 {
      SampleJournals.send(
        JournalWriter(to: journal), SocketID(2), at: Nanoseconds(200_000_000 + call * 1_000_000), "ab",
        planned: 0, step: 0)
    }
    let many = try Self.press("n n n A", journal: journal)
    #expect(many.screen.contains("200 sends of client; 202 more find no room in a line"))
    #expect(try Burst(parsing: many.model.overlay?.prompt?.editor.text ?? "").summary.measure.sends == 200)
  }

  @Test("Received bytes become a burst")
  func bytesAsBurst() throws {
    let (_, model, screen) = try Self.press("n n g E")
    #expect(
      model.overlay?.prompt?.editor.text == "\"12345\"" && model.overlay?.prompt?.kind == .send("server.1"))
    #expect(screen.contains("5 B received by server.1"))
    let selected = try Self.press("n n g tab right shift-right shift-right E")
    #expect(selected.model.overlay?.prompt?.editor.text == "\"234\"")
    let journal = SampleJournals.hostile()
    let text = try Self.press("g down E", journal: journal).model.overlay?.prompt?.editor.text ?? ""
    #expect(try Burst(parsing: text).steps == [.send(.bytes((UInt8.min...UInt8.max).map { $0 }))])
  }

  @Test("Without a socket a burst is edited and saved")
  func draft() throws {
    let (effects, _, screen) = try Self.press(
      "S plain ctrl-e _1s enter", journal: JournalWriter(wall: 0).journal)
    #expect(effects == [] && screen.contains("save as ▸ plain"))
    let saved = try Self.press("S plain ctrl-e _1s enter enter", journal: JournalWriter(wall: 0).journal)
    #expect(saved.effects == [.saveBursts(.put(try Self.burst("plain", "1ms 1s"), replacing: nil))])
    #expect(saved.screen.contains("burst ▸ 1ms 1s"))
  }
}
