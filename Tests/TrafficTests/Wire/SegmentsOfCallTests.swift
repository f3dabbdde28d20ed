import Fuzzing
import Testing

@testable import Traffic

@Suite("The segments of a call")
struct SegmentsOfCallTests {
  /// One connection whose calls and segments are written one by one.
  struct Connection {
    let writer = JournalWriter(wall: 0)
    let socket: SocketID
    let card: AddressID
    let mtu: Int

    init(on interface: String = "eth0") {
      mtu = interface == "lo" ? 65_536 : 1500
      socket = writer.add(SocketInfo(name: "a", kind: .tcp, role: .client))
      card = writer.intern(address: interface)
    }

    @discardableResult
    func call(
      _ kind: Record.Kind, _ count: Int, from start: Nanoseconds, to end: Nanoseconds, segments: Int? = nil
    ) -> Record {
      var record = Record(kind, socket: socket, start: start, end: end)
      (record.asked, record.result) = (UInt32(count), Int32(count))
      if kind == .recv { record.segments = segments }
      Array(repeating: UInt8(0x61), count: count).withUnsafeBytes {
        _ = writer.append(record, payload: $0)
      }
      return writer.journal.records(of: socket, in: 0..<Int.max).last?.record ?? record
    }

    func pass(
      _ way: Direction, at time: Nanoseconds, offset: Int64? = nil, _ length: Int, ack: Int64? = nil,
      _ marks: SegmentMarks = [], window: Int64? = nil
    ) {
      writer.append(
        .segment(
          socket, way, at: time,
          Segment(
            sequence: offset.map { $0 + 1 }, acknowledgement: ack.map { $0 + 1 }, length: length, flags: .ack,
            window: window, marks: marks), on: card, mtu: mtu))
    }

    func found(_ call: Record) -> SegmentsOfCall? { SegmentsOfCall(call, in: writer.journal) }
  }

  @Test(
    "A chunk has the segments that carry its bytes",
    arguments: [
      ([10], [10], 0, [10], false, false),
      ([10], [4, 6], 0, [10], false, true),
      ([10], [4, 6], 1, [10], true, false),
      ([3, 3, 4], [10], 0, [3, 3, 4], false, false),
      ([3, 3, 4], [5, 5], 1, [3, 4], true, false),
      ([30], [10, 10, 10], 1, [30], true, true),
    ])
  func chunks(
    segments: [Int], chunks: [Int], wanted: Int, lengths: [Int], before: Bool, behind: Bool
  ) throws {
    let connection = Connection()
    var offset: Int64 = 0
    for length in segments {
      connection.pass(.received, at: 100 + offset, offset: offset, length)
      offset += Int64(length)
    }
    let calls = chunks.enumerated().map { number, count in
      connection.call(.recv, count, from: 1000, to: 2000 + Int64(number))
    }
    let found = try #require(connection.found(calls[wanted]))
    #expect(found.segments.map { Int($0.result) } == lengths)
    #expect(found.isSharedBefore == before && found.isSharedBehind == behind)
  }

  @Test("Among many calls and segments, late and repeated, each call finds its own", arguments: 0..<3)
  func many(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let connection = Connection()
    var calls: [Record] = []
    var (passed, taken, time): (Int64, Int64, Nanoseconds) = (0, 0, 0)
    var segments: [(range: Range<Int64>, time: Nanoseconds)] = []
    for _ in 0..<1000 {
      time += 1000
      if random.next() % 3 < 2 {
        let length = Int64(random.next() % 30 + 1)
        segments.append((passed..<passed + length, time))
        connection.pass(.received, at: time, offset: passed, Int(length))
        passed += length
        if random.next() % 5 == 0 {
          connection.pass(.received, at: time + 1, offset: passed - length, Int(length), .retransmission)
        }
        connection.pass(.sent, at: time + 2, offset: 0, 0, ack: passed)
      } else if passed > taken {
        let count = min(passed - taken, Int64(random.next() % 40 + 1))
        calls.append(connection.call(.recv, Int(count), from: time, to: time))
        taken += count
      }
    }
    for call in calls {
      let bytes = call.offset..<call.offset + Int64(call.result)
      let wanted = segments.filter { $0.range.overlaps(bytes) }.map(\.time)
      let found = try #require(connection.found(call))
      #expect(found.fresh.map(\.start) == wanted, "\(bytes)")
    }
  }

