import Screens
import Testing
@testable import Traffic

@Suite("What keys do")
struct UpdateTests {
  /// Presses keys on the journal of R1 at 120×36.
  private static func press(
    _ keys: String, text: String = "", journal: Journal = SampleJournals.recvReturns()
  ) -> (
    effects: [Effect], screen: String
  ) {
    var model = Model(title: "lab")
    _ = model.update(.journalChanged, journal)
    _ = model.update(.resized(rows: 36, columns: 120), journal)
    var effects: [Effect] = []
    for key in keys.split(separator: " ") {
      if key == "TEXT" {
        for scalar in text.unicodeScalars { effects += model.update(.key(Chord(scalar)), journal) }
      } else if let chord = Chord(String(key)) {
        effects += model.update(.key(chord), journal)
      } else {
        Issue.record("\(key) is no key")
      }
    }
    return (effects, view(model, journal).grid.text)
  }

  @Test func `A filter finds a row far from the newest records`() {
    let writer = JournalWriter(limit: 64 << 20, wall: 0)
    let journal = writer.journal
    let socket = writer.add(SocketInfo(name: "far", kind: .tcp, role: .client))
    for index in 0..<300_000 {
      var record = Record(index == 7 ? .send : .recv, socket: socket, start: 0, end: Nanoseconds(index))
      (record.asked, record.result) = (4321, 4321)
      writer.append(record)
    }
    for keys in ["x x x x", "n x x x x", "x x x x k", "n x x x x g"] {
      let rows = Self.press(keys, journal: journal).screen.split(separator: "\n").filter {
        $0.contains("send") && $0.contains("4321")
      }
      #expect(rows.count >= 1, "\(keys)")
    }
  }

  @Test(
    "A number at the prompt leads to the record, and a percentage to the one that far",
    arguments: [
      ("20000", "4019999"), ("10%", "4029999"), (" 299999 ", "4299998"), ("100%", "4299999"),
      ("50 %", "4149999"), ("300000", "4299999"), ("9999", nil), ("3%", nil), ("300001", nil),
      ("18446744073709551616", nil), ("101%", nil), ("%", nil),
    ])
  func recordOfNumber(line: String, got: String?) throws {
    let writer = JournalWriter(limit: 64 << 20, wall: 0)
    let socket = writer.add(SocketInfo(name: "far", kind: .tcp, role: .client))
    for index in 0..<300_000 {
      var record = Record(.recv, socket: socket, start: 0, end: Nanoseconds(index))
      record.asked = 4_000_000
      record.result = index < 10_000 ? 0 : 4_000_000 + Int32(index)
      writer.append(record)
    }
    let keys = "x g : TEXT enter"
    let screen = Self.press(keys, text: line, journal: writer.journal).screen
    let chosen = try #require(screen.split(separator: "\n").first { $0.contains("▸") && $0.contains("recv") })
    #expect(chosen.contains(got ?? " 0 "), "\(screen)")
  }

  @Test(
    "A key has its effect outside",
    arguments: [
      ("q y", [.quit]), ("q q", [.quit]), ("ctrl-c ctrl-c", [.quit]), ("q", []), ("q n", []),
      ("q escape", []), ("q enter", []), ("q ctrl-z", [.suspend]), ("ctrl-z", [.suspend]),
      ("ctrl-l", [.redraw]),
      ("n n c", [.perform(.close("server.1", isReset: false))]),
      ("n n R", [.perform(.close("server.1", isReset: true))]),
      ("n n e", [.perform(.shutdown("server.1", .write))]),
      ("n n space", [.perform(.suspend("server.1"))]),
      ("n n r", [.perform(.recv("server.1", size: nil, flags: nil))]),
      ("n a", [.perform(.accept("server"))]), ("n n a", []),
      ("n n n c", []), ("n space", []), ("? q", []), ("? q q y", [.quit]), ("? c", []),
      (": ctrl-c q y", [.quit]),
      // Words that somebody types without a prompt.
      ("q u i t", []), ("q u e r y", []), ("q u e r y n c", []),
    ] as [(String, [Effect])])
  func effects(keys: String, effects: [Effect]) {
    #expect(Self.press(keys).effects == effects)
  }

