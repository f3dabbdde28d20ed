import Testing
import Traffic

@testable import Screens

@Suite("What the screen says to those who look for the next step")
struct HintTests {
  private let journal = SampleJournals.recvReturns()

  private func press(_ keys: String, rows: Int = 36) -> (effects: [Effect], model: Model, screen: [String]) {
    let (effects, model) = ScreensTests.press(keys, journal, rows: rows)
    return (effects, model, view(model, journal).grid.text.split(separator: "\n").map(String.init))
  }

  @Test(
    "The words that other programs have are taken",
    arguments: [(": q enter y", [.quit]), (": quit enter y", [.quit]), (": help enter", [])]
      as [(String, [Effect])])
  func spoken(keys: String, effects: [Effect]) {
    let (done, model, _) = press(keys)
    #expect(done == effects)
    #expect((model.overlay?.help != nil) == effects.isEmpty)
  }

  @Test("A mistake that has no room at its caret is told with its column")
  func longMistake() {
    let bottom = press(": send space client space \(String(repeating: "a", count: 150)) enter").screen[35]
    #expect(bottom.contains("column 13: unknown step aaa"))
    #expect(press(": send space client space 1x enter").screen[35].contains("^ "))
  }

  @Test("Following the newest record, a burst goes to the same socket whatever comes")
  func target() {
    let model = press("").model
    #expect(model.sendTarget.map(model.sockets.name) == "server.1")
    let held = press("k k").model
    #expect(held.sendTarget.map(held.sockets.name) == "server.1")
  }

  @Test("What has no room says what has it")
  func obstacles() {
    #expect(press("i v", rows: 20).screen[18].contains("the inspector has their room; i closes it"))
    #expect(press("v", rows: 12).screen[10].contains("13 rows or more"))
    #expect(press("+", rows: 24).screen[22].contains("the lanes are not shown; v shows them"))
  }

  @Test("A filter that hides every row says so")
  func filter() {
    #expect(press("n n x x x x").screen.contains { $0.contains("No record yet: send only; x shows others") })
  }

  @Test("A list tells its keys, and what lies below")
  func list() {
    let (_, model, screen) = press("ctrl-p")
    #expect(screen[35].contains("Enter does it  Esc closes"))
    #expect(screen.contains { $0.contains("more ") && $0.contains("↓") })
    var last = model
    _ = last.update(.key(Chord(.end)), journal)
    // Behind all keys are the commands.
    let command = CommandRule.all.last { $0.place != .lab }?.name.rawValue ?? "?"
    #expect(view(last, journal).grid.text.contains("▸ : \(command)"), "\(view(last, journal).grid.text)")
    #expect(
      press("X space").model.table.filter.hidden == [RowKind.allCases[0], .plainBursts, .segments, .lesson])
  }

  @Test("A click on the word about help opens it")
  func helpWord() {
    var model = press("").model
    _ = model.update(.pointer(Pointer(.press, row: 0, column: 117)), journal)
    #expect(model.overlay?.help != nil)
    #expect(view(model, journal).grid.text.contains("PgDn scroll  Esc closes"))
  }

  @Test("Help tells every reason whole, however narrow the window", arguments: [60, 80, 120, 200])
  func wholeHelp(columns: Int) throws {
    var model = Model(title: "lab")
    for message in [.resized(rows: 24, columns: columns), .key(Chord("?")!)] as [Message] {
      _ = model.update(message, journal)
    }
    var words: [Substring] = []
    var tops: Set<Int?> = []
    while tops.insert(model.overlay?.help?.top).inserted {
      let rows = view(model, journal).grid.text.split(separator: "\n").dropFirst(2).dropLast(3)
      words += rows.flatMap { $0.split(separator: " ") }
      for _ in rows { _ = model.update(.key(Chord(.down)), journal) }
    }
    #expect(words.filter { $0.hasSuffix("…") && $0 != "…" } == [])
    #expect(words.contains("ADDRESS"))
  }

  @Test("A call by hand is told before it returns", arguments: ["r", "a"])
  func called(key: String) {
    var model = press(key == "r" ? "n n" : "n").model
    _ = model.update(.key(Chord(key)!), journal)
    let name = key == "r" ? "recv() is called on server.1" : "accept() is called on server"
    #expect(view(model, journal).grid.text.contains("\(name); its row comes when it returns"))
  }

  @Test("Where there is no record none is held")
  func nothingHeld() {
    let empty = JournalWriter(limit: 1 << 20, wall: 0).journal
    var model = Model(title: "lab")
    for message in [.resized(rows: 36, columns: 120), .key(Chord(.up))] as [Message] {
      _ = model.update(message, empty)
    }
    #expect(!view(model, empty).grid.text.contains("held"))
  }

  @Test("Closing under a burst says what it waits for")
  func closing() throws {
    var model = press("n n").model
    let burst = PlayingBurst(
      socket: SocketID(1), name: "server.1", number: 7, sends: 1, totalSends: 2, bytes: 1, totalBytes: 2,
      time: 1, length: 2, isPaused: false, queued: 0)
    _ = model.update(.playing([burst]), journal)
    let effects = model.update(.key(Chord("c")), journal)
    #expect(effects == [.perform(.close("server.1", isReset: false))])
    #expect(view(model, journal).grid.text.contains("server.1 closes when burst 7 is over; ^X stops that"))
  }
}
