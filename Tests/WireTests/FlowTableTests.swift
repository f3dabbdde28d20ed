import Testing

@testable import Traffic
@testable import Wire

@Suite("To whom segments are given")
struct FlowTableTests {
  /// A journal, and what is captured for it.
  struct Scene {
    let writer = JournalWriter(wall: 0)
    var table: FlowTable
    var time: Nanoseconds = 0

    init() { table = FlowTable(writer) { Interface(name: "if\($0)", mtu: 1500) } }

    func add(
      _ name: String, _ role: SocketInfo.Role, _ kind: SocketKind = .tcp, local: String?, peer: String? = nil
    ) -> SocketID {
      writer.add(SocketInfo(name: name, kind: kind, role: role, local: local, peer: peer))
    }

    mutating func pass(
      _ from: String, _ to: String, _ flags: TCPFlags = .ack, sequence: UInt32 = 1, length: Int = 0,
      on interface: Int32 = 1, transport: SegmentHeader.Transport = .tcp,
      fragment: SegmentHeader.Fragment? = nil
    ) throws {
      // 20 bytes of IPv4, 20 of TCP.
      let bytes: [UInt8] =
        [0x45] + Array(repeating: 0, count: 8) + [6] + Array(repeating: 0, count: 22) + [0x50]
        + Array(repeating: 0, count: 7)
      var header = try #require(bytes.withUnsafeBytes { SegmentHeader($0, captured: bytes.count) })
      header.transport = transport
      header.source = try #require(WireEndpoint(from))
      header.destination = try #require(WireEndpoint(to))
      if fragment.map({ $0.offset > 0 }) == true {
        header.source = header.source.withoutPort
        header.destination = header.destination.withoutPort
      }
      (header.flags, header.sequence, header.length, header.fragment) = (flags, sequence, length, fragment)
      time += 1
      table.update()
      table.take(header, at: time, on: interface)
    }

    /// The times of what was recorded of a socket.
    func times(_ socket: SocketID) -> [Nanoseconds] {
      writer.journal.records(of: socket, in: 0..<1000).filter { $0.record.kind == .segment }.map(\.record.end)
    }
  }

  private let client = "127.0.0.1:1000"
  private let server = "127.0.0.1:80"

  @Test("What comes before accept(2) waits for the connection, and is its own in order")
  func waits() throws {
    var scene = Scene()
    let listener = scene.add("s", .listener, local: "0.0.0.0:80")
    try scene.pass(client, server, .syn, sequence: 7)
    try scene.pass(server, client, [.syn, .ack], sequence: 9)
    #expect(scene.table.hasWaiting)
    let connection = scene.add("s.1", .accepted, local: server, peer: client)
    try scene.pass(client, server)
    #expect(scene.times(connection) == [1, 2, 3])
    #expect(scene.times(listener).isEmpty)
    scene.table.finish()
    #expect(scene.times(listener).isEmpty)
  }

  @Test("Between two sockets of the run each gets its own, with the same time")
  func both() throws {
    var scene = Scene()
    let one = scene.add("c", .client, local: client, peer: server)
    let other = scene.add("s.1", .accepted, local: server, peer: client)
    try scene.pass(client, server, length: 5)
    #expect(scene.times(one) == [1] && scene.times(other) == [1])
    let ways = [one, other].map { scene.writer.journal.records(of: $0, in: 0..<1)[0].record.wireWay }
    #expect(ways == [.sent, .received])
  }

  @Test("A closed listener gets nothing that came later, and its backlog what came before")
  func closedListener() throws {
    for (closing, wanted) in [(Nanoseconds(1), []), (5, [2, 3])] as [(Nanoseconds, [Nanoseconds])] {
      var scene = Scene()
      scene.time = 1
      let listener = scene.add("s", .listener, local: server)
      scene.writer.append(.close(listener, .normal, from: closing, to: closing))
      try scene.pass(client, server, .syn, sequence: 7)
      try scene.pass(server, client, [.rst, .ack], sequence: 0)
      scene.table.finish()
      #expect(scene.times(listener) == wanted, "closed at \(closing)")
    }
  }

