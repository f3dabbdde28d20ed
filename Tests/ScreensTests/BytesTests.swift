@testable import Screens
import Testing
@testable import Traffic

@Suite("Moving, selecting and copying in the bytes")
struct BytesTests {
  private static func model(
    _ keys: String, _ journal: Journal = SampleJournals.recvReturns(), columns: Int = 120
  ) -> Model {
    var model = Model(title: "lab")
    _ = model.update(.resized(rows: 36, columns: columns), journal)
    _ = press(keys, &model, journal)
    return model
  }

  private static func press(_ keys: String, _ model: inout Model, _ journal: Journal) -> [Effect] {
    keys.split(separator: " ").map(String.init).flatMap { key in
      (Chord(key).map { [$0] } ?? key.unicodeScalars.map { Chord($0) }).flatMap {
        model.update(.key($0), journal)
      }
    }
  }

  @Test(
    "Where lines are chunks, keys go from chunk to chunk and within one",
    arguments: [
      ("", 0), ("down", 5), ("down down", 15), ("right right", 2), ("right right down", 7),
      // A shorter chunk is entered at its end.
      ("down right right right right right right right up", 4), ("page-down", 45), ("page-down page-up", 0),
      // Past the end of a chunk is the next.
      ("right right right right right", 5), ("up", 0), ("left", 0),
    ])
  func chunkLines(keys: String, cursor: Int64) {
    let model = Self.model("n n w w w w g tab \(keys)")
    #expect(model.bytes.cursor == cursor)
    #expect(model.bytes.selected.contains(cursor))
    #expect(model.table.current?.stretch?.range == model.bytes.selected)
  }

  @Test("A long chunk scrolls under the cursor, a byte at a time, and back", arguments: ["", "u u u"])
  func scroll(reading: String) throws {
    let journal = SampleJournals.hostile()
    var model = Self.model("n \(reading) w w w w g tab g", journal)
    for offset in Int64(0)..<256 {
      #expect(model.bytes.cursor == offset)
      let lines = model.bytes.lines(model.sockets, journal, height: 9)
      #expect(lines.contains { $0.cells.contains { $0.offset == offset } }, "byte \(offset)")
      let line = try #require(lines.first)
      #expect(line.isScrolled == (line.offset > 0))
      #expect(line.offset + Int64(line.cells.count) + line.more == 256)
      _ = Self.press("right", &model, journal)
    }
    _ = Self.press(String(repeating: "left ", count: 256), &model, journal)
    #expect(model.bytes.cursor == 0 && model.bytes.scrolled == 0)
  }

  @Test("Where lines are chunks, the newest is in view while the table follows")
  func tail() throws {
    let journal = SampleJournals.many()
    var model = Self.model("n n w w w w", journal)
    for call in 0..<30 {
      let time = Nanoseconds(30_000_000_000 + call)
      SampleJournals.receive(
        JournalWriter(to: journal), SocketID(1), time - 1...time, asked: 64, "new", queued: 0)
      _ = model.update(.journalChanged, journal)
      let last = try #require(model.bytes.lines(model.sockets, journal, height: 9).last?.cells.last)
      #expect(last.offset == (journal.socket(SocketID(1))?.totals.receivedBytes ?? 0) - 1)
    }
    let height = try #require(model.layout.bytes).height
    #expect(model.bytes.lines(model.sockets, journal, height: height).count == height)
  }

  @Test("Every byte on screen is found again by the mouse", arguments: ["", "b", "b b"], ["", "u u u"])
  func mouse(parts: String, reading: String) throws {
    let journal = SampleJournals.hostile()
    for line in ["", "w", "w w w w"] {
      var model = Self.model("n \(parts) \(reading) \(line) g", journal, columns: 200)
      let rect = try #require(model.layout.bytes)
      for (row, line) in model.bytes.lines(model.sockets, journal, height: rect.height).enumerated() {
        for cell in line.cells {
          let hex = model.bytes.shape.showsHex
          let column = rect.column + (hex ? cell.hexColumn : cell.textColumn)
          _ = model.update(
            .pointer(Pointer(.press, row: rect.row + row, column: column)), journal)
          #expect(model.bytes.cursor == cell.offset)
          if hex, model.bytes.shape.showsText {
            let end = rect.column + cell.textColumn + cell.textWidth - 1
            _ = model.update(.pointer(Pointer(.press, row: rect.row + row, column: end)), journal)
            #expect(model.bytes.cursor == cell.offset)
          }
        }
      }
    }
  }

