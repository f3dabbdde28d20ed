@testable import Screens
import Testing
@testable import Traffic

@Suite("Panes and their borders")
struct LayoutTests {
  private let journal = SampleJournals.recvReturns()

  /// Those below the table, and the list's; a lesson's is where one is played.
  private static let borders = Layout.Border.allCases.filter { $0 != .lesson }

  private func model(rows: Int = 36, columns: Int = 120, keys: [Chord] = []) -> Model {
    var model = Model(title: "lab")
    _ = model.update(.resized(rows: rows, columns: columns), journal)
    for key in keys { _ = model.update(.key(key), journal) }
    return model
  }

  @Test("A border goes where the mouse drags it, and stays there", arguments: borders)
  func drag(border: Layout.Border) throws {
    var model = model(rows: 60, keys: border == .output ? [] : [Chord("i")])
    model.output.isShown = border == .output
    let rect = try #require(model.layout.rect(border))
    let place = border == .sockets ? (rect.row + 3, rect.columns.upperBound) : (rect.row - 1, rect.column + 9)
    let target = border == .sockets ? (place.0, place.1 + 5) : (place.0 - 2, place.1)
    for (act, at) in [(.press, place), (.drag, target), (.release, target)] as [(Pointer.Act, (Int, Int))] {
      _ = model.update(.pointer(Pointer(act, row: at.0, column: at.1)), journal)
    }
    #expect(model.layout.border(row: target.0, column: target.1) == border)
    let after = try #require(model.layout.rect(border))
    #expect(border == .sockets ? after.width == rect.width + 5 : after.height == rect.height + 2)
    _ = model.update(.pointer(Pointer(.drag, row: 5, column: 50)), journal)
    #expect(model.layout.rect(border) == after, "the mouse holds nothing any more")
  }

