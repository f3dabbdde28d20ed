import Testing
@testable import Traffic

@testable import Screens

@Suite("Which socket a key is meant for, and what rows and lists say of it")
struct ChosenSocketTests {
  private func model(_ journal: Journal, keys: [Chord?] = [], rows: Int = 36, columns: Int = 120) -> Model {
    var model = Model(title: "lab")
    _ = model.update(.resized(rows: rows, columns: columns), journal)
    for key in keys.compactMap({ $0 }) { _ = model.update(.key(key), journal) }
    return model
  }

  private func text(_ model: Model, _ journal: Journal) -> String { view(model, journal).grid.text }

  @Test("Following everything, nothing is closed that nobody chose", arguments: ["c", "R", "e"])
  func nothingChosen(key: String) {
    let journal = SampleJournals.recvReturns()
    var model = model(journal)
    #expect(model.update(.key(Chord(key)!), journal) == [])
    #expect(text(model, journal).contains("choose the socket first: n, or a row with ↑"))
    _ = model.update(.key(Chord(.up)), journal)
    #expect(model.update(.key(Chord("c")!), journal) == [.perform(.close("server.1", isReset: false))])
  }

  @Test("What is typed for a socket that cannot send goes to no other")
  func closedTarget() {
    let journal = SampleJournals.recvReturns()
    let model = model(journal, keys: ["n", "n", "n"].map { Chord($0) })
    #expect(model.sockets.name(model.subject ?? .none) == "client")
    #expect(model.sendTarget == nil)
    #expect(model.obstacle(.sendPrompt) == "client cannot send; n chooses another socket")
    #expect(self.model(journal).sendTarget.map(model.sockets.name) == "server.1")
  }

  @Test("A paused socket that is closed is closed")
  func pausedAndClosed() {
    let writer = JournalWriter(limit: 4 << 20, wall: 0)
    let journal = writer.journal
    var info = SocketInfo(name: "server", kind: .tcp, role: .client, local: "a:1", peer: "b:2")
    info.policy.isPaused = true
    let socket = writer.add(info)
    writer.append(Record(.connect, socket: socket, start: 1, end: 2))
    #expect(text(model(journal), journal).contains("PAUSED"))
    writer.append(Record(.close, socket: socket, start: 3, end: 4))
    #expect(text(model(journal), journal).contains("closed"))
    #expect(!text(model(journal), journal).contains("PAUSED"))
  }

  @Test("An option's row says what was granted and what was asked for")
  func granted() {
    let writer = JournalWriter(limit: 4 << 20, wall: 0)
    let journal = writer.journal
    let socket = writer.add(SocketInfo(name: "server", kind: .tcp, role: .client))
    writer.append(
      .option(socket, at: 1), OptionChange(name: "rcvbuf", granted: "20000", asked: "10000"))
    #expect(text(model(journal), journal).contains("rcvbuf 20000 (asked 10000)"))
  }

  @Test("The moments of a row are told as its time is")
  func moments() {
    let journal = SampleJournals.recvReturns()
    var model = model(
      journal, keys: ["C", "e", "n", "t", "e", "r", "e", "d"].map { Chord($0) }, columns: 200)
    model.table.columns = [.call, .time, .planned, .start]
    model.overlay = nil
    let start = text(model, journal)
    #expect(start.contains("0.100 402  0.100 399") || start.contains("0.100 399"))
    model.table.moments.mode = .wall
    let wall = text(model, journal)
    #expect(wall.contains("02:02:11.100 399"))
    #expect(!wall.contains("…"), "a time of day is not cut")
  }

  @Test("In a list too narrow for states stand the names", arguments: [40, 44, 50])
  func narrowList(columns: Int) {
    let journal = SampleJournals.recvReturns()
    let model = model(journal, keys: [Chord(.tab, .shift)], rows: 10, columns: columns)
    let lines = text(model, journal).split(separator: "\n")
    #expect(lines.contains { $0.contains("▸  every") })
    #expect(lines.contains { $0.contains("server") || $0.contains("serv…") })
  }

  @Test("A pasted tab is a blank, and what is left out is told")
  func pasted() {
    let journal = SampleJournals.recvReturns()
    var model = model(journal, keys: [Chord("s")])
    _ = model.update(.paste("\"a\"\t10ms\n\"b\""), journal)
    #expect(model.overlay?.prompt?.editor.text == "\"a\" 10ms \"b\"")
    #expect(model.notice == nil)
    _ = model.update(.paste("\u{1b}[31m\u{7}"), journal)
    #expect(model.notice?.text == "2 control characters of the paste left out")
  }

  @Test("A failure stays when a burst is over")
  func failureStays() {
    let journal = SampleJournals.recvReturns()
    var model = model(journal)
    let burst = PlayingBurst(
      socket: SocketID(2), name: "client", number: 1, sends: 1, totalSends: 2, bytes: 1, totalBytes: 2,
      time: 1, length: 2, isPaused: false, queued: 0)
    _ = model.update(.playing([burst]), journal)
    model.notice = Notice(kind: .error, text: "line 5: expect failed")
    _ = model.update(.playing([]), journal)
    #expect(model.notice?.text == "line 5: expect failed")
  }

  @Test("A window that is too small says so in what room it has", arguments: [(20, 5), (10, 8), (29, 8)])
  func tooSmall(columns: Int, rows: Int) {
    let journal = SampleJournals.recvReturns()
    let words = text(model(journal, rows: rows, columns: columns), journal).split { $0 == " " || $0 == "\n" }
    #expect(words.joined(separator: " ") == "30×8 cells are the least that recvscope needs")
  }

  @Test("A page of the help is what the window shows")
  func helpPage() {
    let journal = SampleJournals.recvReturns()
    let model = model(journal, keys: [Chord("?"), Chord(.pageDown)])
    #expect(model.overlay?.help?.top == 31)
  }
}
