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

  @Test("The newest row has its place when the first message brings the line below the table")
  func firstLook() {
    let journal = SampleJournals.messages()
    var model = Model(title: "lab")
    _ = model.update(.resized(rows: 14, columns: 120), JournalWriter(wall: 0).journal)
    _ = model.update(.journalChanged, journal)
    #expect(model.layout.summary != nil)
    #expect(model.table.rows.count == model.layout.tableRows)
    #expect(view(model, journal).grid.text.contains("│▸ "))
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

  @Test(
    "The cursor goes over every row that passes a filter, down and up again",
    arguments: [
      "n=2 or n=4", "event=message and n>=3", "event=recv or n=4", "length>2 and way=sent",
      "n=3 or event=send",
    ])
  func filteredCursor(text: String) throws {
    // Each piece completes several, of which not all pass.
    let journal = SampleJournals.messages(framing: "fixed 3")
    var model = press("", journal, rows: 80, columns: 200).model
    model.table.show(only: try Filter(parsing: text))
    for _ in 0..<20 { _ = model.update(.goOn, journal) }
    let all = model.table.rows.map(\.id)
    _ = model.update(.resized(rows: 14, columns: 100), journal)
    _ = model.update(.key(Chord("g")), journal)
    var seen = [model.table.cursor]
    for _ in all.dropFirst() {
      _ = model.update(.key(Chord("j")), journal)
      seen.append(model.table.cursor)
    }
    #expect(seen == all)
    for id in all.reversed().dropFirst() {
      _ = model.update(.key(Chord("k")), journal)
      #expect(model.table.cursor == id)
    }
    for key in [Chord(.pageDown), Chord(.pageUp)] {
      for _ in all { _ = model.update(.key(key), journal) }
      #expect(model.table.cursor == (key == Chord(.pageDown) ? all.last : all.first))
    }
  }

  @Test("A filter finds a rare one among very many messages, a little at each look")
  func rare() throws {
    let journal = SampleJournals.messages(framing: "fixed 1")
    let (writer, socket) = (JournalWriter(to: journal), try #require(journal.socket(named: "server.1")))
    for number in 0..<700 {
      let time = Nanoseconds(40_000_000 + number)
      SampleJournals.receive(
        writer, socket, time...time, asked: 9, String(repeating: "x", count: 500), queued: 0)
    }
    var model = press("", journal, rows: 60, columns: 200).model
    while !model.messages.goOn(journal) {}
    model.table.show(only: try Filter(parsing: "event=message and n=250000"))
    var looks = 0
    while model.isSearching || looks == 0, looks < 1000 {
      _ = model.update(.goOn, journal)
      looks += 1
    }
    // A single look would take as long as all of them.
    #expect(looks > 1 && looks < 1000)
    #expect(Self.messages(model.table.rows.map(\.item)).map(\.message.number) == [250_000])
  }

  @Test("A message's row can be filtered by")
  func conditionOfRow() {
    let journal = SampleJournals.messages()
    let list = view(press("k F", journal).model, journal).grid.text
    for words in ["socket=server.1", "event=message", "way=sent", "kind=object", "n=1"] {
      #expect(list.contains(words), "\(list)")
    }
    let messages = Self.messages(rows("k F event=message enter", journal))
    #expect(messages.count == 5)
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
    let words = "json          — 4 received, 1 sent, 1 cut between recv calls, 4 B unfinished"
    #expect(list.contains(words), "\(list)")
    #expect(press("n M fixed enter", journal).effects == [])
  }

  @Test(
    "Where no socket is chosen all connections are cut; of a relay's pair both ends",
    arguments: [
      ("relay", "M", "relay"), ("relay", "g M", "server"), ("relay", "k k k k M", "relay"),
      ("relay", "n n M", "server.1"), ("relay", "n n n M", "relay"), ("relay", "n n n n M", "relay.1"),
      ("relay", "n n n n n M", "relay.1"), ("unframed", "M", "client"), ("unframed", "k k M", "server"),
    ])
  func framed(name: String, keys: String, subject: String) throws {
    let journal = try #require(SampleJournals.journal(named: name))
    let model = press(keys, journal).model
    guard case .framings(let framed, _)? = model.overlay?.picker?.subject else {
      Issue.record("no list")
      return
    }
    #expect(framed.name == subject, "\(framed)")
    #expect(press("\(keys) json enter", journal).effects == [.perform(.frame(subject, nil, from: 0, .json))])
    if subject.hasPrefix("relay") { #expect(framed.example == journal.socket(named: "relay.1.client")) }
  }

  @Test("The line below the table tells of the end of a relay where a reader would have been wrong")
  func summaryOfPair() throws {
    let journal = SampleJournals.relay()
    let writer = JournalWriter(to: journal)
    let relay = try #require(journal.socket(named: "relay"))
    writer.update(relay) {
      ($0.receivedFraming, $0.sentFraming) = (FramingChoice("fixed 4"), FramingChoice("fixed 4"))
    }
    for keys in ["", "k k k k", "n n n"] {
      let text = view(press(keys, journal, columns: 200).model, journal).grid.text
      #expect(text.contains("relay.1.client: 3 received, 1 sent"), "\(text)")
    }
  }

  @Test("What comes while the view is frozen does not count in it")
  func frozen() throws {
    let journal = SampleJournals.messages()
    let socket = try #require(journal.socket(named: "server.1"))
    var model = press("k k k k k i f", journal, rows: 60, columns: 200).model
    let words = ["server.1: 4 received, 1 sent · one recv", "server.1: message 4 of 5,"]
    let before = view(model, journal).grid.text
    for text in words { #expect(before.contains(text), "\(before)") }
    let writer = JournalWriter(to: journal)
    for number in 0..<3000 {
      let time = Nanoseconds(40_000_000 + number)
      SampleJournals.receive(writer, socket, time...time, asked: 9, number == 0 ? "\":1}" : "17 ", queued: 0)
    }
    for _ in 0..<20 {
      _ = model.update(.journalChanged, journal)
      while !model.messages.goOn(journal) {}
    }
    for text in words { #expect(view(model, journal).grid.text.contains(text)) }
    _ = model.update(.key(Chord("f")), journal)
    #expect(view(model, journal).grid.text.contains("server.1: 3 004 received"))
  }

  @Test("What is not in the framing's form is not counted as half messages")
  func wrongFraming() {
    let journal = SampleJournals.messages(framing: "http")
    let text = view(press("k k", journal).model, journal).grid.text
    #expect(
      text.contains("server.1: 1 received, 1 sent, and none from byte 1 on: is it http? M tells"), "\(text)")
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