  @Test("A border dragged too far leaves every pane some rows", arguments: borders)
  func far(border: Layout.Border) throws {
    for row in [0, 59] {
      var model = model(rows: 60, keys: border == .output ? [] : [Chord("i")])
      model.output.isShown = border == .output
      let rect = try #require(model.layout.rect(border))
      let place =
        border == .sockets ? (rect.row + 3, rect.columns.upperBound) : (rect.row - 1, rect.column + 9)
      _ = model.update(.pointer(Pointer(.press, row: place.0, column: place.1)), journal)
      _ = model.update(.pointer(Pointer(.drag, row: row, column: row * 10)), journal)
      let layout = model.layout
      #expect(layout.records.height >= 4 && layout.records.width >= 20)
      for border in layout.stack { #expect(try #require(layout.rect(border)).height >= 2) }
      #expect(try #require(layout.sockets).width >= 12)
      let bottom = try #require(layout.output ?? layout.lanes).rows.upperBound
      #expect(bottom == layout.rows - 3, "the panes fill the window")
    }
  }

  @Test("Keys make the pane larger and smaller that has them")
  func keys() throws {
    let plain = model(keys: [Chord(.tab)])
    #expect(plain.window.focus == .bytes)
    let height = try #require(plain.layout.bytes).height
    #expect(model(keys: [Chord(.tab), Chord(">"), Chord(">")]).layout.bytes?.height == height + 2)
    #expect(model(keys: [Chord(.tab), Chord("<")]).layout.bytes?.height == height - 1)
    let table = plain.layout.records.height
    #expect(model(keys: [Chord(">")]).layout.records.height == table + 1)
  }

  @Test("A smaller window keeps its panes usable after a border was dragged")
  func shrink() {
    var model = model(rows: 60, columns: 200, keys: [Chord("i"), Chord(.tab)])
    for _ in 0..<30 { _ = model.update(.key(Chord(">")), journal) }
    for (rows, columns) in [(36, 120), (24, 80), (12, 40), (60, 200)] {
      _ = model.update(.resized(rows: rows, columns: columns), journal)
      let layout = model.layout
      #expect(layout.records.height >= 3)
      let heights = layout.stack.compactMap { layout.rect($0)?.height }
      #expect(layout.records.height + heights.reduce(0) { $0 + $1 + 1 } == rows - 5)
      #expect(view(model, journal).grid.rows == rows)
    }
  }

  @Test("The inspector scrolls to its end and no further, and begins anew with another record")
  func inspector() {
    var model = model(
      rows: 24, columns: 80, keys: ["n", "n", "g", "j", "i"].map { Chord($0) } + [Chord(.tab)])
    #expect(model.window.focus == .inspector)
    #expect(view(model, journal).grid.text.contains("↓ more"))
    for _ in 0..<50 { _ = model.update(.key(Chord(.down)), journal) }
    let text = view(model, journal).grid.text
    #expect(text.contains("↑ more") && text.contains("│ socket "))
    model.window.focus = .records
    _ = model.update(.key(Chord(.down)), journal)
    #expect(model.inspector.top == 0)
  }

  @Test("A click on a key of the bottom line presses it, and beside the keys nothing")
  func keyLine() throws {
    var model = model()
    let line = try #require(view(model, journal).grid.text.split(separator: "\n").last)
    let column = try #require(line.firstRange(of: "inspect")?.lowerBound)
    let place = line.distance(from: line.startIndex, to: column)
    _ = model.update(.pointer(Pointer(.press, row: 35, column: place)), journal)
    #expect(model.inspector.isShown)
    _ = model.update(.pointer(Pointer(.press, row: 35, column: 0)), journal)
    _ = model.update(.pointer(Pointer(.press, row: 35, column: 119)), journal)
    _ = model.update(.pointer(Pointer(.press, row: 35, column: 116)), journal)
    #expect(view(model, journal).grid.text.contains("Leave?"))
  }

  /// Clicks on a word of a line of the screen at 120×36, if it is there.
  private func click(_ word: String, row: Int, in model: inout Model) throws -> [Effect] {
    let line = view(model, journal).grid.text.split(separator: "\n")[row]
    let start = try #require(line.firstRange(of: word)?.lowerBound, "\(line)")
    let column = line.distance(from: line.startIndex, to: start)
    return model.update(.pointer(Pointer(.press, row: row, column: column)), journal)
  }

  @Test(
    "The keys of what lies over the panes are clicked as well",
    arguments: [
      ("?", "closes", nil), ("ctrl-p", "Esc", nil), ("q", "stays", nil), ("C", "to the left", "columns"),
    ]
      as [(String, String, String?)])
  func overlayKeys(key: String, word: String, rest: String?) throws {
    var model = model(keys: [try #require(Chord(key))])
    #expect(model.overlay != nil)
    _ = try click(word, row: 35, in: &model)
    #expect((model.overlay == nil) == (rest == nil))
  }

  @Test("A burst at the prompt is saved by a click, and one that is played is stopped by one")
  func burstKeys() throws {
    var model = model(keys: [Chord("s"), Chord("1"), Chord("m"), Chord("s")])
    _ = try click("^S", row: 35, in: &model)
    #expect(view(model, journal).grid.text.contains("save as ▸"))
    model = self.model()
    let burst = PlayingBurst(
      socket: SocketID(2), name: "client", number: 3, sends: 1, totalSends: nil, bytes: 1, totalBytes: nil,
      time: 1, length: nil, isPaused: false, queued: 0)
    _ = model.update(.playing([burst]), journal)
    #expect(try click("stops", row: 34, in: &model) == [.perform(.burst("client", .stop))])
    #expect(try click("pauses", row: 34, in: &model) == [.perform(.burst("client", .pause))])
  }

  @Test("An answer to the question before leaving is clicked, whatever was typed before")
  func leaving() throws {
    var model = model(keys: [Chord("q"), Chord("u")])
    #expect(try click("leaves", row: 35, in: &model) == [.quit])
  }

  @Test("In the inspector keys go to the records beside, scroll, and lead back")
  func inspectorKeys() throws {
    var model = model(rows: 24, columns: 80, keys: ["n", "n", "g", "i"].map { Chord($0) })
    #expect(view(model, journal).grid.text.contains(" Tab ↓ more "))
    _ = model.update(.key(Chord(.tab)), journal)
    #expect(view(model, journal).grid.text.contains(" ↓ more "))
    let first = model.table.cursor
    for key in [Chord(.right), Chord(.right), Chord(.left)] { _ = model.update(.key(key), journal) }
    #expect(model.table.cursor > first && model.window.focus == .inspector)
    _ = model.update(.key(Chord(.enter)), journal)
    #expect(model.window.focus == .records && model.inspector.isShown)
  }

  @Test(
    "The bottom line has the keys of the pane that has the keys",
    arguments: [
      (1, "hex/text"), (2, "zoom in"), (3, "options"),
    ])
  func paneKeys(tabs: Int, word: String) throws {
    let model = model(keys: Array(repeating: Chord(.tab), count: tabs))
    #expect(try #require(view(model, journal).grid.text.split(separator: "\n").last).contains(word))
  }

  @Test(
    "Where there is room the bytes by offset stand below the lanes by time, and a click finds their calls")
  func twoPictures() {
    let journal = SampleJournals.recvReturns()
    var model = Model(title: "lab")
    _ = model.update(.journalChanged, journal)
    _ = model.update(.resized(rows: 60, columns: 200), journal)
    let screen = view(model, journal).grid.text.split(separator: "\n").map(String.init)
    let row = screen.lastIndex { $0.contains("server.1 recv") } ?? 0
    #expect(screen[row - 3].contains("by offset"))
    let column = screen[row].range(of: "10").map {
      screen[row].distance(from: screen[row].startIndex, to: $0.lowerBound)
    }
    _ = model.update(.pointer(Pointer(.press, row: row, column: column ?? 0)), journal)
    let chosen = view(model, journal).grid.text
    #expect(chosen.contains("▸ recv    2"))
    _ = model.update(.key(Chord("v")), journal)
    _ = model.update(.key(Chord("v")), journal)
    #expect(view(model, journal).grid.text.split(separator: "by offset").count == 2)
  }

  @Test(
    "The axis to scale has round times",
    arguments: [(0, 1), (1, 1), (2, 2), (3, 5), (5, 5), (6, 10), (11, 20), (499, 500), (501, 1000)])
  func roundTimes(least: Nanoseconds, step: Nanoseconds) {
    #expect(LanesPicture.roundTime(atLeast: least) == step)
  }

  @Test("A receiver's close stands in its lane")
  func receiverCloses() throws {
    let journal = SampleJournals.recvReturns()
    let id = try #require((0..<3).map { SocketID($0) }.first { journal.socket($0)?.info.name == "server.1" })
    JournalWriter(to: journal).append(Record(.close, socket: id, start: 100_700_000, end: 100_700_000))
    var model = Model(title: "lab")
    for message in [.resized(rows: 36, columns: 120), .key(Chord("n")), .key(Chord("n"))] as [Message] {
      _ = model.update(message, journal)
    }
    let lanes = view(model, journal).grid.text.split(separator: "\n").filter { $0.contains("server.1 recv") }
    #expect(lanes.contains { $0.contains("close") }, "\(lanes)")
  }
}
