@testable import Screens
import Testing
@testable import Traffic

@Suite("Lanes")
struct LanesTests {
  private let journal = SampleJournals.recvReturns()

  /// The first record of a socket, to be drawn.
  private static func subject(
    _ socket: SocketID, bytes: Range<Int64>, _ journal: Journal, _ messages: MessageIndex = MessageIndex()
  ) throws -> LanesSubject {
    let (sequence, record) = try #require(journal.records(of: socket, in: 0..<1).first)
    var sockets: Screens.SocketTable = .init()
    sockets.refresh(journal, isFrozen: false)
    return try #require(
      LanesSubject(.record(record, sequence: sequence), bytes: bytes, end: nil, sockets, messages, journal))
  }

  @Test("Between each two lanes of a way stand their edges, however many there are", arguments: 1...4)
  func anyNumberOfTracks(count: Int) throws {
    let client = Lane(socket: SocketID(2), track: .sends)
    let server = Lane(socket: SocketID(1), track: .chunks)
    let set = LaneSet(ways: [(0..<count).map { $0 % 2 == 0 ? client : server }])
    let picture = LanesPicture.byOffset(
      set, try Self.subject(SocketID(1), bytes: 0..<5, journal), way: 0, width: 80, zoom: 0)
    #expect(Set(picture.boxes.map(\.lane)) == Set(0..<count))
    #expect(Set(picture.edges.map(\.lane)) == Set(0..<count - 1))
    // The first send and the first recv end at the same byte, the second ones do not.
    #expect(picture.edges.filter { $0.isAbove && $0.isBelow }.count == 3 * (count - 1))
  }

  @Test(
    "Each pause is cut with its length, however usual it is",
    arguments: [
      [Record.Kind.recv], [.send], [.send, .recv],
    ], [[100, 100, 100], [100, 100, 3], [5, 5, 5, 5, 5, 1000]] as [[Nanoseconds]])
  func cuts(kinds: [Record.Kind], pauses: [Nanoseconds]) throws {
    let writer = JournalWriter(wall: 0)
    let socket = writer.add(SocketInfo(name: "server.1", kind: .tcp, role: .accepted))
    var time: Nanoseconds = 1_000_000
    for pause in [0] + pauses {
      time += pause * 1_000_000
      for (place, kind) in kinds.enumerated() {
        var record = Record(kind, socket: socket, start: time, end: time + Nanoseconds(place) * 10_000)
        (record.asked, record.result) = (5, 5)
        writer.append(record, text: "12345")
      }
    }
    let lanes = [Lane(socket: socket, track: .sends), Lane(socket: socket, track: .chunks)]
    let events = LaneEvents(lanes, around: Item.ID(record: 1), reach: 100, writer.journal, end: nil)
    let picture = LanesPicture.inOrder(
      events, LaneSet(ways: [lanes]), try Self.subject(socket, bytes: 0..<5, writer.journal), width: 400)
    #expect(picture.boxes.count == kinds.count * (pauses.count + 1))
    let slack = Nanoseconds(kinds.count - 1) * 10_000
    #expect(picture.gaps.map(\.text) == pauses.map { Units.duration($0 * 1_000_000 - slack) })
    // Each lies between two boxes, and its length has room on the axis.
    for gap in picture.gaps {
      #expect(gap.columns.count >= gap.text.count + 2)
      #expect(picture.boxes.allSatisfy { !gap.columns.overlaps($0.start..<$0.start + $0.width) })
    }
  }

  @Test(
    "A box says what became of its call",
    arguments: [
      (.recv, 10, "10", "▌10"), (.send, 0, "0", nil), (.recv, 0, "╳ end", "╳ end"), (.recv, -11, "·", nil),
      (.recv, -104, "ECONNRESET", nil), (.shutdown, 0, "FIN", nil), (.close, 0, "close", nil),
    ] as [(Record.Kind, Int32, String, String?)])
  func labels(kind: Record.Kind, result: Int32, text: String, marked: String?) throws {
    var record = Record(kind, socket: SocketID(1), start: 0, end: 1)
    record.result = result
    let label = try #require(BoxLabel(record))
    #expect(label.text == text)
    #expect(label.markedText == marked)
  }

  @Test(
    "What is no call on a stream stands in no lane", arguments: [Record.Kind.start, .accept, .wait, .burst])
  func others(kind: Record.Kind) { #expect(BoxLabel(Record(kind, start: 0, end: 1)) == nil) }
}
