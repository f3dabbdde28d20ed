@testable import Screens
import Testing
@testable import Traffic

@Suite("Bytes are found")
struct FindTests {
  private static func stage(_ journal: Journal) -> SearchedModel {
    var stage = SearchedModel(journal)
    stage.update(.resized(rows: 36, columns: 120))
    return stage
  }

  /// Shows what `server.1` received and searches for a text; then presses keys.
  private func find(_ text: String, _ keys: [Chord] = []) -> (model: Model, screen: String) {
    var stage = Self.stage(SampleJournals.recvReturns())
    stage.press([Chord("n"), Chord("n"), Chord("g")])
    stage.find(text)
    stage.press(keys)
    return (stage.model, stage.screen)
  }

  @Test(
    "The cursor goes to the match, and the match is selected",
    arguments: [
      ("345", 2, 2..<5), ("5aa", 4, 4..<7), ("\"5a\"", 4, 4..<6), ("0x3561", 4, 4..<6), ("1", 0, 0..<1),
      ("/3./", 2, 2..<4), ("<35 ?? ?? 61>", 4, 4..<8),
    ] as [(String, Int64, Range<Int64>?)])
  func match(text: String, cursor: Int64, selection: Range<Int64>?) {
    let (model, screen) = find(text)
    #expect(model.bytes.cursor == cursor)
    #expect(model.bytes.selection == selection)
    #expect(screen.contains(" at 0000000"))
  }

  @Test("The next match comes after the last, the one before goes back, and both go round")
  func next() {
    #expect(find("a").model.bytes.cursor == 5)
    let there = find("a", [Chord("n"), Chord("n")])
    #expect(there.model.bytes.cursor == 7)
    #expect(there.screen.contains("match 3 of 50; n next, N before"))
    #expect(find("a", [Chord("n"), Chord("n"), Chord("N")]).model.bytes.cursor == 6)
    let round = find("12", [Chord("n")])
    #expect(round.model.bytes.cursor == 0)
    #expect(round.screen.contains("match 1 of 1, from the beginning again"))
    let back = find("a", [Chord("N")])
    #expect(back.model.bytes.cursor == 54)
    #expect(back.screen.contains("match 50 of 50, from the end again"))
  }

  @Test("Back from the newest record everything is before the cursor")
  func backwards() {
    var stage = Self.stage(SampleJournals.recvReturns())
    stage.press([Chord("n"), Chord("n")])
    stage.find("a", by: Chord("\\"))
    #expect(stage.model.bytes.cursor == 54)
    #expect(stage.screen.contains("match 50 of 50; n next"))
    stage.find("5a", by: Chord("\\"))
    #expect(stage.model.bytes.cursor == 4)
  }

  @Test("All sockets are searched, in the order of the journal, and Tab chooses the one in view")
  func everywhere() {
    var stage = Self.stage(SampleJournals.recvReturns())
    stage.press([Chord("g")])
    stage.find("345")
    #expect(stage.screen.contains("match 1 of 2"))
    let first = stage.model.bytes
    stage.press([Chord("n")])
    #expect(stage.screen.contains("match 2 of 2"))
    #expect(stage.model.bytes.socket != first.socket)
    #expect(stage.model.bytes.direction != first.direction)
    stage.press([Chord("/"), Chord(.tab)])
    #expect(stage.screen.contains("find in all"))
    stage.press([Chord(.tab)])
    #expect(stage.screen.contains("find in \(stage.model.sockets.name(stage.model.bytes.socket))"))
    stage.update(.paste("345"))
    stage.press([Chord(.enter)])
    #expect(stage.screen.contains("match 1 of 1"))
  }

  @Test("A match of a socket that is not in view brings it into view")
  func otherSocket() {
    var stage = Self.stage(SampleJournals.recvReturns())
    stage.press([Chord("g")])
    stage.find("345")
    stage.press([Chord("p"), Chord("n")])
    #expect(stage.model.bytes.find != nil)
    stage.press([Chord(.tab), Chord("n")])
    #expect(stage.model.bytes.selection?.count == 3)
  }

  @Test("Moving on leaves the match, V begins at it, and Enter alone searches on")
  func after() {
    let moved = find("345", [Chord(.right)]).model
    #expect(moved.bytes.selection == nil)
    let (model, screen) = find("345", [Chord("V"), Chord(.right)])
    #expect(model.bytes.selection == 2..<4)
    #expect(screen.contains("selecting 2–3, 2 B"))
    #expect(find("345").screen.contains("found 2–4, 3 B"))
    #expect(find("a", [Chord("/"), Chord(.enter)]).model.bytes.cursor == 6)
    #expect(find("345", [Chord("/"), Chord(.up)]).model.overlay?.prompt?.editor.text == "\"345\"")
  }

