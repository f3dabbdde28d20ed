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
}
