@testable import Screens
import Testing
import Traffic

@Suite("What is chosen from lists")
struct PickerTests {
  private let journal = SampleJournals.recvReturns()

  private func press(_ keys: String, _ journal: Journal? = nil) -> (
    effects: [Effect], model: Model, screen: String
  ) {
    let journal = journal ?? self.journal
    let (effects, model) = ScreensTests.press(keys, journal)
    return (effects, model, view(model, journal).grid.text)
  }

  @Test("Every action has words and keys that can be read")
  func rules() {
    for action in Action.allCases {
      let rule = ActionRule.all.first { $0.action == action }
      #expect(rule != nil)
      #expect(rule?.chords.count == rule?.keys.split(separator: " ").count)
    }
  }

  @Test("Each kind of row is hidden and shown by itself", arguments: RowKind.allCases)
  func kinds(kind: RowKind) {
    let typed = kind.word.map { $0 == " " ? "space" : String($0) }.joined(separator: " ")
    let (_, hidden, screen) = press("X \(typed) enter escape")
    // Plain bursts, segments and what a lesson asks are hidden before, and shown then.
    let folded: Set<RowKind> = [.plainBursts, .segments, .lesson]
    let expected = folded.symmetricDifference([kind])
    #expect(hidden.table.filter.hidden == expected)
    #expect(hidden.table.rows.allSatisfy { RowKind($0.item) != kind })
    #expect(screen.contains("without") == !folded.contains(kind))
    #expect(screen.contains("without \(kind.word)") == !folded.contains(kind))
    #expect(
      press("X \(typed) enter enter escape").model.table.rows.map(\.id)
        == press("").model.table.rows.map(\.id))
  }

  @Test("The filters of one key show what they say")
  func presets() {
    let kinds = { (keys: String) in Set(press(keys).model.table.rows.compactMap { RowKind($0.item) }) }
    #expect(kinds("x x x") == [.received, .ended])
    #expect(kinds("x x x x") == [.sent])
    #expect(press("x x x x x").model.table.filter == RowFilter())
  }

  @Test("Columns are shown, hidden and moved, and one stays")
  func columns() {
    #expect(press("C dwell enter escape").model.table.columns == Column.standard + [.dwell])
    #expect(press("C dwell enter escape").screen.contains("dwell"))
    #expect(!press("C segs enter escape").model.table.columns.contains(.segments))
    #expect(press("C down + escape").model.table.columns.prefix(3) == [.call, .time, .socket])
    #expect(press("C down down - escape").model.table.columns.prefix(3) == [.call, .time, .socket])
    let all = String(repeating: "home enter ", count: Column.standard.count)
    #expect(press("C \(all) escape").model.table.columns == [Column.standard[Column.standard.count - 1]])
  }

  @Test("The menu of options shows what is and does what is chosen")
  func options() {
    let (_, _, screen) = press("n n o")
    #expect(screen.contains("Options of server.1"))
    #expect(screen.contains("[x] --mode blocking"))
    #expect(press("n n o epoll enter").effects == [.perform(.set("server.1", [.mode(.epoll)]))])
    #expect(press("n n o --recv enter 20 enter").effects == [.perform(.set("server.1", [.size(20)]))])
    #expect(press("n n o accept enter").effects == [], "only a listener accepts")
  }

  @Test("An option that the kernel tells of is turned over")
  func toggle() {
    var model = press("n n o --nodelay").model
    #expect(model.watched == journal.socket(named: "server.1"))
    var state = KernelState()
    state.facts = [KernelState.Fact(name: "TCP_NODELAY", value: "on")]
    _ = model.update(.kernelState(state), journal)
    #expect(view(model, journal).grid.text.contains("[x] --nodelay"))
    #expect(
      model.update(.key(Chord(.enter)), journal) == [.perform(.set("server.1", [.noDelay(false)]))])
    #expect(model.overlay?.picker != nil)
  }

  @Test("The time since the newest send of the peer stands in its column")
  func sinceSend() {
    let (_, model, screen) = press("n n C since-send enter escape g")
    #expect(screen.contains("Δ send"))
    let peer = model.sockets.peer(of: SocketID(1))
    #expect(peer.map(model.sockets.name) == "client")
  }

  @Test("A click chooses an item, a click beside the list closes it, the wheel moves through it")
  func mouse() throws {
    var model = press("n n X").model
    let lines = view(model, journal).grid.text.split(separator: "\n", omittingEmptySubsequences: false)
    let row = try #require(lines.firstIndex { $0.contains("waits — select()") })
    _ = model.update(.pointer(Pointer(.press, row: row, column: 60)), journal)
    #expect(model.table.filter.hidden == [.waits, .plainBursts, .segments, .lesson])
    let place = try #require(model.overlay?.picker?.place)
    _ = model.update(.pointer(Pointer(.wheelDown, row: row, column: 60)), journal)
    #expect(model.overlay?.picker?.place == place + 1)
    _ = model.update(.pointer(Pointer(.press, row: 3, column: 60)), journal)
    #expect(model.overlay?.picker != nil, "the line typed is part of the list")
    _ = model.update(.pointer(Pointer(.press, row: 34, column: 1)), journal)
    #expect(model.overlay?.picker == nil)
  }

  @Test(
    "What the contract tells of a call has a column",
    arguments: [
      (Column.start, "entered", "0.000 280"), (.arrived, "arrived", "0.000 "),
      (.planned, "planned", "0.000 399"),
      (.late, "late", "1.0 µs"), (.burst, "burst", "1.1"), (.offset, "offset", "45"),
    ])
  func contract(column: Column, title: String, value: String) {
    let (_, _, screen) = press("C \(column.rawValue) enter escape")
    #expect(screen.contains(title))
    #expect(screen.contains(value))
  }

  @Test("A datagram's other end and its loss have columns")
  func datagrams() {
    let journal = SampleJournals.otherKinds()
    #expect(press("C from enter escape", journal).screen.contains("127.0.0.1:40001"))
    let lost = press("C lost enter escape", journal).screen.split(separator: "\n").filter {
      $0.contains("recv    1 udp")
    }
    #expect(lost.contains { $0.contains(" 20") })
  }
}