  @Test("Escape ends the search, n shows the next socket again, and N searches anew")
  func ended() {
    var stage = Self.stage(SampleJournals.recvReturns())
    stage.press([Chord("n"), Chord("n"), Chord("g")])
    let selected = stage.model.list.selection
    stage.find("a")
    stage.press([Chord("n"), Chord(.escape)])
    #expect(stage.model.bytes.selection == nil)
    #expect(stage.search == nil)
    #expect(stage.model.list.selection == selected)
    stage.press([Chord("N")])
    #expect(stage.model.bytes.cursor == 5)
    stage.press([Chord(.escape), Chord("n")])
    #expect(stage.model.list.selection != selected)
  }

  @Test("What is nowhere is said to be so, and the cursor stays")
  func nowhere() {
    let (model, screen) = find("nothing like it")
    #expect(screen.contains("\"nothing like it\" is nowhere in what server.1 sent and received"))
    #expect(model.bytes.cursor == 0)
  }

  @Test(
    "A mistake in a pattern is shown where it is",
    arguments: ["0x123", "\"open", "/(/", "<1", "0x1?", "0x????"])
  func mistakes(text: String) {
    let (model, screen) = find(text)
    #expect(model.overlay?.prompt?.editor.text == text)
    #expect(screen.contains("^"))
  }

  /// A socket that receives a mebibyte at a time, each with its number at its end.
  private static func large(_ count: Int) -> (writer: JournalWriter, add: (UInt8) -> Void) {
    let writer = JournalWriter(limit: 64 << 20, wall: 0)
    let socket = writer.add(SocketInfo(name: "c", kind: .tcp, role: .client))
    let add: (UInt8) -> Void = { number in
      var bytes = [UInt8](repeating: 1, count: 1 << 20)
      bytes[bytes.count - 1] = number
      var record = Record(.recv, socket: socket, start: 0, end: 1)
      (record.asked, record.result) = (1 << 20, 1 << 20)
      bytes.withUnsafeBytes { _ = writer.append(record, payload: $0) }
    }
    for number in 0..<count { add(UInt8(100 + number)) }
    return (writer, add)
  }

  @Test("A long search says how far it is, lets keys in between, and Esc ends it")
  func long() {
    var stage = Self.stage(Self.large(12).writer.journal)
    stage.isPrompt = false
    stage.press([Chord("g")])
    stage.find("x")
    for _ in 0..<5 { _ = stage.goOn() }
    #expect(stage.screen.contains("searching \"x\" …"))
    #expect(stage.screen.contains("0 matches so far; Esc ends it"))
    var ended = stage
    ended.press([Chord(.escape)])
    #expect(ended.search == nil)
    #expect(ended.model.bytes.find == nil)
    stage.press([Chord("t")])
    while stage.goOn() {}
    #expect(stage.screen.contains("is nowhere"))
  }

  @Test("The first match is gone to before all is searched, and what comes later is counted too")
  func growing() {
    let (writer, add) = Self.large(12)
    var stage = Self.stage(writer.journal)
    stage.isPrompt = false
    stage.press([Chord("g")])
    // The byte is in the second chunk alone.
    stage.find("<01 65>")
    while stage.model.bytes.selection == nil, stage.goOn() {}
    #expect(stage.model.bytes.cursor == 2 << 20 - 2)
    #expect(stage.screen.contains("match 1 of 1 so far, "))
    while stage.goOn() {}
    #expect(stage.screen.contains("match 1 of 1;"))
    add(0x65)
    while stage.goOn() {}
    #expect(stage.screen.contains("match 1 of 2;"))
    stage.press([Chord("n")])
    #expect(stage.model.bytes.cursor == 13 << 20 - 2)
  }

  @Test("What is no longer held is said to be missing")
  func evicted() {
    var stage = Self.stage(Self.large(100).writer.journal)
    stage.find("x")
    #expect(stage.screen.contains("no longer held were not searched"))
  }

  @Test("In a frozen view only what is shown is gone to")
  func frozen() {
    let (writer, add) = Self.large(2)
    var stage = Self.stage(writer.journal)
    stage.press([Chord("g"), Chord("f")])
    add(0x65)
    stage.find("<01 65>")
    stage.press([Chord("n")])
    #expect(stage.model.bytes.cursor == 2 << 20 - 2)
    stage.press([Chord("f"), Chord("n")])
    #expect(stage.model.bytes.cursor == 3 << 20 - 2)
  }
}
