import Labs
import Sockets
import Staging
import Testing
import Traffic

@Suite("A relay that proves what was delivered")
struct RelayProofTests {
  /// A program that takes what comes on one connection after another, and says how much each recv returned.
  private static func server(
    _ made: String = "(\"127.0.0.1\", 0)", then body: String = "while data := c.recv(1024): pass"
  ) -> String {
    """
    import socket, sys
    server = socket.create_server(\(made))
    while True:
      c, _ = server.accept()
      \(body)
    """
  }

  /// `watch` with a program of Python.
  private static func watch(_ text: String) -> String {
    let quoted = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    return "watch \"python3 -uc '\(quoted)'\" --as app"
  }

  /// Bytes of the sends of a relay's socket, and what each says of those before it, once so many bytes are recorded.
  private static func sends(_ stage: Stage, _ socket: String, _ bytes: Int) throws -> (
    counts: [Int32], proven: [Bool?]
  ) {
    func records() -> [Record] {
      guard stage.journal.socket(named: socket) != nil else { return [] }
      return (try? stage.records(socket, .send))?.filter { $0.result > 0 } ?? []
    }
    try stage.wait("its sends are recorded") { records().reduce(0) { $0 + Int($1.result) } >= bytes }
    return (records().map(\.result), records().map(\.isProven))
  }

  private static let servers: [(what: String, server: String, target: String)] = [
    ("TCP", server(), "app"),
    ("a Unix stream", server("\"@proof\".replace(\"@\", chr(0)), family=socket.AF_UNIX"), "app"),
    (
      "IPv4 to a socket of IPv6", server("(\"::\", 0), family=socket.AF_INET6, dualstack_ipv6=True"),
      "127.0.0.1:PORT"
    ),
  ]

  @Test(
    "each chunk is returned by a recv call of its own, of the program behind it", arguments: RelayTests.modes,
    servers)
  func server(mode: String, _ server: (what: String, server: String, target: String)) throws {
    let stage = Stage()
    try stage.play("\(Self.watch(server.server))\nwait app listen")
    let local = stage.journal.sockets.lazy.compactMap { stage.journal.socket($0)?.info }
      .first { $0.role == .listener }?.local
    let port = local?.split(separator: ":").last.map(String.init) ?? ""
    try stage.play(
      """
      relay 0 \(server.target.replacing("PORT", with: port)) --as r --mode \(mode) --up --slice 3 --proof
      connect r --as client
      send client zeros(300)
      wait app.*.1 bytes 300
      """)
    let sends = try Self.sends(stage, "r.1.target", 300)
    #expect(sends.counts.allSatisfy { $0 == 3 })
    #expect(sends.proven.allSatisfy { $0 == true })
    #expect(try stage.marks("r.1.target") == [])
    let app = try #require(stage.journal.sockets.last { stage.journal.socket($0)?.info.role == .accepted })
    let name = try #require(stage.journal.socket(app)?.info.name)
    let received = try stage.records(name, .recv).map(\.result).filter { $0 > 0 }
    #expect(received == Array(repeating: 3, count: 100), "\(server.what): \(name)")
  }

  @Test("the other way, each is returned by a recv call of the client")
  func client() throws {
    let stage = Stage()
    try stage.play("listen 0 --as server\nrelay 0 server --as r --down --slice 3 --proof")
    let port = try #require(stage.journal.socket(try stage.id("r"))?.info.local?.split(separator: ":").last)
    try stage.play(
      """
      \(Self.watch("import socket\nc = socket.create_connection((\"127.0.0.1\", \(port)))\nwhile c.recv(1024): pass"))
      wait server.1 sent
      send server.1 zeros(60)
      wait r.1.target bytes 60
      """)
    let sends = try Self.sends(stage, "r.1.client", 60)
    #expect(sends.proven == Array(repeating: true, count: 20))
    try stage.play("close server.1\nwait app exit")
    let id = try #require(
      stage.journal.sockets.first {
        stage.journal.socket($0)?.info.name.hasPrefix("app.fd") == true
          && stage.journal.socket($0)?.info.peer?.hasSuffix(":\(port)") == true
      })
    let received = try stage.records(try #require(stage.journal.socket(id)?.info.name), .recv)
    #expect(received.map(\.result) == Array(repeating: 3, count: 20) + [0])
  }

  @Test("a program that does not read holds nothing up for ever, and that is said once")
  func notRead() throws {
    let stage = Stage()
    try stage.play(
      """
      \(Self.watch(Self.server(then: "sys.stdin.readline(); c.recv(1024); c.recv(1024)")))
      wait app listen
      relay 0 app --as r --up --slice 3 --proof
      connect r --as client
      send client "123456789"
      """)
    let sends = try Self.sends(stage, "r.1.target", 9)
    #expect(sends.counts == [3, 3, 3] && sends.proven == [true, false, false])
    let times = try stage.records("r.1.target", .send).map(\.start)
    #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 >= Passage.proofLimit })
    #expect(
      try stage.marks("r.1.target")
        == ["not proven: its recv calls had returned 0 of the first 3 bytes after 200 ms"])
    // It goes on: from then on what is sent is proven again.
    try stage.play("type app \"\\n\"\nwait app.*.1 bytes 9\nsend client \"abc\"\nwait app.*.1 bytes 12")
    #expect(try Self.sends(stage, "r.1.target", 12).proven.last == true)
  }

  @Test(
    "where nobody watches the other end it is said once, and all goes on",
    arguments: ["mark nothing", "watch \"sleep 60\" --as other"])
  func unwatched(first: String) throws {
    let stage = Stage()
    try stage.play(
      """
      \(first)
      listen 0 --as server
      relay 0 server --as r --slice 1 --proof
      connect r --as client
      send client zeros(100)
      wait server.1 bytes 100
      send server.1 zeros(100)
      wait client bytes 100
      """)
    for side in ["r.1.target", "r.1.client"] {
      #expect(
        try stage.marks(side)
          == ["--proof: nobody watches the other end of \(side), and nothing is waited for"])
      #expect(try Self.sends(stage, side, 100).proven == [true] + Array(repeating: false, count: 99))
      let records = try stage.records(side, .send)
      #expect(records[99].start - records[0].start < 50 * Passage.proofLimit, "each waited")
    }
  }

  @Test("one way at a time, and it can be changed while bytes pass")
  func changes() throws {
    let stage = Stage()
    try stage.play(
      """
      \(Self.watch(Self.server()))
      wait app listen
      relay 0 app --as r --up --slice 2
      connect r --as client
      send client "1234"
      wait app.*.1 bytes 4
      set r.1 --up --proof
      send client "567890"
      wait app.*.1 bytes 10
      set r.1 --proof off
      send client "ab"
      wait app.*.1 bytes 12
      """)
    let sends = try Self.sends(stage, "r.1.target", 12)
    #expect(sends.proven == [nil, nil, true, true, true, nil])
  }

  @Test(
    "what cannot be cut is refused",
    arguments: [
      ("relay 0 127.0.0.1:9 --udp --proof", "--proof does not fit a udp socket: a datagram is not cut"),
      ("connect 127.0.0.1:9 --proof", "--proof does not fit connect: only a relay passes bytes on"),
      ("relay 0 127.0.0.1:9 --proof=maybe", "expected on or off"),
    ])
  func refused(line: String, message: String) {
    let failure = Stage().failure(of: line)
    #expect(failure?.contains(message) == true, "\(failure ?? "")")
  }
}