  @Test("A SYN and the RST that answers it are those of the client whose connect(2) was under way")
  func refused() throws {
    var scene = Scene()
    let clients = ["early", "bound", "free", "again"].map { name in
      scene.add(name, .client, local: name == "bound" ? "0.0.0.0:1000" : nil, peer: server)
    }
    // Another's call at the same time, from another port.
    let other = scene.add("other", .client, local: nil, peer: server)
    scene.writer.append(
      .connect(other, from: 0, to: 1000, failed: .connectionRefused),
      ConnectedEnds(local: "127.0.0.1:4000", peer: server))
    func connect(_ client: Int, _ start: Nanoseconds, _ end: Nanoseconds) {
      scene.writer.append(.connect(clients[client], from: start, to: end, failed: .connectionRefused))
    }
    connect(0, 1, 9)
    scene.time = 10
    for (place, from) in ["127.0.0.1:2000", client, "127.0.0.1:3000", "127.0.0.1:3001"].enumerated() {
      let start = scene.time
      try scene.pass(from, server, .syn, sequence: 7)
      try scene.pass(server, from, [.rst, .ack], sequence: 0)
      scene.time += 1
      connect([2, 1, 3, 3][place], start, scene.time)
      scene.table.update()
    }
    #expect(scene.times(other).isEmpty)
    #expect(clients.map(scene.times) == [[], [14, 15], [11, 12], [17, 18, 20, 21]])
  }

  @Test("A datagram to a socket that was closed is nobody's")
  func closedDatagramSocket() throws {
    var scene = Scene()
    let first = scene.add("u", .bound, .udp, local: server)
    try scene.pass(client, server, length: 5, transport: .udp)
    scene.writer.append(.close(first, .normal, from: 1, to: 1))
    try scene.pass(client, server, length: 5, transport: .udp)
    let second = scene.add("v", .bound, .udp, local: server)
    try scene.pass(client, server, length: 5, transport: .udp)
    scene.table.finish()
    #expect(scene.times(first) == [1])
    #expect(scene.times(second).contains(3))
  }

  @Test("A new connection between the same endpoints is of another socket")
  func again() throws {
    var scene = Scene()
    let first = scene.add("c", .client, local: client, peer: server)
    try scene.pass(client, server, .syn, sequence: 7)
    try scene.pass(client, server, .syn, sequence: 7)
    try scene.pass(client, server, .syn, sequence: 70_000)
    #expect(scene.times(first) == [1, 2])
    let second = scene.add("d", .client, local: client, peer: server)
    scene.table.update()
    #expect(scene.times(first) == [1, 2] && scene.times(second) == [3])
  }

  @Test("What passes two interfaces is recorded once")
  func interfaces() throws {
    var scene = Scene()
    let socket = scene.add("c", .client, local: client, peer: server)
    try scene.pass(client, server, on: 2)
    try scene.pass(client, server, on: 3)
    #expect(scene.times(socket) == [1])
    let interface = scene.writer.journal.records(of: socket, in: 0..<1)[0].record.address
    #expect(interface.map(scene.writer.journal.text) == "if2")
  }

  @Test("Fragments are those of the first one's socket; without it they are nobody's")
  func fragments() throws {
    var scene = Scene()
    let socket = scene.add("u", .bound, .udp, local: "0.0.0.0:80")
    func fragment(_ identification: UInt32, _ offset: Int) -> SegmentHeader.Fragment {
      SegmentHeader.Fragment(identification: identification, offset: offset, hasMore: offset == 0)
    }
    try scene.pass(client, server, length: 1472, transport: .udp, fragment: fragment(5, 0))
    try scene.pass(client, server, length: 500, transport: .udp, fragment: fragment(5, 1480))
    try scene.pass(client, server, length: 500, transport: .udp, fragment: fragment(6, 1480))
    #expect(scene.times(socket) == [1, 2])
  }

  @Test("What nobody comes for is bounded")
  func bounds() throws {
    var scene = Scene()
    for number in 0..<FlowTable.mostWaiting + 10 {
      try scene.pass(client, server, sequence: UInt32(number))
    }
    let late = scene.add("c", .client, local: client, peer: server)
    try scene.pass(client, server)
    #expect(scene.times(late) == [scene.time])
  }
}
