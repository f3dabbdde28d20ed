import Fuzzing
import SystemPackage
import Testing

@testable import Screens
@testable import Traffic

/// Keys in any order while messages come, and the way in which they are cut changes.
@Suite("Nothing is too much for messages in the workbench")
struct MessagesFuzzTests {
  private static let framings = [
    "json", "newline", "crlf", "http", "fixed 1", "fixed 3", "length:u8", "length:u16be", "gap 1us", "none",
    "resp",
    "varint", "delimiter \"}\"", "slip", "cobs", "tls", "websocket", "mqtt", "modbus", "length:text+1", "nul",
  ]
  private static let pieces = [
    "{\"id\":1}", "{\"id\":", "2}", "\n", "GET / HTTP/1.1\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
    "\u{1b}[2J\u{1b}]0;x\u{7}", "中文", "*1\r\n$1\r\nx\r\n", "\u{0}\u{1}x",
    String(repeating: "long ", count: 2000),
  ]

  /// More of something on one of the sockets.
  private static func grow(_ journal: Journal, at time: Nanoseconds, _ random: inout SplitMix) {
    let writer = JournalWriter(to: journal)
    guard let socket = journal.sockets.randomElement(using: &random), let info = journal.socket(socket)?.info
    else { return }
    if info.role == .listener || random.next() % 4 == 0 {
      let framing = framings.randomElement(using: &random) ?? "none"
      let (way, offset) = (random.next() % 3, Int64(random.next() % 4))
      writer.update(socket) {
        if way != 0 { $0.receivedFraming = FramingChoice(framing, from: offset) }
        if way != 1 { $0.sentFraming = FramingChoice(framing) }
      }
      return
    }
    if random.next() % 40 == 0 {
      writer.append(.close(socket, random.next() % 2 == 0 ? .normal : .reset, from: time, to: time))
      return
    }
    let piece = Array((pieces.randomElement(using: &random) ?? "").utf8)
    var record = Record.recv(
      socket, from: time, to: time, asked: 64_000, result: Int32(piece.count), flags: [], conditions: [])
    if random.next() % 2 == 0 {
      record = .send(socket, flags: [])
      (record.start, record.end, record.result) = (time, time, Int32(piece.count))
    }
    piece.withUnsafeBytes { _ = writer.append(record, payload: $0) }
  }

  @Test("No keys in any order are too much", arguments: 0..<12)
  func anyKeys(seed: UInt64) throws {
    var random = SplitMix(state: seed + 100)
    let journal =
      seed % 3 == 0 ? SampleJournals.relay() : SampleJournals.messages(framing: seed % 2 == 0 ? "json" : nil)
    let chords = KeyMap.standard.flatMap(\.chords).filter { KeyMap().action($0) != .quit }
    let filters = [
      "n>1", "event=message", "broken=bad or broken=cut", "length<3", "data~\"id\"", "any(n=3)", "not n=2",
    ]
    var model = Model(title: "lab")
    for step in 0..<150 {
      let time = Nanoseconds(50_000_000 + step * 700)
      for _ in 0..<random.next() % 4 { Self.grow(journal, at: time, &random) }
      let message: Message
      switch random.next() % 24 {
      case 0: message = .resized(rows: Int(random.next() % 70), columns: Int(random.next() % 220))
      case 1, 2:
        message = .pointer(
          Pointer(
            [.press, .drag, .release, .wheelUp, .wheelDown].randomElement(using: &random) ?? .press,
            row: Int(random.next() % 40), column: Int(random.next() % 130)))
      case 3, 4: message = .key(Chord(.escape))
      case 5:
        model.table.show(only: try filters.randomElement(using: &random).map { try Filter(parsing: $0) })
        message = .goOn
      case 6: message = .messagesCut
      case 7: message = .goOn
      case 8: message = .key(Chord("x"))
      case 9: message = .key(Chord("v"))
      case 10: message = .key(Chord("i"))
      default: message = .key(chords.randomElement(using: &random) ?? Chord(.enter))
      }
      _ = model.update(message, journal)
      let grid = view(model, journal).grid
      #expect(grid.cells.count == grid.rows * grid.columns)
      // Nothing that a peer sent reaches the terminal as it is.
      #expect(!grid.text.unicodeScalars.contains { $0 == "\u{1b}" || $0 == "\u{7}" })
      if !model.table.rows.isEmpty {
        let places = model.table.rows.map(\.place)
        #expect(zip(places, places.dropFirst()).allSatisfy { $0 < $1 })
        #expect(model.table.rows.contains { $0.id == model.table.cursor })
      }
    }
  }
}
