@testable import Screens
import Testing
@testable import Traffic

@Suite("Bytes are found")
struct FindTests {
  private let journal = SampleJournals.recvReturns()

  /// Shows what `server.1` received and searches for a text; then presses keys.
  private func find(_ text: String, _ keys: [Chord] = []) -> (model: Model, screen: String) {
    var model = Model(title: "lab")
    _ = model.update(.resized(rows: 36, columns: 120), journal)
    for key in [Chord("n"), Chord("n"), Chord("g"), Chord("/")] as [Chord] {
      _ = model.update(.key(key), journal)
    }
    _ = model.update(.paste(text), journal)
    for key in [Chord(.enter)] + keys { _ = model.update(.key(key), journal) }
    return (model, view(model, journal).grid.text)
  }

  @Test(
    "The cursor goes to the match, and the match is selected",
    arguments: [
      ("345", 2, 2..<5), ("5aa", 4, 4..<7), ("\"5a\"", 4, 4..<6), ("0x3561", 4, 4..<6), ("1", 0, 0..<1),
      ("/3./", 2, 2..<4),
    ] as [(String, Int64, Range<Int64>?)])
  func match(text: String, cursor: Int64, selection: Range<Int64>?) {
    let (model, screen) = find(text)
    #expect(model.bytes.cursor == cursor)
    #expect(model.bytes.selection == selection)
    #expect(screen.contains(" at 0000000"))
    #expect(!model.isSearching)
  }

  @Test("The next match comes after the last, then again from the beginning")
  func next() {
    #expect(find("a").model.bytes.cursor == 5)
    #expect(find("a", [Chord("N"), Chord("N")]).model.bytes.cursor == 7)
    let (model, screen) = find("12", [Chord("N")])
    #expect(model.bytes.cursor == 0)
    #expect(screen.contains("from the beginning again"))
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
    #expect(find("345", [Chord(.escape)]).model.bytes.selection == nil)
  }

  @Test("What is nowhere is said to be so, and the cursor stays")
  func nowhere() {
    let (model, screen) = find("nothing like it")
    #expect(screen.contains("\"nothing like it\" is nowhere in what was received by server.1"))
    #expect(model.bytes.cursor == 0)
  }

  @Test("A mistake in a pattern is shown where it is", arguments: ["0x123", "\"open", "/(/", "<1"])
  func mistakes(text: String) {
    let (model, screen) = find(text)
    #expect(model.overlay?.prompt?.editor.text == text)
    #expect(screen.contains("^"))
  }

  @Test("A long search lets keys in between, and Esc ends it")
  func long() {
    let writer = JournalWriter(limit: 64 << 20, wall: 0)
    let journal = writer.journal
    let socket = writer.add(SocketInfo(name: "c", kind: .tcp, role: .client))
    let bytes = [UInt8](repeating: 1, count: 1 << 20)
    for _ in 0..<12 {
      var record = Record(.recv, socket: socket, start: 0, end: 1)
      (record.asked, record.result) = (1 << 20, 1 << 20)
      bytes.withUnsafeBytes { _ = writer.append(record, payload: $0) }
    }
    var model = Model(title: "lab")
    _ = model.update(.resized(rows: 36, columns: 120), journal)
    for key in [Chord("g"), Chord("/")] as [Chord] { _ = model.update(.key(key), journal) }
    _ = model.update(.paste("x"), journal)
    _ = model.update(.key(Chord(.enter)), journal)
    #expect(model.isSearching)
    var ended = model
    _ = ended.update(.key(Chord(.escape)), journal)
    #expect(!ended.isSearching)
    var steps = 0
    while model.isSearching, steps < 20 {
      _ = model.update(.goOn, journal)
      steps += 1
    }
    #expect(view(model, journal).grid.text.contains("is nowhere"))
  }
}
