import Testing

@testable import Screens
@testable import Traffic

@Suite("Sockets of another program")
struct WatchedTests {
  /// A client of ours, and the program with the socket that it is connected to.
  private static func journal() -> Journal {
    let writer = JournalWriter(wall: 0)
    func add(_ name: String, _ role: SocketInfo.Role, isWatched: Bool) -> SocketID {
      var info = SocketInfo(name: name, kind: .tcp, role: role, local: "127.0.0.1:1", peer: "127.0.0.1:2")
      info.isWatched = isWatched
      return writer.add(info)
    }
    _ = add("app", .program, isWatched: true)
    let accepted = add("app.fd4", .accepted, isWatched: true)
    let client = add("client", .client, isWatched: false)
    for socket in [accepted, client] {
      SampleJournals.receive(writer, socket, 1000...2000, asked: 10, "abc", queued: 0)
    }
    return writer.journal
  }

  @Test(
    "Nobody here calls anything on them, and the keys say why", arguments: ["space", "r", "o", "c", "R", "e"])
  func keys(key: String) {
    let journal = Self.journal()
    for place in ["n", "n n"] {
      let (effects, model) = press("\(place) \(key)", journal)
      #expect(effects == [])
      #expect(model.notice?.text.contains("recvscope only sees them") == true, "\(place) \(key)")
    }
    #expect(press("n n n \(key)", journal).model.notice?.text.contains("only sees") != true)
  }

  @Test("Bursts go to a socket of ours, and a program's lanes are those of its newest connection")
  func sends() {
    let journal = Self.journal()
    let model = press("", journal).model
    #expect(model.sendTarget.map(model.sockets.name) == "client")
    #expect(press("n", journal).model.sendTarget == nil)
    let start = Item.record(.listen(journal.socket(named: "app")!, at: 1, backlog: 1), sequence: 1)
    let lanes = LanesSubject(start, bytes: 0..<0, end: nil, model.sockets, model.messages, journal)
    #expect(lanes.map { model.sockets.name($0.socket) } == "app.fd4")
  }

  @Test("Messages of a program are those of its newest connection")
  func messages() throws {
    let journal = Self.journal()
    let (effects, _) = press("n M newline enter", journal)
    #expect(effects == [.perform(try Command(parsing: "frame app.fd4 newline"))])
  }
}
