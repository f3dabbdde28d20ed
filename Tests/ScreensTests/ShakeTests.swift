import Testing

@testable import Screens
@testable import Traffic

@Suite("What cuts of a shaken message came to")
struct ShakeTests {
  typealias Cell = ShakeState.Cell

  private static func shows(_ text: String, _ model: Model, _ journal: Journal) -> Bool {
    view(model, journal).grid.text.contains(text)
  }

  @Test("It opens when a shake begins and nothing else is open, and goes on while it is looked at")
  func opening() {
    let shaken = SampleJournals.Shaken([Array("0123456789".utf8)], framing: nil, answer: "ok")
    let journal = shaken.writer.journal
    // What was there when the workbench opened is left to be asked for.
    var (_, model) = press("", journal)
    #expect(model.overlay == nil)
    _ = model.update(.shaking(true), journal)
    shaken.cut([1], .same)
    _ = model.update(.journalChanged, journal)
    #expect(Self.shows("shake 1/9  ? help", model, journal))
    shaken.cut([4], .different)
    _ = model.update(.journalChanged, journal)
    #expect(Self.shows("shake 2/9, 1 found", model, journal))
    let again = ShakeStart(target: "b", messages: [[1, 2, 3]], framing: nil, total: 2, answer: [])
    shaken.writer.append(.shake(at: 2_000_000), again)
    _ = model.update(.key(Chord(":")), journal)
    #expect(model.overlay?.prompt != nil, "what is typed is left alone")
    _ = model.update(.key(Chord(.escape)), journal)
    #expect(model.overlay == nil)
    shaken.writer.append(.shake(at: 3_000_000), again)
    _ = model.update(.journalChanged, journal)
    #expect(Self.shows("Cuts of a message of 3 B for b", model, journal))
    #expect(Self.shows("0 of 2  0 found", model, journal))
    shaken.cut([2], .silent)
    _ = model.update(.journalChanged, journal)
    #expect(Self.shows("1 of 2  1 found", model, journal))
    #expect(Self.shows("─S", model, journal))
  }

  @Test("A view that is held shows no cut that came later")
  func frozen() {
    let shaken = SampleJournals.Shaken([Array("0123456789".utf8)], framing: nil, answer: "ok")
    shaken.cut([1], .same)
    let journal = shaken.writer.journal
    var (_, model) = press("f", journal)
    shaken.cut([2], .crash)
    _ = model.update(.key(Chord("K")), journal)
    #expect(model.shake.done == 1)
    _ = model.update(.key(Chord(.escape)), journal)
    _ = model.update(.key(Chord("f")), journal)
    #expect(model.shake.done == 2)
  }

  @Test("It tells that it was stopped, how far it came, and asks nothing")
  func stopping() {
    let shaken = SampleJournals.Shaken([Array("0123456789".utf8)], framing: nil, answer: "ok")
    shaken.cut([1], .same)
    let journal = shaken.writer.journal
    var (_, model) = press("K", journal)
    _ = model.update(.shaking(true), journal)
    #expect(Self.shows("1 of 9  0 found", model, journal) && Self.shows("^X stops it", model, journal))
    #expect(model.update(.key(.control("x")), journal) == [.stopShaking])
    _ = model.update(.shaking(false), journal)
    #expect(Self.shows("stopped after 1 of 9", model, journal) && !Self.shows("^X", model, journal))
    #expect(model.update(.key(.control("x")), journal).isEmpty)
    #expect(Self.shows("nothing is shaken now", model, journal))
  }

