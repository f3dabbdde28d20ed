import SystemPackage
import Testing

@testable import Screens
@testable import Traffic

@Suite("Before a class")
struct ProjectorTests {
  private let journal = SampleJournals.recvReturns()

  private func screen(_ model: Model) -> String { view(model, journal).grid.text }

  /// Rows of calls whose reasons are as long as they come.
  private static let calls: [Item] = {
    let reasons: [(Record.Kind, Int32, Int32)] = [
      (.recv, 64, 1_234_567), (.recv, -Errno.connectionRefused.rawValue, 0), (.send, 64, 0), (.recv, 0, 0),
      (.recv, -Errno.noMemory.rawValue, 0),
    ]
    return reasons.enumerated().map { place, reason in
      var record = Record(reason.0, socket: SocketID(0), start: 0, end: Nanoseconds(place) * 1_000_000)
      (record.asked, record.result, record.left) = (64, reason.1, reason.2)
      return .record(record, sequence: place)
    }
  }()

  @Test("What teaches is whole in every window, and what teaches less goes for it", arguments: [false, true])
  func columns(isBig: Bool) throws {
    for rows in [Self.calls] + Self.calls.map({ [$0] }) {
      let words = rows.compactMap { row -> String? in
        guard case .record(let record, _) = row else { return nil }
        return record.outcome(tellsLateness: false)
      }
      let widest = try #require(words.map(\.count).max())
      for width in 60...200 {
        let layout = ColumnLayout(
          width: width, columns: Column.standard + [.dwell, .late], rows: rows, socketWidth: 9, mode: .start,
          isBig: isBig)
        let places = layout.places
        let shown = places.map(\.column)
        #expect(
          Set(shown).isSuperset(of: [.call, .asked, .got, .why]), "\(width): \(shown)")
        let why = try #require(places.first { $0.column == .why })
        // Room beside the other three, whose numbers are long here.
        let room =
          width - places.filter { [.call, .asked, .got].contains($0.column) }.reduce(5) { $0 + $1.width }
        #expect(why.width >= min(widest, 36, room), "\(width): \(why.width) of \(widest)")
        #expect(try #require(places.last).start + (try #require(places.last)).width <= width)
      }
    }
    #expect(Self.calls.compactMap { $0.time }.count == Self.calls.count)
  }

  @Test("At 80×24 big print shows the whole experiment, and nothing that is of the run")
  func whole() {
    var configuration = Configuration()
    configuration.isBig = true
    var model = Model(title: "lab", configuration: configuration)
    _ = model.update(.resized(rows: 24, columns: 80), journal)
    let text = screen(model)
    for row in ["listen", "connect", "accept", "close", "send    1", "send    2"]
      + (1...7).map({ "recv    \($0)" })
    {
      #expect(text.contains("  \(row) ") || text.contains("▸ \(row) "), "\(row)\n\(text)")
    }
    #expect(!text.contains("expect") && !text.contains(" late") && !text.contains("  burst"))
    #expect(text.contains("x shows bookkeeping too"))
    _ = model.update(.key(Chord("x")), journal)
    #expect(screen(model).contains("expect") && !screen(model).contains("bookkeeping"))
  }

  @Test("What tells of the run comes and goes with big print, and stays as the user has chosen")
  func bookkeeping() {
    var model = press("", journal).model
    #expect(!model.table.filter.hidesBookkeeping)
    _ = model.update(.key(Chord("B")), journal)
    #expect(model.table.filter.hidesBookkeeping && model.table.filter.words == nil)
    _ = model.update(.key(Chord("B")), journal)
    #expect(!model.table.filter.hidesBookkeeping)
    // Send and recv only.
    for key in ["x", "x", "B"] { _ = model.update(.key(Chord(key)!), journal) }
    let chosen = model.table.filter
    for key in ["B", "B"] { _ = model.update(.key(Chord(key)!), journal) }
    #expect(model.table.filter == chosen)
  }

  @Test("What failed is no bookkeeping: it is shown to a class as well")
  func failed() {
    let writer = JournalWriter(wall: 0)
    let socket = writer.add(SocketInfo(name: "far", kind: .tcp, role: .client))
    var missed = Record(.expect, socket: socket, start: 1, end: 1)
    missed.result = 0
    writer.append(missed, text: "line 3: 5 B")
    var met = missed
    met.result = 1
    writer.append(met, text: "line 4: 5 B")
    var model = press("B", writer.journal).model
    #expect(model.table.rows.map { RowKind($0.item) } == [.judged])
    _ = model.update(.key(Chord("x")), writer.journal)
    #expect(model.table.rows.map { RowKind($0.item) } == [.judged, .met])
  }

  @Test(
    "In a low window one key puts the lanes in place of the bytes, goes through them, and gives the bytes back"
  )
  func lanes() {
    var model = press("", journal, rows: 24, columns: 80).model
    #expect(model.layout.bytes != nil && model.layout.lanes == nil)
    for title in ["pauses cut short", "to scale", "by offset"] {
      _ = model.update(.key(Chord("v")), journal)
      #expect(model.layout.bytes == nil && screen(model).contains(title))
      #expect(screen(model).contains("client send") && screen(model).contains("server.1 recv"))
    }
    _ = model.update(.key(Chord("v")), journal)
    #expect(model.layout.bytes != nil && model.layout.lanes == nil)
    // With the bytes in hand the lanes are then, and back.
    for key in ["enter", "v"] { _ = model.update(.key(Chord(key)!), journal) }
    #expect(model.window.focus == .lanes)
    for key in ["v", "v", "v"] { _ = model.update(.key(Chord(key)!), journal) }
    #expect(model.window.focus == .bytes)
    // A taller window has room for both.
    _ = model.update(.key(Chord("v")), journal)
    _ = model.update(.resized(rows: 36, columns: 120), journal)
    #expect(model.layout.bytes != nil && model.layout.lanes != nil)
    _ = model.update(.resized(rows: 12, columns: 80), journal)
    _ = model.update(.key(Chord("v")), journal)
    #expect(screen(model).contains("the lanes need a window of 13 rows or more"))
  }

  @Test("The next theme is asked for by a key or by its word, and told when it is there")
  func theme() {
    #expect(press("d", journal).effects == [.nextTheme])
    var (effects, model) = press(": theme enter", journal)
    #expect(effects == [.nextTheme])
    _ = model.update(.themed("light", about: "Dark ink on white."), journal)
    #expect(screen(model).contains("theme light: Dark ink on white."))
  }
}