  @Test("A burst typed at the send prompt is performed on the selected socket")
  func send() throws {
    let burst = try Burst(parsing: "\"a\" 5ms \"b\"")
    #expect(
      Self.press("n n s TEXT enter", text: "\"a\" 5ms \"b\"").effects == [.perform(.send("server.1", burst))])
  }

  @Test("A line with a mistake performs nothing, stays as it was typed, and shows where the mistake is")
  func mistake() {
    let (effects, screen) = Self.press(": TEXT enter", text: "close nobody --rset")
    #expect(effects == [])
    #expect(screen.contains(": close nobody --rset"))
    #expect(screen.contains("^ expected --reset or nothing"))
  }

  @Test("A line typed before comes back with the up arrow")
  func history() throws {
    let (effects, _) = Self.press(": TEXT enter : up enter", text: "mark here")
    #expect(effects == [.perform(.mark("here")), .perform(.mark("here"))])
  }

  @Test(
    "Tab completes commands, names and options",
    arguments: [
      ("shu", "shutdown "), ("send ser", "send server"), ("send client t", "send client to "),
      ("close server.1 --r", "close server.1 --reset "), ("listen 0 --rep", "listen 0 --replay "),
      ("send client \"%{cr", "send client \"%{crc"), ("send client %{len2", "send client %{len24"),
      ("on server /a(b)c/ send \"%{1", "on server /a(b)c/ send \"%{1}"),
      ("on server m", "on server message "),
      ("frame server le", "frame server length:"),
      ("frame server length:u16b", "frame server length:u16be "),
      ("frame server sent j", "frame server sent json "), ("hold r.1 up m", "hold r.1 up messages "),
      ("listen 0 --mode sel", "listen 0 --mode select "), ("shutdown client w", "shutdown client write "),
    ])
  func completion(typed: String, completed: String) {
    let screen = Self.press(": TEXT tab TEXT", text: typed).screen
    // The same text typed once more shows where the cursor stood.
    #expect(screen.contains(": \(completed)\(typed)"))
  }

  @Test("A held view stays on its rows while data arrives, and follows again when told")
  func anchor() {
    let journal = SampleJournals.many()
    var model = Model(title: "lab")
    _ = model.update(.resized(rows: 36, columns: 120), journal)
    for key in [Chord("n"), Chord("n"), Chord(.pageUp)] as [Chord] { _ = model.update(.key(key), journal) }
    let rows = { (grid: Grid) in
      grid.text.split(separator: "\n").filter { $0.contains("took all") }.map(String.init)
    }
    let before = rows(view(model, journal).grid)
    for call in 0..<100 {
      let time = Nanoseconds(30_000_000_000 + 1000 * call)
      SampleJournals.receive(
        JournalWriter(to: journal), SocketID(1), time - 10...time, asked: 64, "new", queued: 0)
    }
    _ = model.update(.journalChanged, journal)
    let held = rows(view(model, journal).grid)
    #expect(held.dropLast(2).map { $0.dropFirst(26) } == before.dropLast(2).map { $0.dropFirst(26) })
    _ = model.update(.key(Chord("G")), journal)
    #expect(rows(view(model, journal).grid) != held)
    #expect(view(model, journal).grid.text.contains("recv 20100"))
  }

  @Test("The first line tells the newest time as the table does, whatever it counts from", arguments: 0...3)
  func times(presses: Int) throws {
    let keys = ["m"] + Array(repeating: "t", count: presses)
    let lines = Self.press("n n " + keys.joined(separator: " ")).screen.split(separator: "\n")
    let row = try #require(lines.last { $0.contains("expect ") })
    // Between two rows no time of the run can be told.
    let time = lines[2].contains("since prev") ? "0.100 600" : row.firstMatch(of: /[0-9:.]+ [0-9]{3}/)?.0
    #expect(lines[0].contains(try #require(time)), "\(lines[0])")
  }

  @Test("A frozen view shows nothing new, and says how much waits")
  func freeze() {
    let journal = SampleJournals.recvReturns()
    var model = Model(title: "lab")
    _ = model.update(.resized(rows: 36, columns: 120), journal)
    _ = model.update(.key(Chord("f")), journal)
    SampleJournals.receive(
      JournalWriter(to: journal), SocketID(1), 1...200_000_000, asked: 10, "later", queued: 0)
    _ = model.update(.journalChanged, journal)
    let text = view(model, journal).grid.text
    #expect(text.contains("FROZEN +1"))
    #expect(!text.contains("0.200 000"))
    #expect(
      text.contains("end of stream after 55 B") && !text.contains("6c 61 74") && text.contains("EOF  7"))
    _ = model.update(.key(Chord("f")), journal)
    // It followed before, so it does again.
    #expect(view(model, journal).grid.text.contains("0.200 000"))
    for key in ["f", "k", "f"] { _ = model.update(.key(Chord(Unicode.Scalar(key)!)), journal) }
    #expect(view(model, journal).grid.text.contains("view is held"))
  }

  @Test("The chunk under the cursor has its bytes selected, and the byte under the cursor its chunk")
  func selection() {
    #expect(Self.press("n n g j").screen.contains("5–14, 10 B selected"))
    let screen = Self.press("n n g tab right right right right right").screen
    #expect(screen.contains("5–14, 10 B selected"))
    #expect(screen.contains("▸ recv    2"))
  }

  @Test("What is pasted goes into the prompt in one line and performs nothing")
  func paste() {
    let journal = SampleJournals.recvReturns()
    var model = Model(title: "lab")
    _ = model.update(.resized(rows: 36, columns: 120), journal)
    _ = model.update(.key(Chord(":")), journal)
    let effects = model.update(.paste("mark a\nmark b\u{1b}[2J"), journal)
    #expect(effects == [])
    #expect(view(model, journal).grid.text.contains(": mark a mark b[2J"))
  }

  @Test(
    "Keys are read as they are written",
    arguments: [
      ("ctrl-p", "^P"), ("shift-tab", "Shift-Tab"), ("f12", "F12"), ("G", "G"), ("space", "Space"),
      ("alt-left", "Alt-←"),
    ])
  func chords(text: String, label: String) throws { #expect(try #require(Chord(text)).label == label) }

  @Test("What is no key is refused", arguments: ["", "ctrl-", "f0", "f99", "gg", "hyper-x"])
  func badChords(text: String) { #expect(Chord(text) == nil) }

  @Test("A key bound anew is taken from what it did before")
  func rebind() {
    var keys = KeyMap()
    keys.bind(.help, to: [Chord("q")])
    #expect(keys.action(Chord("q")) == .help)
    #expect(keys.action(Chord("?")) == nil)
    #expect(keys.label(.quit) == "^C")
  }

  @Test("No key means two things, but for those of an open search and of a lesson")
  func unique() {
    for context in KeyContext.allCases {
      let bindings = KeyMap.standard.filter { $0.action.context == context }
      let chords = bindings.flatMap(\.chords)
      #expect(Set(chords).count == chords.count)
    }
    #expect(Set(KeyMap.standard.map(\.action)) == Set(Action.allCases))
  }
}