  @Test(
    "Keys move the chosen cell, within and over messages",
    arguments: [
      ("", 0, 8), ("left", 0, 7), ("right", 2, 1), ("home", 0, 1), ("home left", 0, 1), ("end", 2, 299),
      ("end right", 2, 299), ("end up", 2, 189), ("home down", 2, 1), ("home down down", 2, 111),
      ("right left", 0, 8), ("down", 2, 8), ("down up", 0, 8), ("n", 2, 110), ("n n", 2, 170),
      ("n n n", 0, 8),
      ("N", 2, 170), ("tab shift-tab", 0, 8), ("g page-down page-down page-down", 2, 221),
      ("end page-up", 0, 8),
    ])
  func moving(keys: String, message: Int, offset: Int) {
    let (_, model) = press("K \(keys)", SampleJournals.dialogue())
    #expect(model.shake.cell == Cell(message: message, offset: offset))
  }

  @Test("Of several cuts at an offset the worst is its cell, and Enter goes to that record")
  func worst() throws {
    let shaken = SampleJournals.Shaken([Array("0123456789".utf8)], framing: nil, answer: "ok")
    shaken.cut([2, 3], .same)
    shaken.cut([3, 4], .crash)
    shaken.cut([3, 5], .different)
    let journal = shaken.writer.journal
    var (_, model) = press("K", journal)
    #expect(Self.shows("─·!!D────", model, journal))
    _ = model.update(.key(Chord(.enter)), journal)
    let socket = try #require(journal.socket(named: "shake.2"))
    #expect(model.overlay == nil && model.list.selection == .socket(socket))
    #expect(Self.shows("▸ cut", model, journal))
    guard case .record(let record, _)? = model.table.current else {
      Issue.record("no record")
      return
    }
    #expect(record.verdict == .crash)
    _ = model.update(.key(Chord("K")), journal)
    #expect(model.shake.cell == Cell(message: 0, offset: 3))
  }

  @Test("Enter on a cell that was not tried says so")
  func untried() {
    let (_, model) = press(
      "K home enter", SampleJournals.Shaken([[1, 2]], framing: nil, answer: "").writer.journal)
    #expect(model.overlay?.isShake == true && model.notice?.text == "this cut was not tried")
  }

  @Test("Every cell on screen is found by the mouse, and nothing else is", arguments: ["shake", "dialogue"])
  func mouse(name: String) throws {
    let journal = try #require(SampleJournals.journal(named: name))
    for (rows, columns) in [(24, 80), (36, 120), (60, 200)] {
      var (_, model) = press("K", journal, rows: rows, columns: columns)
      let (page, top) = (model.shakePage, model.shake.top)
      var seen: Set<Cell> = []
      for row in 0..<rows - 3 {
        for column in 1..<columns - 1 {
          guard let cell = page.cell(row: row, column: column, top: top) else { continue }
          seen.insert(cell)
          _ = model.update(.pointer(Pointer(.press, row: row, column: column)), journal)
          #expect(model.shake.cell == cell && model.shake.top == top)
          let paper = Array(view(model, journal).grid.row(row))[column].style.paper
          #expect(paper == .byteCursor || page.strip.showsText, "\(cell)")
        }
      }
      let all = model.shake.report?.cells.reduce(0) { $0 + $1.count } ?? 0
      #expect(page.strip.height > page.stripHeight || seen.count == all)
      _ = model.update(.pointer(Pointer(.press, row: rows - 5, column: 3)), journal)
      #expect(model.overlay?.isShake == true)
    }
  }

  @Test("Nothing but what is safe reaches a cell")
  func hostile() {
    let journal = SampleJournals.hostileShake()
    var (_, model) = press("K", journal)
    for key in ["home", "n", "right", "down", "end", "enter", "i", "K"] {
      _ = model.update(.key(Chord(key) ?? Chord(.enter)), journal)
      let scalars = view(model, journal).grid.text.unicodeScalars.filter { $0 != "\n" }
      #expect(scalars.allSatisfy { !$0.properties.isDefaultIgnorableCodePoint && $0.value >= 0x20 })
      #expect(!scalars.contains { (0x7f..<0xa0).contains($0.value) || (0x590...0x8ff).contains($0.value) })
    }
  }

