import Testing
@testable import Screens
@testable import Traffic

@Suite("Calls that wait")
struct WaitingRowsTests {
  private let writer: JournalWriter
  private let journal: Journal
  private let socket: SocketID

  /// Recvs on one socket, so many.
  private init(_ count: Int) {
    writer = JournalWriter(wall: 0)
    journal = writer.journal
    socket = writer.add(SocketInfo(name: "server.1", kind: .tcp, role: .accepted))
    for number in 0..<count { receive(number) }
  }

  init() { self.init(100) }

  private func receive(_ number: Int) {
    let time = Nanoseconds(number) * 1_000_000
    SampleJournals.receive(writer, socket, time...time + 1000, asked: 10, "12345", queued: 0)
  }

  private func model(_ calls: [WaitingCall], keys: String = "", rows: Int = 24) -> Model {
    var model = press("", journal, rows: rows, columns: 80).model
    _ = model.update(.journalChanged, journal)
    for key in keys.split(separator: " ") {
      if let chord = Chord(String(key)) { _ = model.update(.key(chord), journal) }
    }
    _ = model.update(.waiting(calls), journal)
    return model
  }

  private func lines(_ model: Model) -> [String] {
    view(model, journal).grid.text.split(separator: "\n").map(String.init).filter {
      $0.contains("recv ") || $0.contains("send ") || $0.contains("waits")
    }.filter { $0.hasPrefix("│") && $0.contains("server.1") }
  }

  private var recv: WaitingCall { WaitingCall(.recv, 101, on: socket, since: 99_001_000, asked: 10) }

  private var send: WaitingCall {
    WaitingCall(
      .send, 1, on: socket, since: 98_000_000, asked: 262_144, waited: 3_200_000_000, taken: 61_440,
      obstacle: .window)
  }

  @Test("They stand below the newest row, where their own rows will be, sends first")
  func below() {
    let lines = lines(model([recv, send]))
    #expect(lines.count == 10)
    #expect(lines[7].contains("▸ recv  100 server.1"))
    #expect(
      lines[8].contains("  send    1 server.1 waits 3.20 s, peer's window full: 61 440 of 262 144 taken"))
    #expect(lines[9].contains("  recv  101 server.1 recv(10) waits since 0.099 001"))
  }

  @Test("The row of the call takes the place, though nobody has looked again")
  func replaced() {
    var model = model([recv])
    receive(100)
    _ = model.update(.journalChanged, journal)
    let lines = lines(model)
    #expect(lines.count == 10 && lines[9].contains("▸ recv  101 server.1 0.100 001"))
    #expect(lines[8].contains("  recv  100"))
  }

  @Test("Holding the view moves no row, and a call that begins to wait moves none of a held view")
  func held() {
    for calls in [[recv], [recv, send]] {
      var model = model(calls)
      let before = lines(model)
      _ = model.update(.key(Chord("k")), journal)
      #expect(lines(model).map { $0.dropFirst(3) } == before.map { $0.dropFirst(3) })
    }
    var model = model([], keys: "k")
    let before = lines(model)
    _ = model.update(.waiting([recv, send]), journal)
    #expect(lines(model) == before)
  }

  @Test("Those of other sockets, of kinds that are hidden, and those of a view that is frozen are not shown")
  func hidden() {
    let other = writer.add(SocketInfo(name: "other", kind: .tcp, role: .client))
    let waits = { (model: Model) in lines(model).count { $0.contains("waits") } }
    #expect(waits(model([WaitingCall(.recv, 1, on: other, since: 0, asked: 10)], keys: "n")) == 0)
    #expect(waits(model([recv, send], keys: "x x x")) == 1)
    #expect(waits(model([recv, send], keys: "f")) == 0)
    #expect(waits(model([recv, send], rows: 10)) <= 1)
  }
}
