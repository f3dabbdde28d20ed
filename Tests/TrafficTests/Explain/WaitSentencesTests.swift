import Testing
@testable import Traffic

struct WaitSentencesTests {
  private static let sockets: [SocketID: SocketInfo] = [
    SocketID(1): SocketInfo(name: "server", kind: .tcp, role: .listener),
    SocketID(2): SocketInfo(name: "server.1", kind: .tcp, role: .accepted),
    SocketID(3): SocketInfo(name: "server.2", kind: .tcp, role: .accepted),
    SocketID(4): SocketInfo(name: "udp", kind: .udp, role: .bound),
  ]

  private static func text(
    _ call: WaitCallName, _ sets: WaitSets, result: Int32 = 1, timeout: Nanoseconds? = nil,
    isHeld: Bool = true
  ) -> Explanation {
    let record = Record.wait(
      SocketID(0), call, from: 1_000_000, to: 1_002_000, result: result, timeout: timeout)
    return Explanation(record, .init(.tcp, .listener, payload: isHeld ? sets.payload : nil, others: sockets))
  }

  @Test(arguments: [
    (
      WaitCallName.select, WaitSets(readable: [SocketID(1)]),
      "server is readable: a connection waits for accept()."
    ),
    (
      .select, WaitSets(readable: [SocketID(2)]),
      "server.1 is readable: data, an end of stream or an error waits, and which of them only recv() tells."
    ),
    (
      .poll, WaitSets(readable: [SocketID(1), SocketID(2)]),
      "server and server.1 are readable: a connection waits for accept(), or data, an end of stream or an "
        + "error waits for recv()."
    ),
    (
      .epollWait, WaitSets(readable: [SocketID(4)]),
      "udp is readable: a datagram or an error waits, and which of them only recv() tells."
    ),
    (
      .select, WaitSets(writable: [SocketID(2), SocketID(3)]),
      "server.1 and server.2 are writable: the send buffer has room, or the call would fail at once."
    ),
    (
      .select, WaitSets(exceptional: [SocketID(2)]),
      "server.1 is exceptional: an urgent byte is pending, to be read with MSG_OOB."
    ),
    (
      .epollWait, WaitSets(readable: [SocketID(4)], edges: [SocketID(4)]),
      "udp is readable: a datagram or an error waits, and which of them only recv() tells. udp is watched by edges "
        + "(EPOLLET): something new has come since it was told last. What a recv() leaves lying is not told again; "
        + "only what comes next is."
    ),
    (
      .select, WaitSets(),
      "None of the watched sockets was ready: recvscope woke its own loop, to change what it watches."
    ),
  ])
  func `A wait says what was ready and what that means`(
    _ call: WaitCallName, _ sets: WaitSets, _ text: String
  ) {
    let explanation = Self.text(call, sets)
    #expect(explanation.text == text)
    #expect(explanation.page == "\(call.name)(2)")
  }

  @Test func `A wait without a result says for how long it waited`() {
    let explanation = Self.text(.poll, WaitSets(), result: 0, timeout: 50_000_000)
    #expect(
      explanation.text == "Nothing became ready within 50.0 ms, so poll() returned 0. That is no error.")
  }

  @Test func `Sets that are no longer held are not taken for empty`() {
    #expect(
      Self.text(.poll, WaitSets(readable: [SocketID(2)]), isHeld: false).text.contains("no longer held"))
  }

  @Test func `Of many sockets some are named`() {
    let text = Self.text(.select, WaitSets(readable: (2..<8).map { SocketID($0) }), result: 6).text
    #expect(text.hasPrefix("server.1, server.2, udp, a socket and 2 more are readable"))
  }
}