  @Test("It can be drawn in every size, also with messages that cannot be cut")
  func sizes() {
    let empty = SampleJournals.Shaken([[], [1], []], framing: nil, answer: "", total: 0).writer.journal
    for journal in [SampleJournals.shake(), SampleJournals.dialogue(), empty] {
      for (rows, columns) in [(8, 30), (9, 31), (12, 40), (14, 60), (20, 300), (100, 30)] {
        var (_, model) = press("K", journal, rows: rows, columns: columns)
        for key in ["end", "up", "home", "down", "n", "N", "page-down", "left", "right", "enter"] {
          _ = model.update(.key(Chord(key) ?? Chord("G")), journal)
          #expect(view(model, journal).grid.rows == rows)
        }
      }
    }
  }

  @Test("What one frame looks at is bounded, and the rest is looked at when nothing else is to be done")
  func bounded() {
    let count = 50_000
    let shaken = SampleJournals.Shaken(
      [[UInt8](repeating: 0x61, count: 1_000_001)], framing: nil, answer: "ok")
    let socket = shaken.writer.add(SocketInfo(name: "shake.1", kind: .tcp, role: .client))
    for offset in 1...count {
      let verdict: CutVerdict = offset == count ? .silent : .same
      shaken.writer.append(
        .cut(socket, from: 0, to: 1, verdict),
        CutResult(cuts: CutPlaces(message: 0, offsets: [offset]), verdict: verdict, isProven: true))
    }
    let journal = shaken.writer.journal
    var (_, model) = press("", journal)
    var steps = 0
    while model.isSearching {
      #expect(model.shake.done < count)
      _ = model.update(.goOn, journal)
      steps += 1
      if steps > 100 { break }
    }
    #expect(model.shake.done == count && model.shake.found == 1)
    #expect(model.shake.cell == Cell(message: 0, offset: count))
    _ = model.update(.key(Chord("K")), journal)
    #expect(Self.shows("S─", model, journal))
    _ = model.update(.key(Chord(.end)), journal)
    #expect(model.shake.cell == Cell(message: 0, offset: 1_000_000))
  }

  @Test("Connections of shakes are folded below the first, and the one that is selected is seen")
  func tree() throws {
    let journal = SampleJournals.shake()
    func list(_ keys: String) -> [String] {
      view(press(keys, journal).model, journal).grid.text.split(separator: "\n").compactMap { line in
        let parts = line.split(separator: "│").first.map { $0.split(separator: " ") } ?? []
        return parts.prefix(2).contains { $0.hasPrefix("shake.") }
          ? parts.prefix(3).joined(separator: " ") : nil
      }
    }
    #expect(list("") == ["▹ shake.1 +49"])
    #expect(list("n shift-tab right").prefix(2) == ["▸▾ shake.1 ESTAB", "shake.2 ESTAB 0"])
    #expect(list("n shift-tab right n left left") == ["▸▹ shake.1 +49"])
    #expect(list("K enter") == ["▹ shake.1 +48", "▸ shake.17 ESTAB"])
  }

  @Test("When the first connection is forgotten, the others stand below the next")
  func forgotten() throws {
    let writer = JournalWriter(limit: 1 << 20, wall: 0)
    var table = Model(title: "lab").sockets
    for number in 1...3 {
      let socket = writer.add(SocketInfo(name: "shake.\(number)", kind: .tcp, role: .client))
      if number < 3 { writer.append(.close(socket, .normal, from: 1, to: 1)) }
    }
    table.refresh(writer.journal, isFrozen: false)
    #expect(table.roots == [SocketID(0)] && table.connections(of: SocketID(0)).count == 2)
    let mark = [UInt8](repeating: 0x61, count: 4096)
    for _ in 0..<20_000 where writer.journal.socket(SocketID(0)) != nil {
      mark.withUnsafeBytes { _ = writer.append(.mark(at: 2), payload: $0) }
    }
    table.refresh(writer.journal, isFrozen: false)
    #expect(table.roots == [SocketID(2)])
    #expect(table.connections(of: SocketID(2)).isEmpty)
  }
}
