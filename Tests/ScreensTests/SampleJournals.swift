import SystemPackage
@testable import Traffic

/// Journals whose every number is fixed, so that the screens drawn from them are too.
enum SampleJournals {
  static func journal(named name: String) -> Journal? {
    switch name {
    case "empty": JournalWriter(wall: wall).journal
    case "recv-returns": recvReturns()
    case "hostile": hostile()
    case "many": many()
    case "other-kinds": otherKinds()
    case "relay": relay()
    case "watch": watch()
    case "messages": messages()
    case "shake": shake()
    case "dialogue": dialogue()
    case "hostile-shake": hostileShake()
    case "wire": wire()
    case "unframed": messages(framing: nil)
    default: nil
    }
  }

  /// 2025-11-21 02:02:11 UTC.
  private static let wall: Nanoseconds = 1_763_690_531_000_000_000

  /// R1 with the gap: 5 bytes, 0.1 s, 50 bytes, and a server that calls recv(10).
  static func recvReturns() -> Journal {
    let writer = JournalWriter(wall: wall)
    let journal = writer.journal
    let (server, connection, client) = pair(writer)
    writer.append(record(.listen, server, 101_000, 101_000) { $0.asked = 4096 }, text: "127.0.0.1:9000")
    writer.append(
      record(.connect, client, 180_000, 260_000),
      ConnectedEnds(local: "127.0.0.1:48846", peer: "127.0.0.1:9000"))
    writer.append(record(.accept, server, 110_000, 270_000) { $0.detail = connection.value })
    send(writer, client, at: 400_000, "12345", planned: 399_000, step: 0)
    receive(
      writer, connection, 280_000...412_000, asked: 10, "12345", queued: 0, segments: 1, arrived: 409_000)
    send(writer, client, at: 100_402_000, String(repeating: "a", count: 50), planned: 100_399_000, step: 1)
    receive(
      writer, connection, 420_000...100_530_000, asked: 10, String(repeating: "a", count: 10), queued: 40,
      segments: 1, arrived: 100_410_000)
    for call in 0..<4 {
      let time = Nanoseconds(100_535_000 + 6_000 * call)
      receive(
        writer, connection, time - 1_200...time, asked: 10, String(repeating: "a", count: 10),
        queued: Int32(30 - 10 * call), segments: 0, arrived: 100_410_000)
    }
    writer.append(record(.close, client, 100_554_000, 100_554_000) { $0.detail = Ending.normal.rawValue })
    receive(writer, connection, 100_558_000...100_561_000, asked: 10, "", queued: 0, segments: 0)
    writer.append(
      record(.expect, connection, 100_600_000, 100_600_000) { ($0.asked, $0.result) = (8, 1) },
      Verdict(wanted: "5 10 10 10 10 10 0", got: "5 10 10 10 10 10 0"))
    return journal
  }

  /// Names, marks and payloads that would move, hide or turn things in a terminal.
  static func hostile() -> Journal {
    let writer = JournalWriter(wall: wall)
    let journal = writer.journal
    let socket = writer.add(
      SocketInfo(
        name: "evil\u{1b}[2J\u{202e}name", kind: .unix, role: .client, local: "/tmp/a\u{9b}31mb",
        peer: "/tmp/\u{200b}\u{feff}中文\u{7f}"))
    writer.append(
      record(.mark, socket, 50_000, 50_000), text: "\u{1b}]0;title\u{7}\r\nnew line\u{2028}\u{202e}txet")
    let every = (UInt8.min...UInt8.max).map { $0 }
    receive(writer, socket, 60_000...100_000, asked: 4096, bytes: every, queued: 0)
    // An escape sequence and a character, each cut by the edge of two chunks.
    receive(writer, socket, 110_000...120_000, asked: 4096, bytes: [0x41, 0x1b], queued: 0)
    receive(
      writer, socket, 130_000...140_000, asked: 4096, bytes: Array("[31mred é ".utf8) + [0xe4, 0xb8],
      queued: 0)
    receive(
      writer, socket, 150_000...160_000, asked: 4096, bytes: [0xad] + Array("中文 \u{202e}x\u{301}".utf8),
      queued: 0)
    return journal
  }

  /// 20 000 chunks on one connection, 37 bytes each, one a millisecond.
  static func many() -> Journal {
    let writer = JournalWriter(wall: wall)
    let journal = writer.journal
    let (_, connection, _) = pair(writer)
    for call in 0..<20_000 {
      let time = Nanoseconds(call + 1) * 1_000_000
      let bytes = (0..<37).map { UInt8(truncatingIfNeeded: 0x61 + (call + $0) % 26) }
      receive(writer, connection, time - 900_000...time, asked: 64, bytes: bytes, queued: 0, segments: 1)
    }
    return journal
  }