  @Test(
    "A selection is begun, extended across chunks, and ended",
    arguments: [
      ("V", 0..<1), ("V right right", 0..<3), ("V down", 0..<17), ("right right V left left left", 0..<3),
      ("shift-right", 0..<2), ("down shift-left shift-left", 14..<17), ("shift-down right", 0..<18),
      ("right V G", 1..<55),
      ("V V", nil), ("V right escape", nil),
    ] as [(String, Range<Int64>?)])
  func selecting(keys: String, range: Range<Int64>?) {
    let model = Self.model("n n w w g tab \(keys)")
    #expect(model.bytes.selection == range)
    #expect(model.window.focus == .bytes, "Esc ended the selection and nothing else")
    #expect(model.bytes.selected.contains(model.bytes.cursor))
  }

  @Test("Another stream ends the selection")
  func otherStream() { #expect(Self.model("n n g tab V right n").bytes.selection == nil) }

  @Test("What arrives leaves the selection as it is")
  func arrival() {
    let journal = SampleJournals.many()
    var model = Self.model("n n V left left", journal)
    let range = model.bytes.selection
    #expect(range?.count == 3)
    SampleJournals.receive(JournalWriter(to: journal), SocketID(1), 1...2, asked: 64, "new", queued: 0)
    _ = model.update(.journalChanged, journal)
    #expect(model.bytes.selection == range)
  }

  @Test("The mouse selects what it is drawn over, and a click ends that")
  func dragging() throws {
    let journal = SampleJournals.recvReturns()
    var model = Self.model("n n w w g", journal)
    let rect = try #require(model.layout.bytes)
    let cells = model.bytes.lines(model.sockets, journal, height: rect.height).flatMap(\.cells)
    func point(_ act: Pointer.Act, _ row: Int, _ cell: BytesLine.Cell) {
      _ = model.update(
        .pointer(Pointer(act, row: rect.row + row, column: rect.column + cell.hexColumn)), journal)
    }
    point(.press, 0, cells[7])
    #expect(model.bytes.selection == nil)
    point(.drag, 1, cells[18])
    #expect(model.bytes.selection == 7..<19)
    point(.drag, 0, cells[3])
    #expect(model.bytes.selection == 3..<8)
    point(.release, 0, cells[3])
    point(.drag, 1, cells[18])
    #expect(model.bytes.selection == 3..<8, "the button is up")
    point(.press, 0, cells[1])
    #expect(model.bytes.selection == nil)
  }

  @Test("What is copied is the selection, or else the chunk")
  func copying() {
    let journal = SampleJournals.recvReturns()
    var model = Self.model("n n g tab", journal)
    #expect(Self.press("y enter", &model, journal) == [.copy("31 32 33 34 35")])
    #expect(Self.press("right right right V right right y enter", &model, journal) == [.copy("34 35 61")])
    #expect(model.notice?.text == "copied 3 B to the terminal's clipboard (OSC 52)")
  }

  @Test("A file is asked for by name; a name that was refused stays to be changed")
  func saving() {
    let journal = SampleJournals.recvReturns()
    var model = Self.model("n n g tab right V right", journal)
    let socket = SocketID(1)
    let request = SaveRequest(path: "ab", form: .raw, source: .stream(socket, .received, 1..<3))
    #expect(Self.press("y raw enter enter", &model, journal) == [], "no name, no file")
    #expect(
      Self.press("y raw enter a b tab up enter", &model, journal) == [.listFolder("."), .save(request)])
    #expect(model.overlay?.prompt == nil)
    _ = model.update(.saved(request, .failed("ab is there already")), journal)
    #expect(view(model, journal).grid.text.contains("ab is there already"))
    #expect(Self.press("enter", &model, journal) == [.save(request)], "it may be gone by now")
    _ = model.update(.saved(request, .failed("ab is there already")), journal)
    let other = SaveRequest(path: "abc", form: .raw, source: request.source)
    #expect(Self.press("c enter", &model, journal) == [.save(other)])
    _ = model.update(.saved(other, .written(missing: 1)), journal)
    #expect(model.notice?.text == "wrote 1 B as raw bytes to abc; 1 B are no longer held and left out")
  }