  @Test("When a chunk's segments came, how long they lay, and what repeats")
  func words() throws {
    let connection = Connection()
    connection.pass(.received, at: 1_000_000, offset: 0, 1448)
    connection.pass(.received, at: 1_200_000, offset: 1448, 1448)
    connection.pass(.received, at: 1_400_000, offset: 0, 1448, .retransmission)
    let first = connection.call(.recv, 2000, from: 900_000, to: 2_000_000, segments: 3)
    let second = connection.call(.recv, 896, from: 2_000_000, to: 2_100_000, segments: 0)
    #expect(
      connection.found(first)?.text == """
        3 segments: 3 × 1 448 B. The first came at 0.001 000 and lay 1.00 ms in the queue until recv() returned, the last at \
        0.001 200, 800 µs. The last is shared with the chunk behind. 1 of them is a retransmission.
        """)
    #expect(
      connection.found(second)?.text == """
        1 segment: 1 448 B. It came at 0.001 200 and lay 900 µs in the queue until recv() returned. It is shared with the \
        chunk before. TCP_INFO counted 0 since the call before: it counts a segment at the first call after it came.
        """)
  }

  @Test("When a send left, and when it was acknowledged")
  func sends() throws {
    let connection = Connection()
    let first = connection.call(.send, 5, from: 1_000_000, to: 1_020_000)
    let second = connection.call(.send, 5, from: 1_030_000, to: 1_040_000)
    let third = connection.call(.send, 5, from: 50_000_000, to: 50_010_000)
    connection.pass(.sent, at: 1_008_000, offset: 0, 5)
    connection.pass(.received, at: 41_000_000, offset: 0, 0, ack: 5)
    connection.pass(.sent, at: 41_010_000, offset: 5, 5)
    connection.pass(.received, at: 41_030_000, offset: 0, 0, ack: 10)
    connection.pass(.sent, at: 50_013_000, offset: 10, 5)
    #expect(
      connection.found(first)?.text == """
        1 segment: 5 B. It left 8.0 µs after send() was entered, before it returned. All of it was acknowledged at \
        0.041 000, 40.0 ms later.
        """)
    let told = try #require(connection.found(second))
    #expect(told.awaited?.start == 41_000_000)
    #expect(
      told.text == """
        1 segment: 5 B. It left 40.0 ms after send() had returned. It waited for the ACK of what was sent before, which came \
        at 0.041 000: Nagle's algorithm. TCP_NODELAY sends at once. All of it was acknowledged at 0.041 030, 20 µs later.
        """)
    #expect(
      connection.found(third)?.text
        == "1 segment: 5 B. It left 3.0 µs after send() had returned. No ACK of all of it was seen yet.")
  }

  @Test("A send that a window of 0 held back says so, and which times; one that it did not does not")
  func shut() throws {
    let connection = Connection()
    let first = connection.call(.send, 5, from: 1_000_000, to: 1_020_000)
    connection.pass(.sent, at: 1_008_000, offset: 0, 5)
    connection.pass(.received, at: 1_009_000, offset: 0, 0, ack: 5, window: 0)
    let second = connection.call(.send, 5, from: 2_000_000, to: 2_010_000)
    connection.pass(.received, at: 3_000_000, offset: 0, 0, ack: 5, window: 0)
    connection.pass(.received, at: 9_000_000, offset: 0, 0, ack: 5, window: 500)
    connection.pass(.sent, at: 9_010_000, offset: 5, 5)
    let third = connection.call(.send, 5, from: 12_000_000, to: 12_010_000)
    connection.pass(.sent, at: 15_000_000, offset: 10, 5)
    #expect(connection.found(first)?.shut == nil)
    let told = try #require(connection.found(second))
    #expect(told.shut?.from.start == 1_009_000 && told.shut?.until.start == 9_000_000)
    #expect(told.text.contains("its window was 0 from 0.001 009 until it said another at 0.009 000"))
    #expect(!told.text.contains("Nagle"))
    #expect(connection.found(third)?.shut == nil)
  }

  @Test(
    "A chunk says Nagle's algorithm for a fact where the wire shows it, and else for likely",
    arguments: [true, false])
  func proven(isCaptured: Bool) throws {
    let writer = JournalWriter(wall: 0)
    let client = writer.add(SocketInfo(name: "c", kind: .tcp, role: .client, local: "a:1", peer: "a:2"))
    let server = writer.add(SocketInfo(name: "s", kind: .tcp, role: .accepted, local: "a:2", peer: "a:1"))
    func send(_ start: Nanoseconds) {
      var record = Record(.send, socket: client, start: start, end: start + 1000)
      (record.asked, record.result) = (1, 1)
      _ = [UInt8(0x61)].withUnsafeBytes { writer.append(record, payload: $0) }
    }
    func pass(_ way: Direction, at time: Nanoseconds, _ sequence: Int64, _ length: Int, ack: Int64) {
      guard isCaptured else { return }
      let segment = Segment(
        sequence: sequence, acknowledgement: ack, length: length, flags: .ack, window: 500)
      writer.append(.segment(client, way, at: time, segment, on: nil))
    }
    send(1_000_000)
    send(1_100_000)
    pass(.sent, at: 1_000_500, 1, 1, ack: 1)
    pass(.received, at: 41_000_000, 1, 0, ack: 2)
    pass(.sent, at: 41_005_000, 2, 1, ack: 1)
    for (start, arrived) in [(500_000, 1_001_000), (1_200_000, 41_006_000)] as [(Nanoseconds, Nanoseconds)] {
      var record = Record.recv(
        server, from: start, to: arrived + 5000, asked: 10, result: 1, flags: [], conditions: [])
      record.arrived = arrived
      _ = [UInt8(0x61)].withUnsafeBytes { writer.append(record, payload: $0) }
    }
    let chunk = try #require(writer.journal.records(of: server, in: 0..<9).last?.record)
    let text = Explanation(chunk, in: writer.journal).text
    #expect(text.contains("probably") == !isCaptured, "\(text)")
    #expect(text.contains("came, at 0.041 000, as the wire shows") == isCaptured, "\(text)")
  }

  @Test(
    "Where TCP_INFO counted others, one sentence says why",
    arguments: [
      ("eth0", 5000, 4, "GRO"), ("eth0", 500, 2, "still queued"), ("lo", 5000, 2, "still queued"),
      ("eth0", 500, 0, "the first call after"), ("lo", 500, 1, nil), ("lo", 500, nil, nil),
    ])
  func counts(interface: String, length: Int, told: Int?, word: String?) throws {
    let connection = Connection(on: interface)
    connection.pass(.received, at: 1000, offset: 0, length)
    let call = connection.call(.recv, length, from: 0, to: 2000, segments: told)
    let text = try #require(connection.found(call)).text
    #expect(text.contains("TCP_INFO") == (word != nil))
    if let word { #expect(text.contains(word)) }
  }

  @Test("Where segments are longer than the cable takes, it is said why", arguments: ["lo", "veth1"])
  func offloads(interface: String) throws {
    let connection = Connection(on: interface)
    connection.pass(.received, at: 1000, offset: 0, 20_000)
    let call = connection.call(.recv, 20_000, from: 0, to: 2000)
    let text = try #require(connection.found(call)).text
    #expect(text.contains("lo takes packets of 65 536 B") == (interface == "lo"))
    #expect(text.contains("ethtool -K veth1 tso off") == (interface == "veth1"))
  }

  @Test("Of a connection that is older than the capture it is said that nobody knows")
  func unknown() throws {
    let connection = Connection()
    let before = connection.call(.recv, 5, from: 0, to: 100)
    #expect(connection.found(before) == nil)
    connection.pass(.received, at: 200, 5)
    let after = connection.call(.recv, 5, from: 200, to: 300)
    #expect(connection.found(after)?.text.contains("older than the capture") == true)
  }

  @Test("What was not captured is not told")
  func nothing() {
    let connection = Connection()
    let early = connection.call(.send, 5, from: 0, to: 100)
    connection.pass(.sent, at: 200, offset: 5, 5)
    #expect(connection.found(early) == nil)
    #expect(connection.found(connection.call(.send, 5, from: 150, to: 190)) != nil)
  }
}
