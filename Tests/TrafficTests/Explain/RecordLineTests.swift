import Testing
@testable import Traffic

@Suite("What a record says in one line")
struct RecordLineTests {
  private static let sockets = [
    SocketInfo(name: "s", kind: .tcp, role: .listener, local: "*:9000", isExposed: true),
    SocketInfo(name: "s.1", kind: .tcp, role: .accepted, local: "127.0.0.1:9000", peer: "127.0.0.1:5000"),
    SocketInfo(name: "u\u{1b}", kind: .udp, role: .bound, local: "127.0.0.1:7000"),
  ]
  private static let (listener, connection, datagrams) = (SocketID(0), SocketID(1), SocketID(2))

  private func line(_ record: Record, _ payload: [UInt8], _ form: RecordLine.Form) -> String {
    RecordLine(record, payload: payload[...], form).text { Self.sockets[Int($0.value)] }
  }

  @Test(
    "The words tell what the columns do not",
    arguments: [
      (
        .listen(listener, at: 1, backlog: 8), Array("*:9000".utf8),
        "*:9000, backlog 8, EXPOSED: others than this machine can reach it"
      ),
      (.listen(datagrams, at: 1, backlog: 0), Array("127.0.0.1:7000".utf8), "127.0.0.1:7000, datagrams"),
      (.accept(listener, from: 1, to: 2, failed: .tooManyOpenFiles), [], "EMFILE, no descriptors left"),
      (
        .option(connection, at: 1), OptionChange(name: "rcvbuf", granted: "9216", asked: "4096").payload,
        "rcvbuf 9216 (asked 4096)"
      ),
      (
        .option(connection, at: 1, failed: .protocolNotAvailable),
        OptionChange(name: "cork", granted: "0", asked: "0").payload,
        "cork 0  ENOPROTOOPT, unknown to this kernel"
      ),
      (.mark(at: 1), Array("a\nb\u{202e}".utf8), "a␊b�"),
      (
        .expect(connection, at: 1, line: 7, holds: true), Verdict(wanted: "5", got: "recv 5").payload,
        "line 7: recv 5"
      ),
      (
        .expect(connection, at: 1, line: 8, holds: false), Verdict(wanted: "5", got: "3").payload,
        "line 8 FAILED: wanted 5, got 3"
      ),
      (.shutdown(connection, .write, from: 1, to: 2), [], "write side shut down"),
      (.close(connection, .reset, from: 1, to: 2), [], "closed with a reset"),
    ] as [(Record, [UInt8], String)])
  func words(record: Record, payload: [UInt8], words: String) {
    #expect(line(record, payload, .whole) == words)
    #expect(line(record, payload, .row) == words)
  }

  @Test(
    "Beside a row stand the time of a call and the socket's own address",
    arguments: [
      (
        .accept(listener, from: 1_000, to: 3_000, connection: connection, backlogLeft: nil), [],
        "s.1  127.0.0.1:9000 ← 127.0.0.1:5000", "s.1 ← 127.0.0.1:5000"
      ),
      (
        .connect(connection, from: 1_000, to: 3_000),
        ConnectedEnds(local: "127.0.0.1:5000", peer: "127.0.0.1:9000").payload,
        "127.0.0.1:5000 → 127.0.0.1:9000  connected", "→ 127.0.0.1:9000  connected"
      ),
      (
        .connect(connection, from: 1_000, to: 3_000, failed: .connectionRefused),
        ConnectedEnds(local: nil, peer: "h:1").payload, "→ h:1  ECONNREFUSED, refused: nobody listens there",
        "→ h:1  ECONNREFUSED, refused: nobody listens there"
      ),
      (
        .wait(connection, .poll, from: 1_000, to: 3_000, result: 3, timeout: nil),
        WaitSets(readable: [listener, datagrams], exceptional: [connection]).payload,
        "poll  readable s u␛, exceptional s.1", "poll  readable s u␛, exceptional s.1"
      ),
      (
        .wait(connection, .epollWait, from: 1_000, to: 3_000, result: 1, timeout: nil), WaitSets().payload,
        "epoll_wait  1 ready, recvscope's own", "epoll_wait  1 ready, recvscope's own"
      ),
      (
        .wait(connection, .select, from: 1_000, to: 3_000, result: 0, timeout: 2_000), [],
        "select  nothing became ready", "select  nothing became ready"
      ),
    ] as [(Record, [UInt8], String, String)])
  func forms(record: Record, payload: [UInt8], whole: String, row: String) {
    #expect(line(record, payload, .whole) == "\(whole)  waited 2.0 µs")
    #expect(line(record, payload, .row) == row)
  }

  @Test("What is no longer held is left out, and nothing is said instead of it")
  func dropped() {
    let wait = Record.wait(Self.connection, .poll, from: 1, to: 2, result: 1, timeout: nil)
    #expect(line(wait, [], .row) == "poll  1 ready")
    let connect = Record.connect(Self.connection, from: 1, to: 2)
    #expect(line(connect, [], .row) == "→ 127.0.0.1:5000  connected")
    #expect(line(.expect(Self.connection, at: 1, line: 7, holds: true), [], .row) == "line 7: ")
  }
}