  @Test("An answer about a file disturbs no other prompt")
  func lateAnswer() {
    let journal = SampleJournals.recvReturns()
    var model = Self.model("n n g : x", journal)
    let request = SaveRequest(path: "a", form: .hex, source: .stream(SocketID(1), .received, 0..<1))
    _ = model.update(.saved(request, .failed("a: No space left on device")), journal)
    #expect(model.overlay?.prompt?.kind == .command && model.overlay?.prompt?.editor.text == "x")
    #expect(model.notice?.text == "a: No space left on device")
  }

  @Test("Bytes that have gone are said to be gone")
  func evicted() {
    let writer = JournalWriter(limit: 4 << 20, wall: 0)
    let journal = writer.journal
    let socket = writer.add(SocketInfo(name: "server.1", kind: .tcp, role: .accepted))
    func fill(_ count: Int) {
      let bytes = [UInt8](repeating: 0x61, count: 64 << 10)
      for time in 0..<Int64(count) {
        SampleJournals.receive(
          JournalWriter(to: journal), socket, time...time + 1, asked: 65536, bytes: bytes, queued: 0)
      }
    }
    fill(2)
    var model = Self.model("n w w w w g tab V down down", journal)
    #expect(model.bytes.selection == 0..<65537)
    fill(96)
    #expect(Self.press("y enter", &model, journal) == [])
    #expect(model.notice?.text == "nothing copied: these bytes are no longer held")
    #expect(view(model, journal).grid.text.contains("·· ··"))
  }

  @Test("Nothing but what is safe reaches a cell, in every reading and shape", arguments: 0..<4)
  func hostile(reading: Int) {
    let journal = SampleJournals.hostile()
    var model = Self.model("n " + String(repeating: "u ", count: reading), journal)
    for key in ["b", "b", "b", "w", "b", "b", "b", "w", "w", "w", "b", "b", "b", "g tab V", "G"] {
      _ = Self.press(key, &model, journal)
      let scalars = view(model, journal).grid.text.unicodeScalars.filter { $0 != "\n" }
      #expect(scalars.allSatisfy { !$0.properties.isDefaultIgnorableCodePoint && $0.value >= 0x20 })
      #expect(!scalars.contains { (0x7f..<0xa0).contains($0.value) || (0x590...0x8ff).contains($0.value) })
    }
  }

  @Test("In a narrow text column a chunk's first byte is marked, and one of the selected chunk is selected")
  func narrowEdges() throws {
    let journal = SampleJournals.recvReturns()
    var model = Model(title: "lab")
    _ = model.update(.resized(rows: 24, columns: 80), journal)
    for key in ["n", "n", "g", "j"] as [Unicode.Scalar] { _ = model.update(.key(Chord(key)), journal) }
    let grid = view(model, journal).grid
    let row = try #require(
      (0..<grid.rows).first { grid.text.split(separator: "\n")[$0].contains("00000000") })
    let papers = grid.row(row).suffix(18).dropLast(2).map(\.style.paper)
    #expect(papers.count == 16)
    #expect(papers[5..<15].allSatisfy { $0 == .selectedChunk })
    #expect(papers[15] == .chunkStart)
  }
}
