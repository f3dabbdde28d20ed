@testable import Screens
import Testing
@testable import Traffic

@Suite("Lanes")
struct LanesTests {
  private let journal = SampleJournals.recvReturns()

  @Test("Between each two lanes of a way stand their edges, however many there are", arguments: 1...4)
  func anyNumberOfTracks(count: Int) {
    let client = Lane(socket: SocketID(2), track: .sends)
    let server = Lane(socket: SocketID(1), track: .chunks)
    let set = LaneSet(ways: [(0..<count).map { $0 % 2 == 0 ? client : server }])
    let picture = LanesPicture.byOffset(
      set, stream: { ByteStream(journal, socket: $0.socket, direction: $0.track.direction) }, cursor: 0..<5,
      way: 0, width: 80, zoom: 0)
    #expect(Set(picture.boxes.map(\.lane)) == Set(0..<count))
    #expect(Set(picture.edges.map(\.lane)) == Set(0..<count - 1))
    // The first send and the first recv end at the same byte, the second ones do not.
    #expect(picture.edges.filter { $0.isAbove && $0.isBelow }.count == 3 * (count - 1))
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
