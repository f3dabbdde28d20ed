import Screens
import Testing

@testable import Screens
@testable import Traffic

@Suite("Messages in the workbench")
struct MessagesTests {
  private func rows(_ keys: String, _ journal: Journal = SampleJournals.messages()) -> [Item] {
    press(keys, journal, rows: 60, columns: 200).model.table.rows.map(\.item)
  }

  private static func messages(_ items: [Item]) -> [PlacedMessage] {
    items.compactMap {
      switch $0 {
      case .record: nil
      case .message(let placed): placed
      }
    }
  }

  @Test("Each message is a row behind the record that completed it, once")
  func rows() {
    let items = rows("")
    let messages = Self.messages(items)
    #expect(messages.map(\.message.number) == [1, 2, 3, 4, 1])
    #expect(messages.map(\.message.way) == [.received, .received, .received, .received, .sent])
    for (place, item) in items.enumerated() where place > 0 {
      #expect(items[place - 1].id.sequence == item.id.sequence || item.id.place == 0)
    }
    #expect(items.count == Set(items.map(\.id)).count)
  }

  @Test("The cursor goes over every row, down and up again")
  func cursor() {
    let journal = SampleJournals.messages()
    let all = press("", journal, rows: 60, columns: 200).model.table.rows.map(\.id)
    var model = press("g", journal, rows: 14).model
    var seen = [model.table.cursor]
    for _ in 1..<all.count {
      _ = model.update(.key(Chord("j")), journal)
      seen.append(model.table.cursor)
      #expect(model.table.rows.contains { $0.id == model.table.cursor })
    }
    #expect(seen == all)
    for id in all.reversed().dropFirst() {
      _ = model.update(.key(Chord("k")), journal)
      #expect(model.table.cursor == id)
    }
  }

  @Test("Messages can be hidden, and shown alone; where nothing is cut no key leads there")
  func filters() {
    #expect(Self.messages(rows("X messages enter escape")).isEmpty)
    let alone = rows("x x x x x")
    #expect(Self.messages(alone).count == 5 && alone.count == 5)
    #expect(rows("x x x x x x").count == rows("").count)
    let plain = SampleJournals.messages(framing: nil)
    #expect(rows("x x x x x", plain).count == rows("", plain).count)
  }

  @Test(
    "A condition is asked of messages as well",
    arguments: [
      ("event=message", [1, 2, 3, 4, 1], true), ("kind=object and way=received", [1, 2, 3, 4], true),
      ("n>2 and event=message", [3, 4], true), ("data~\"ok\" and event=message", [1], true),
      ("asked=4096", [], false), ("socket=server.1", [1, 2, 3, 4, 1], false),
      ("broken=cut", [], true),
      ("any(kind=object and n=4)", [1, 2, 3, 4, 1], false), ("any(kind=object and n=5)", [], true),
    ] as [(String, [Int], Bool)])
  func conditions(text: String, numbers: [Int], isAlone: Bool) throws {
    let journal = SampleJournals.messages()
    var model = press("", journal, rows: 60, columns: 200).model
    model.table.show(only: try Filter(parsing: text))
    for _ in 0..<20 { _ = model.update(.goOn, journal) }
    let messages = Self.messages(model.table.rows.map(\.item))
    #expect(messages.map(\.message.number) == numbers)
    #expect((messages.count == model.table.rows.count) == isAlone)
  }

  @Test(
    "A chunk says where it ends in which message, and a message which calls made it",
    arguments: [
      ("k k k k k k k k k k k k", "begins with message 2, ends 6 B into message 2 of 5"),
      ("k k k k k k k k k", "2 recv calls: 6 B by recv #2, 2 B by recv #3"),
      ("k k k k k k k k k", "client: 2 send calls: 6 B by send #2, 2 B by send #3"),
      ("k k k k k k k k k", "5.00 ms from its first byte at"),
      ("k k k k k k k", "begins with message 3, ends with message 4 of 5"),
    ])
  func inspector(keys: String, words: String) {
    let (_, model) = press("\(keys) i", SampleJournals.messages(), rows: 60, columns: 200)
    let text = view(model, SampleJournals.messages()).grid.text
    #expect(text.contains(words), "\(text)")
  }

  @Test("A bytes cursor on a message's row selects its bytes, which are copied whole")
  func bytes() throws {
    let journal = SampleJournals.messages()
    let model = press("k k k k k k k k k", journal, rows: 60, columns: 200).model
    let message = try #require(Self.messages([model.table.current].compactMap { $0 }).first)
    #expect(model.bytes.selected == message.message.range && message.message.number == 2)
    #expect(model.copySource == .stream(message.socket, .received, 8..<16))
  }

  @Test("The list of framings says what each makes of the bytes, and choosing one frames the socket")
  func picker() {
    let journal = SampleJournals.messages(framing: nil)
    let (effects, model) = press("n M enter", journal)
    #expect(effects == [.perform(.frame("server", nil, from: 0, .json))])
    #expect(model.overlay == nil)
    let list = view(press("n M", journal).model, journal).grid.text
    #expect(list.contains("json          — 5 messages, 1 cut between recv calls, 4 B unfinished"), "\(list)")
    #expect(press("n M fixed enter", journal).effects == [])
  }

  @Test("What was cut is drawn over the calls that have its bytes")
  func lanes() throws {
    let journal = SampleJournals.messages()
    let model = press("", journal, rows: 60, columns: 200).model
    let subject = try #require(model.lanesSubject(journal))
    for mode in ["", "v", "v v"] {
      let state = press(mode, journal, rows: 60, columns: 200).model.lanes
      let layout = try #require(LanesLayout(subject, state, width: 180, height: 20))
      let place = try #require(layout.set.lanes.firstIndex { $0.track == .messages(.received) })
      let boxes = layout.picture.boxes.filter { $0.lane == place }
      // Those of one call share its tick where time is to scale.
      let isShared = state.mode == .scale
      #expect(boxes.count == (isShared ? 4 : 5) && boxes.contains { $0.form == .crowd } == isShared)
      #expect(boxes.map(\.hasEnd) == boxes.indices.map { $0 < boxes.count - 1 })
      for (left, right) in zip(boxes, boxes.dropFirst()) { #expect(left.start + left.width <= right.start) }
    }
  }
}
