import Reports
import Testing

@testable import Traffic

@Suite("Labs that send what was sent")
struct LabExportTests {
  private static func lines(_ journal: Journal) throws -> [String] {
    let text = try ExportedFile(journal, .lab).text
    _ = try Lab(parsing: text)
    return text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
  }

  @Test("A run is opened, sent and closed again, with its pauses")
  func whole() throws {
    #expect(
      try Self.lines(Talk.recvReturns().journal) == [
        "listen 127.0.0.1:9000 --as server", "connect server --as client",
        #"send client "12345" 101.22ms "a"*50"#, "wait client sent", "wait server.1 bytes 55",
        #"send server.1 "ok\n""#, "wait client bytes 3", "close client", "wait server.1 end",
        "close server.1",
      ])
  }

  @Test("What came while a send ran is not waited for before it")
  func crossed() throws {
    var talk = Talk()
    talk.open()
    talk.send(talk.client, Array("one".utf8))
    let begin = talk.time
    talk.send(talk.server, Array("answer".utf8))
    talk.recv(talk.client, Array("answer".utf8))
    talk.pass(begin - talk.time)
    talk.send(talk.client, Array("two".utf8))
    talk.pass(2_000_000)
    talk.send(talk.client, Array("three".utf8))
    let lines = try Self.lines(talk.journal)
    #expect(
      lines.filter { $0.contains("client") && !$0.hasPrefix("connect") } == [
        #"send client "one""#, #"send client "two""#, "wait client bytes 6", #"send client "three""#,
      ])
  }

  @Test("What was sent by a line that is still to come is not waited for")
  func late() throws {
    var talk = Talk()
    talk.open()
    talk.send(talk.client, Array("one".utf8))
    let begin = talk.time
    talk.recv(talk.client, Array("yes".utf8))
    talk.send(talk.client, Array("two".utf8))
    let end = talk.time
    // Its thread was held up before the record was made.
    talk.pass(begin - end)
    talk.send(talk.server, Array("yes".utf8))
    talk.pass(end - begin)
    talk.send(talk.client, Array("three".utf8))
    let lines = try Self.lines(talk.journal)
    #expect(
      lines.filter { $0.hasPrefix("send") || $0.contains("bytes") } == [
        #"send client "one" 1.22ms "two""#, #"send server.1 "yes""#, "wait client bytes 3",
        #"send client "three""#,
      ], "\(lines)")
  }

  @Test("Connects are written in the order in which they were accepted")
  func accepted() throws {
    var talk = Talk()
    let second = talk.writer.add(
      SocketInfo(
        name: "other", kind: .tcp, role: .client, local: "127.0.0.1:50001", peer: "127.0.0.1:9000"))
    let accepted = talk.writer.add(
      SocketInfo(
        name: "server.2", kind: .tcp, role: .accepted, parent: talk.listener, local: "127.0.0.1:9000",
        peer: "127.0.0.1:50001"))
    talk.writer.append(.listen(talk.listener, at: 1, backlog: 8), text: "127.0.0.1:9000")
    for (client, local) in [(second, "127.0.0.1:50001"), (talk.client, "127.0.0.1:50000")] {
      talk.writer.append(
        .connect(client, from: 1, to: 2), ConnectedEnds(local: local, peer: "127.0.0.1:9000"))
    }
    talk.writer.append(.accept(talk.listener, from: 1, to: 3, connection: talk.server, backlogLeft: 1))
    talk.writer.append(.accept(talk.listener, from: 3, to: 4, connection: accepted, backlogLeft: 0))
    talk.send(second, Array("a".utf8))
    #expect(
      try Self.lines(talk.journal).filter { !$0.hasPrefix("wait") } == [
        "listen 127.0.0.1:9000 --as server", "connect server --as client", "connect server --as other",
        #"send other "a""#,
      ])
  }

  @Test("Who turns to a session that is closed has its address")
  func closed() throws {
    var talk = Talk(kind: .udp)
    talk.writer.append(.listen(talk.listener, at: 1, backlog: 8), text: "127.0.0.1:9000")
    talk.close(talk.listener)
    talk.writer.append(
      .connect(talk.client, from: 2, to: talk.time),
      ConnectedEnds(local: "127.0.0.1:50000", peer: "127.0.0.1:9000"))
    let lines = try Self.lines(talk.journal)
    #expect(
      lines.filter { !$0.hasPrefix("wait") || $0.hasSuffix("sent") } == [
        "listen 127.0.0.1:9000 --as server --udp", "close server", "wait server sent",
        "connect 127.0.0.1:9000 --as client --udp",
      ])
  }

  @Test("What a peer sent that is not of the run, a client sends in its place")
  func standIn() throws {
    var talk = Talk()
    talk.writer.append(.listen(talk.listener, at: 1, backlog: 8), text: "127.0.0.1:9000")
    let outside = talk.writer.add(
      SocketInfo(
        name: "server.2", kind: .tcp, role: .accepted, parent: talk.listener, local: "127.0.0.1:9000",
        peer: "127.0.0.1:4444"))
    talk.writer.append(.accept(talk.listener, from: 1, to: 2, connection: outside, backlogLeft: 0))
    talk.recv(outside, Array("GET\n".utf8))
    talk.send(outside, Array("no\n".utf8))
    talk.recv(outside, [])
    #expect(
      try Self.lines(talk.journal).filter { !$0.hasPrefix("wait") } == [
        "listen 127.0.0.1:9000 --as server", "connect server --as server-2-peer",
        #"send server-2-peer "GET\n""#, #"send server.2 "no\n""#, "shutdown server-2-peer write",
      ])
  }

  @Test("Bytes, paths and names that are hostile are read as they are, and no line more")
  func hostile() throws {
    let payload: [UInt8] = Array("\"\nclose client\n# %{1} \u{202e}'\\".utf8) + [0, 0xff, 0xfe]
    var talk = Talk(kind: .unix, local: #"/run/a "b\\c"#, peer: "")
    talk.open()
    talk.send(talk.client, payload)
    let lab = try Lab(parsing: try ExportedFile(talk.journal, .lab).text)
    let bursts = lab.lines.compactMap { line in
      if case .send(_, let burst) = line.command { burst } else { nil }
    }
    #expect(bursts == [Burst(steps: [.send(.bytes(payload))])])
    #expect(lab.lines.count == 3)
  }

  @Test("A program that was watched is not played, but its peer is")
  func watched() throws {
    let writer = JournalWriter(wall: 0)
    var program = SocketInfo(name: "app.fd3", kind: .tcp, role: .listener, local: "127.0.0.1:8000")
    program.isWatched = true
    let listener = writer.add(program)
    writer.append(
      .listen(listener, at: 1, backlog: 5).made(by: .listen, process: 7, thread: 7, descriptor: 3),
      text: "127.0.0.1:8000")
    var accepted = SocketInfo(
      name: "app.fd3.1", kind: .tcp, role: .accepted, parent: listener, local: "127.0.0.1:8000",
      peer: "127.0.0.1:5555")
    accepted.isWatched = true
    let connection = writer.add(accepted)
    writer.append(.accept(listener, from: 2, to: 3, connection: connection, backlogLeft: nil))
    let recv = Record.recv(connection, from: 3, to: 4, asked: 9, result: 2, flags: [], conditions: [])
    writer.append(recv.made(by: .read, process: 7, thread: 7, descriptor: 4), text: "hi")
    var send = Record.send(connection, flags: [])
    (send.start, send.end, send.asked, send.result) = (5, 6, 2, 2)
    writer.append(send.made(by: .write, process: 7, thread: 7, descriptor: 4), text: "yo")
    let file = try ExportedFile(writer.journal, .lab)
    #expect(
      file.text.split(separator: "\n").filter { !$0.hasPrefix("#") } == [
        "connect 127.0.0.1:8000 --as app-fd3-1-peer", #"send app-fd3-1-peer "hi""#,
      ])
    #expect(file.text.contains("# app.fd3, a program's, listens at 127.0.0.1:8000"))
    #expect(file.tally.notes == ["1 sends are another program's, and left to it"])
  }

  /// Some of a recording that somebody made to harm who exports it.
  static let hostileTexts = [
    "localhost:1 --as server\nwatch \"touch x\" --as w\n#", "127.0.0.1:9\u{1b}[2J", "a\u{202e}b:9",
    "x\u{7}:9",
    "/run/a\nwatch x", "server\r\nwatch x", "-e", "a b", "", "\"/a\" --as b",
  ]

  @Test(
    "No text of a recording becomes a command, nor anything that a terminal obeys", arguments: hostileTexts)
  func foreign(text: String) throws {
    let writer = JournalWriter(wall: 0)
    let relay = writer.add(
      SocketInfo(name: text, kind: .tcp, role: .listener, target: text, local: "127.0.0.1:9000"))
    writer.append(.listen(relay, at: 1, backlog: 5), text: "127.0.0.1:9000")
    let listener = writer.add(SocketInfo(name: text, kind: .unix, role: .listener, local: text))
    writer.append(.listen(listener, at: 2, backlog: 5), text: text)
    let named = writer.add(SocketInfo(name: text, kind: .tcp, role: .listener, local: "127.0.0.1:9001"))
    writer.append(.listen(named, at: 3, backlog: 5), text: "127.0.0.1:9001")
    let accepted = writer.add(
      SocketInfo(
        name: text + ".1", kind: .tcp, role: .accepted, parent: named, local: text, peer: text))
    writer.append(.accept(named, from: 3, to: 4, connection: accepted, backlogLeft: 0))
    let client = writer.add(SocketInfo(name: text, kind: .tcp, role: .client, local: text, peer: text))
    writer.append(.connect(client, from: 5, to: 6), ConnectedEnds(local: text, peer: text))
    for socket in [accepted, client] {
      var send = Record.send(socket, flags: [], to: writer.intern(address: text))
      (send.start, send.end, send.asked, send.result) = (7, 8, 2, 2)
      writer.append(send, text: "hi")
      writer.append(.close(socket, .normal, from: 9, to: 10, unread: 0))
    }
    let written = try ExportedFile(writer.journal, .lab).text
    #expect(written.unicodeScalars.allSatisfy { $0 == "\n" || SafeText.string(String($0)) == String($0) })
    for line in try Lab(parsing: written).lines {
      switch line.command {
      case .listen, .connect, .relay, .send, .sendTo, .close, .wait, .pause: break
      default: Issue.record("\(line.command)")
      }
    }
    #expect(written.contains("listen 127.0.0.1:9001 --as socket-2"))
  }

  /// A listener and a client whose connection takes recv by hand.
  private static func byHand() -> Talk {
    var policy = ReceivePolicy()
    policy.mode = .manual
    var talk = Talk(policy: policy)
    talk.open()
    return talk
  }

  @Test("Calls of recv by hand have their flags, and those that found nothing do not wait")
  func flags() throws {
    var talk = Self.byHand()
    talk.send(talk.client, Array("12345".utf8))
    talk.recv(talk.server, Array("12345".utf8), flags: .peek)
    talk.recv(talk.server, Array("1".utf8), asked: 1, flags: [.outOfBand, .noSignal])
    talk.recv(talk.server, Array("2345".utf8), asked: 4, flags: [.waitAll, .dontWait])
    talk.recv(talk.server, [], failed: .wouldBlock)
    talk.recv(talk.server, [], asked: 0, flags: [.truncate], failed: .wouldBlock)
    #expect(
      try Self.lines(talk.journal).filter { $0.hasPrefix("recv") } == [
        "recv server.1 10 peek", "recv server.1 1 oob", "recv server.1 4 waitall",
        "recv server.1 10 dontwait",
        "recv server.1 0 trunc,dontwait",
      ])
  }

  @Test("A call by hand stands behind what it received, though that was recorded after it")
  func cause() throws {
    var talk = Self.byHand()
    talk.recv(talk.server, Array("12".utf8), asked: 2)
    talk.pass(-1_000_000)
    talk.send(talk.client, Array("12".utf8))
    talk.pass(2_000_000)
    talk.recv(talk.server, [])
    talk.pass(-1_000_000)
    talk.close(talk.client)
    #expect(
      try Self.lines(talk.journal).filter { !$0.hasPrefix("wait") }.suffix(4) == [
        #"send client "12""#, "recv server.1 2", "close client", "recv server.1 10",
      ])
  }

  @Test("An empty datagram is sent again")
  func empty() throws {
    var talk = Talk(kind: .udp)
    talk.open()
    talk.send(talk.client, [])
    talk.send(talk.client, Array("1".utf8))
    #expect(try Self.lines(talk.journal).contains { $0.hasPrefix(#"send client """#) })
    var stream = Talk()
    stream.open()
    stream.send(stream.client, [])
    #expect(try !Self.lines(stream.journal).contains { $0.hasPrefix("send") })
  }

  @Test("An end that nobody of the run made is not waited for: the run's end made it")
  func ownEnd() throws {
    var talk = Talk()
    talk.open()
    talk.send(talk.client, Array("1".utf8))
    talk.recv(talk.server, Array("1".utf8))
    talk.recv(talk.server, [])
    #expect(try Self.lines(talk.journal).last == "wait server.1 bytes 1")
  }

  @Test("Bytes that are lost are told by their number and take no memory")
  func lost() throws {
    var talk = Talk()
    talk.open()
    var send = Record.send(talk.client, flags: [])
    (send.start, send.end, send.asked, send.result) = (talk.time, talk.time + 1, .max, .max)
    talk.writer.append(send, text: "ab")
    let file = try ExportedFile(talk.journal, .lab)
    #expect(file.text.contains("send client \"ab\"+zeros(2147483645)\n"), "\(file.text)")
    #expect(file.tally.notes == ["2.0 GiB that were no longer held are sent as zeros"])
  }

  @Test("A lab that would play nothing is not written")
  func nothing() {
    #expect(throws: ExportError.nothingToSend([])) { try ExportedFile(JournalWriter(wall: 0).journal, .lab) }
  }
}