  /// A reset, EAGAIN, an option, a wait, a refused connect, a datagram that was cut, an exposed listener.
  static func otherKinds() -> Journal {
    let writer = JournalWriter(wall: wall)
    let journal = writer.journal
    let server = writer.add(
      SocketInfo(name: "server", kind: .tcp, role: .listener, local: "0.0.0.0:80", isExposed: true))
    let victim = writer.add(
      SocketInfo(
        name: "server.1", kind: .tcp, role: .accepted, parent: server, local: "10.0.0.2:80",
        peer: "10.0.0.9:5001"))
    let refused = writer.add(SocketInfo(name: "client", kind: .tcp, role: .client, peer: "127.0.0.1:1"))
    let datagrams = writer.add(SocketInfo(name: "udp", kind: .udp, role: .bound, local: "127.0.0.1:5353"))
    writer.append(record(.listen, server, 10_000, 10_000) { $0.asked = 16 }, text: "0.0.0.0:80")
    writer.append(record(.accept, server, 20_000, 2_000_000) { $0.detail = victim.value })
    writer.append(record(.accept, server, 2_100_000, 2_110_000) { $0.result = -24 })
    writer.append(
      record(.option, victim, 2_200_000, 2_200_000),
      OptionChange(name: "TCP_NODELAY", granted: "1", asked: "1"))
    writer.append(
      .wait(victim, .epollWait, from: 2_300_000, to: 5_300_000, result: 1, timeout: nil),
      WaitSets(readable: [victim]))
    receive(writer, victim, 5_300_000...5_310_000, asked: 4096, "abc", queued: 0, segments: 1)
    writer.append(record(.recv, victim, 5_320_000, 5_321_000) { ($0.asked, $0.result) = (4096, -11) })
    writer.append(record(.recv, victim, 9_000_000, 9_010_000) { ($0.asked, $0.result) = (4096, -104) })
    writer.append(
      record(.connect, refused, 9_100_000, 9_200_000) { $0.result = -111 },
      ConnectedEnds(local: nil, peer: "127.0.0.1:1"))
    writer.append(
      record(.recv, datagrams, 9_300_000, 9_400_000) {
        ($0.asked, $0.result, $0.detail) = (10, 10, 20)
        $0.peer = writer.intern(address: "127.0.0.1:40001").value
        $0.conditions = [.datagram, .truncated]
      }, text: "0123456789")
    writer.append(
      record(.recv, datagrams, 9_500_000, 9_600_000) {
        ($0.asked, $0.result) = (10, 0)
        $0.conditions = [.datagram]
      })
    writer.append(record(.close, victim, 9_700_000, 9_700_000) { $0.detail = Ending.reset.rawValue })
    writer.append(
      record(.expect, victim, 9_800_000, 9_800_000) { ($0.asked, $0.result) = (12, 0) },
      Verdict(wanted: "5 10 0", got: "3 EAGAIN ECONNRESET"))
    return journal
  }

  private static func pair(_ writer: JournalWriter) -> (
    server: SocketID, connection: SocketID, client: SocketID
  ) {
    var policy = ReceivePolicy()
    policy.size = 10
    let server = writer.add(
      SocketInfo(name: "server", kind: .tcp, role: .listener, local: "127.0.0.1:9000", policy: policy))
    let connection = writer.add(
      SocketInfo(
        name: "server.1", kind: .tcp, role: .accepted, parent: server, local: "127.0.0.1:9000",
        peer: "127.0.0.1:48846", policy: policy))
    let client = writer.add(
      SocketInfo(
        name: "client", kind: .tcp, role: .client, local: "127.0.0.1:48846", peer: "127.0.0.1:9000"))
    return (server, connection, client)
  }

  static func record(
    _ kind: Record.Kind, _ socket: SocketID, _ start: Nanoseconds, _ end: Nanoseconds,
    _ change: (inout Record) -> Void = { _ in }
  ) -> Record {
    var record = Record(kind, socket: socket, start: start, end: end)
    change(&record)
    return record
  }

  static func send(
    _ writer: JournalWriter, _ socket: SocketID, at time: Nanoseconds, _ text: String, planned: Nanoseconds,
    step: UInt32
  ) {
    let count = text.utf8.count
    writer.append(
      record(.send, socket, time, time + 8_000) {
        ($0.asked, $0.result, $0.moment) = (UInt32(count), Int32(count), planned)
        ($0.detail, $0.other) = (step, 1)
      }, text: text)
  }

  static func receive(
    _ writer: JournalWriter, _ socket: SocketID, _ time: ClosedRange<Nanoseconds>, asked: UInt32,
    _ text: String,
    queued: Int32, segments: UInt32 = Record.unknownDetail, arrived: Nanoseconds = Record.unknownMoment
  ) {
    receive(
      writer, socket, time, asked: asked, bytes: Array(text.utf8), queued: queued, segments: segments,
      arrived: arrived)
  }

  static func receive(
    _ writer: JournalWriter, _ socket: SocketID, _ time: ClosedRange<Nanoseconds>, asked: UInt32,
    bytes: [UInt8],
    queued: Int32, segments: UInt32 = Record.unknownDetail, arrived: Nanoseconds = Record.unknownMoment
  ) {
    let call = record(.recv, socket, time.lowerBound, time.upperBound) {
      ($0.asked, $0.result, $0.left) = (asked, Int32(bytes.count), queued)
      ($0.detail, $0.moment) = (segments, arrived)
    }
    bytes.withUnsafeBytes { _ = writer.append(call, payload: $0) }
  }
}
