import Testing
@testable import Traffic

struct PairingTests {
  /// Two ends of a connection of one run: `client` sends, `server.1` receives.
  private struct Line {
    let writer: JournalWriter
    var journal: Journal { writer.journal }
    let client: SocketID
    let server: SocketID

    init(kind: SocketKind = .tcp, memory: Int = 4 << 20) {
      writer = JournalWriter(limit: memory, wall: 0)
      client = writer.add(SocketInfo(name: "client", kind: kind, role: .client, local: "a:1", peer: "b:2"))
      server = writer.add(
        SocketInfo(name: "server.1", kind: kind, role: .accepted, local: "b:2", peer: "a:1"))
    }

    @discardableResult
    func add(_ kind: Record.Kind, _ result: Int32, flags: MessageFlags = []) -> Record {
      var record = Record(kind, socket: kind == .send ? client : server, start: 0, end: 1)
      record.asked = UInt32(max(1, result))
      record.result = result
      record.flags = flags
      let sequence = writer.append(record)
      return journal.records(in: sequence..<sequence + 1)[0].record
    }

    func sentence(_ record: Record) throws -> String? {
      let peer = try #require(journal.peer(of: record.socket))
      return try #require(Pairing(journal, peer: peer)).sentence(
        for: record, peerName: (journal.socket(peer)?.info.name ?? ""))
    }
  }

  @Test(
    arguments: [
      // Two sends in one chunk: sticky packets.
      ([5, 50], [55], ["It holds all of sends #1 and #2 (55 bytes), from client."]),
      // One send in two chunks: half packets.
      (
        [20], [12, 8],
        [
          "It holds the first 12 of the 20 bytes of send #1, from client.",
          "It holds the last 8 of the 20 bytes of send #1, from client.",
        ]
      ),
      // Both at once.
      (
        [5, 50], [10, 10, 35],
        [
          "It holds all of send #1 (5 bytes) and the first 5 of the 50 bytes of send #2, from client.",
          "It holds 10 from the middle of the 50 bytes of send #2, from client.",
          "It holds the last 35 of the 50 bytes of send #2, from client.",
        ]
      ),
      (
        [4, 1, 1, 1, 4], [3, 6],
        [
          "It holds the first 3 of the 4 bytes of send #1, from client.",
          "It holds the last 1 of the 4 bytes of send #1, all of sends #2 to #4 (3 bytes) and the first 2 "
            + "of the 4 bytes of send #5, from client.",
        ]
      ),
      ([3], [3], ["It holds all of send #1 (3 bytes), from client."]),
      // A recv may be written down before the send() that it answers has returned.
      (
        [3], [5],
        ["It holds all of send #1 (3 bytes) and 2 bytes of a send() that has not returned yet, from client."]
      ),
    ] as [([Int32], [Int32], [String])])
  func `A chunk names the sends it holds and those it cuts`(
    _ sends: [Int32], _ chunks: [Int32], _ sentences: [String]
  ) throws {
    let line = Line()
    for bytes in sends { line.add(.send, bytes) }
    let records = chunks.map { line.add(.recv, $0) }
    #expect(try records.map { try line.sentence($0) } == sentences)
  }

  @Test func `A send names the calls that took it`() throws {
    let line = Line()
    let first = line.add(.send, 5)
    let second = line.add(.send, 20)
    #expect(try line.sentence(first) == "No recv() of server.1 has taken any of it yet.")
    line.add(.recv, 10)
    line.add(.recv, 10)
    #expect(try line.sentence(first) == "At server.1, it came as the first 5 of the 10 bytes of recv #1.")
    #expect(
      try line.sentence(second)
        == "At server.1, it came as the last 5 of the 10 bytes of recv #1 and all of recv #2 (10 bytes). "
        + "No recv() has taken the last 5 bytes yet.")
  }

  @Test func `Shares tell how each call is cut`() throws {
    let line = Line()
    for bytes: Int32 in [4, 1, 4] { line.add(.send, bytes) }
    line.add(.recv, 2)
    let chunk = line.add(.recv, 5)
    let pairing = try #require(Pairing(line.journal, peer: line.client))
    let shares = pairing.sends(in: chunk)
    #expect(shares.map(\.bytes) == [2, 1, 2])
    #expect(shares.map(\.isCutAtStart) == [true, false, false])
    #expect(shares.map(\.isCutAtEnd) == [false, false, true])
    #expect(shares.map(\.record.number) == [1, 2, 3])
    #expect(pairing.sends(in: chunk, limit: 2).count == 2)
    #expect(pairing.receives(of: chunk).isEmpty)
  }

  @Test func `Failed, peeked and empty calls have no bytes and shift nothing`() throws {
    let line = Line()
    line.add(.send, -11)
    line.add(.send, 5)
    let peeked = line.add(.recv, 5, flags: .peek)
    let failed = line.add(.recv, -11)
    let chunk = line.add(.recv, 5)
    #expect(try line.sentence(peeked) == nil)
    #expect(try line.sentence(failed) == nil)
    #expect(try line.sentence(chunk) == "It holds all of send #2 (5 bytes), from client.")
    #expect(try line.sentence(line.add(.recv, 0)) == nil)
  }

  @Test func `Sends whose records were dropped are said to be gone`() throws {
    let line = Line()
    line.add(.send, 7)
    // Enough to push the first blocks of records out.
    for _ in 0..<60_000 { line.add(.recv, -11) }
    line.add(.send, 5)
    let chunk = line.add(.recv, 10)
    try #require(line.journal.extent.records.lowerBound > 2)
    #expect(
      try line.sentence(chunk)
        == "It holds 7 bytes of send() calls that are no longer held and the first 3 of the 5 bytes of "
        + "send #2, from client."
    )
  }

  @Test func `Among a million records the right ones are found`() throws {
    let line = Line(memory: 256 << 20)
    for _ in 0..<500_000 { line.add(.send, 3) }
    var middle: Record?
    for call in 0..<300_000 {
      let record = line.add(.recv, 5)
      if call == 150_000 { middle = record }
    }
    // Its bytes are 750 000 to 750 004: send 250 001 and the first two of the next.
    #expect(
      try line.sentence(try #require(middle))
        == "It holds all of send #250001 (3 bytes) and the first 2 of the 3 bytes of send #250002, from "
        + "client."
    )
  }

  @Test func `Sockets that keep boundaries are not paired by offsets`() throws {
    let line = Line(kind: .seqpacket)
    #expect(Pairing(line.journal, peer: line.client) == nil)
  }

  @Test(
    arguments: [
      // A peer outside the run.
      ([("a:1", "x:9"), ("b:2", "a:1")], [nil, nil]),
      ([("a:1", "b:2"), ("b:2", "a:1")], [1, 0]),
      // Unnamed clients of one Unix listener, in the order of connect and accept.
      ([("unnamed", "/s"), ("unnamed", "/s"), ("/s", "unnamed"), ("/s", "unnamed")], [2, 3, 0, 1]),
      // One of them still waits in the backlog, or comes from elsewhere: it is not known which.
      ([("unnamed", "/s"), ("unnamed", "/s"), ("/s", "unnamed")], [nil, nil, nil]),
      ([("a:1", nil)], [nil]),
    ] as [([(String, String?)], [UInt32?])])
  func `Two sockets whose addresses are swapped are peers`(_ sockets: [(String, String?)], _ peers: [UInt32?])
  {
    let writer = JournalWriter(wall: 0)
    let journal = writer.journal
    let ids = sockets.enumerated().map { number, ends in
      writer.add(
        SocketInfo(name: "\(number)", kind: .unix, role: .client, local: ends.0, peer: ends.1))
    }
    #expect(ids.map { journal.peer(of: $0)?.value } == peers)
  }
}
