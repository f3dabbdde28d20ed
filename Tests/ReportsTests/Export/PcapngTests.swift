import Foundation
import Reports
import SystemPackage
import Testing

@testable import Traffic

@Suite("A capture of what the calls moved, read by tshark", .enabled(if: Tshark.isThere, "needs tshark"))
struct PcapngTests {
  /// Bytes that are all different enough for a piece out of place to be seen.
  private static func bytes(_ count: Int, seed: Int = 1) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761 &+ seed) >> 7) }
  }

  @Test("Each socket's calls are a conversation whose bytes come back, and no expert complains")
  func conversation() throws {
    let file = try ExportedFile(Talk.recvReturns().journal, .pcapng)
    let tshark = Tshark(file)
    let sent = Array("12345".utf8) + Array(repeating: UInt8(ascii: "a"), count: 50)
    for stream in 0...1 {
      let (first, second) = try tshark.follow(stream)
      #expect(first == sent)
      #expect(second == Array("ok\n".utf8))
    }
    try tshark.checkPeace()
    #expect(Set(try tshark.fields("frame.interface_name").map(\.[0])) == ["client", "server.1"])
    #expect(file.tally.sentences == [])
  }

  @Test("A packet has the time at which its call returned, to the nanosecond, and the call as its comment")
  func comments() throws {
    let file = try ExportedFile(Talk.recvReturns().journal, .pcapng)
    let packets = try Tshark(file).fields(
      "frame.time_epoch", "frame.comment", where: "frame.interface_name==\"server.1\" and tcp.len==5")
    #expect(packets.count == 1)
    #expect(
      packets.first == [
        "1795219200.002310000", "recv(10) returned 5 of 5, waited 1.20 ms: took all there was; seq 5",
      ])
    let ends = try Tshark(file).fields("frame.comment", where: "tcp.flags.fin==1").map(\.[0])
    #expect(
      ends == [
        "close(): closed", "recv(10) returned 0 of 0, waited 1.20 ms: end of stream", "close(): closed",
      ])
    let begins = try Tshark(file).fields("frame.comment", where: "tcp.flags.syn==1 and tcp.flags.ack==0")
    #expect(begins == [["connect() connected, waited 42 µs"], ["accept() returned it"]])
  }

  @Test("The real addresses are kept where nothing else has them")
  func addresses() throws {
    let file = try ExportedFile(Talk.recvReturns().journal, .pcapng)
    let rows = try Tshark(file).fields(
      "frame.interface_name", "ip.src", "tcp.srcport", "ip.dst", "tcp.dstport")
    #expect(rows.first == ["client", "127.0.0.1", "50000", "127.0.0.1", "9000"])
    #expect(rows.last == ["server.1", "127.1.0.1", "9000", "127.1.0.2", "50000"])
    #expect(Set(rows.map { $0.joined() }).count == 4, "two ways of two conversations")
  }

  enum Reset: CaseIterable {
    case byPeer, byUs, byCloseWithBytesUnread, byPeerToldBySend

    func happen(to talk: inout Talk) {
      switch self {
      case .byPeer: talk.recv(talk.server, [], failed: .connectionReset)
      case .byUs: talk.close(talk.server, .reset)
      case .byCloseWithBytesUnread: talk.close(talk.server, unread: 5)
      case .byPeerToldBySend:
        talk.send(talk.server, [1, 2], failed: .brokenPipe)
        talk.recv(talk.server, [3])
        talk.close(talk.server)
      }
    }
  }

  @Test("A reset is told, and nothing else", arguments: Reset.allCases)
  func reset(reset: Reset) throws {
    var talk = Talk()
    talk.open()
    talk.send(talk.server, [7, 8, 9])
    talk.recv(talk.server, [1, 2])
    reset.happen(to: &talk)
    let tshark = Tshark(try ExportedFile(talk.journal, .pcapng, where: "not socket=client"))
    let complaints = try tshark.complaints()
    #expect(complaints.count == 1)
    #expect(complaints.first?.contains("reset (RST)") == true, "\(complaints)")
    #expect(try tshark.fields("tcp.flags", where: "tcp.flags.reset==1") == [["0x0014"]])
  }

  @Test("A refused connection is a SYN and an RST")
  func refused() throws {
    let talk = Talk()
    talk.writer.append(
      .connect(talk.client, from: 5, to: 9, failed: .connectionRefused),
      ConnectedEnds(local: nil, peer: "127.0.0.1:9000"))
    let flags = try Tshark(try ExportedFile(talk.journal, .pcapng)).fields("tcp.flags")
    #expect(flags == [["0x0002"], ["0x0014"]])
  }

  @Test(
    "A call longer than a packet is cut, and its bytes come back", arguments: ["127.0.0.1", "[2001:db8::1]"])
  func long(host: String) throws {
    var talk = Talk(local: "\(host):9000", peer: "\(host):50000")
    let bytes = Self.bytes(300_001)
    talk.open()
    talk.send(talk.client, bytes)
    talk.recv(talk.server, bytes, left: 7)
    talk.shutdown(talk.client)
    let tshark = Tshark(try ExportedFile(talk.journal, .pcapng))
    for stream in 0...1 { #expect(try tshark.follow(stream).first == bytes) }
    try tshark.checkPeace()
    let pieces = try tshark.fields(
      "tcp.len", "frame.time_epoch", "frame.comment", where: "tcp.len>0 and frame.interface_name==\"client\"")
    #expect(pieces.map(\.[0]) == ["65495", "65495", "65495", "65495", "38021"])
    #expect(
      pieces.map { $0[1].suffix(9) } == ["001105000", "001105001", "001105002", "001105003", "001105004"])
    #expect(pieces.map { !$0[2].isEmpty } == [true, false, false, false, false])
  }

  @Test("Many packets one way are acknowledged now and then")
  func many() throws {
    var talk = Talk()
    talk.open()
    for _ in 0..<2000 { talk.recv(talk.server, Self.bytes(100), left: 0) }
    let tshark = Tshark(try ExportedFile(talk.journal, .pcapng))
    try tshark.checkPeace()
    #expect(try tshark.follow(1).first.count == 200_000)
  }

  @Test("Dropped bytes leave their packets, with the length that they had")
  func dropped() throws {
    var talk = Talk(memory: 4 << 20)
    talk.open()
    let bytes = Self.bytes(60_000)
    for _ in 0..<200 { talk.recv(talk.server, bytes, left: 0) }
    let file = try ExportedFile(talk.journal, .pcapng)
    let tshark = Tshark(file)
    try tshark.checkPeace()
    let lengths = try tshark.fields("frame.cap_len", "frame.len", where: "tcp.len>0")
    #expect(lengths.first == ["54", "60054"])
    #expect(lengths.last == ["60054", "60054"])
    #expect(file.tally.goneBytes > 0)
    #expect(try tshark.fields("frame.comment", where: "tcp.len>0").first?[0].contains("dropped") == true)
  }

  @Test("What was peeked is there once, and a read end of our own is no FIN")
  func peeked() throws {
    var talk = Talk()
    talk.open()
    talk.recv(talk.server, [1, 2], flags: .peek)
    talk.recv(talk.server, [1, 2, 3])
    talk.shutdown(talk.server, .read)
    talk.recv(talk.server, [])
    let tshark = Tshark(try ExportedFile(talk.journal, .pcapng))
    #expect(try tshark.follow(1).first == [1, 2, 3])
    #expect(try tshark.fields("frame.number", where: "tcp.flags.fin==1") == [])
    try tshark.checkPeace()
  }

  @Test("Unix streams are conversations too, with the path in the description")
  func unix() throws {
    var talk = Talk(kind: .unix, local: "/run/a \u{1b}[2J.s", peer: "")
    talk.open()
    talk.send(talk.client, [1, 2, 3])
    talk.recv(talk.server, [1, 2, 3])
    talk.close(talk.client)
    let tshark = Tshark(try ExportedFile(talk.journal, .pcapng))
    for stream in 0...1 { #expect(try tshark.follow(stream).first == [1, 2, 3]) }
    try tshark.checkPeace()
    let about = try tshark.fields("frame.interface_description").map(\.[0])
    #expect(about.first?.contains("/run/a ") == true)
    #expect(about.first?.contains("\u{1b}") == false)
  }

  @Test("Datagrams keep their boundaries; joined ones are told apart, cut ones have their length")
  func datagrams() throws {
    var talk = Talk(kind: .udp, local: "127.0.0.1:7000", peer: "127.0.0.1:7001")
    let bytes = Self.bytes(25)
    talk.send(talk.client, bytes)
    talk.recv(talk.server, bytes, conditions: .datagram, from: "127.0.0.1:7001")
    talk.recv(talk.server, [], conditions: .datagram, from: "127.0.0.1:7001")
    talk.send(talk.client, Self.bytes(65_507))
    var joined = Record.recv(
      talk.server, from: 1, to: 2, asked: 100, result: 25, flags: [], conditions: .datagram)
    joined.segmentSize = 10
    joined.address = talk.writer.intern(address: "127.0.0.1:7001")
    bytes.withUnsafeBytes { _ = talk.writer.append(joined, payload: $0) }
    var cut = Record.recv(
      talk.server, from: 3, to: 4, asked: 4, result: 4, flags: [], conditions: [.datagram, .truncated])
    (cut.lost, cut.address) = (6, talk.writer.intern(address: "127.0.0.1:7001"))
    bytes.prefix(4).withUnsafeBytes { _ = talk.writer.append(cut, payload: $0) }
    let tshark = Tshark(try ExportedFile(talk.journal, .pcapng))
    let rows = try tshark.fields("udp.srcport", "udp.length", "frame.cap_len", "frame.len")
    #expect(
      rows.map { $0.joined(separator: " ") } == [
        "7001 33 67 67", "7001 33 67 67", "7001 8 42 42", "7001 65515 65549 65549", "7001 18 52 52",
        "7001 18 52 52", "7001 13 47 47", "7001 18 46 52",
      ])
    try tshark.checkPeace()
  }

  @Test("A Unix datagram that UDP cannot hold is there as it is")
  func large() throws {
    var talk = Talk(kind: .unixDatagram, local: "/run/d", peer: "")
    let bytes = Self.bytes(100_000)
    talk.recv(talk.server, bytes, conditions: .datagram, from: "/run/e")
    talk.recv(talk.server, [5], conditions: .datagram, from: "/run/e")
    let tshark = Tshark(try ExportedFile(talk.journal, .pcapng))
    let rows = try tshark.fields("frame.interface_name", "frame.protocols", "data.len", "frame.comment")
    #expect(rows.map(\.[0]) == ["server.1 (large)", "server.1"])
    #expect(rows.map(\.[1]) == ["exported_pdu:data", "eth:ethertype:ip:udp:data"])
    #expect(rows.map(\.[2]) == ["100000", "1"])
    #expect(rows[1][3].contains("from /run/e"))
    try tshark.checkPeace()
  }

  @Test("Captured segments have an interface of their own, and only their headers")
  func segments() throws {
    var talk = Talk()
    talk.open()
    talk.send(talk.client, [1, 2, 3, 4, 5])
    let lo = talk.writer.intern(address: "lo")
    func passed(_ way: Direction, at time: Nanoseconds, _ segment: Segment) {
      talk.writer.append(.segment(talk.client, way, at: time, segment, on: lo))
    }
    passed(.sent, at: 1, Segment(sequence: 0, length: 0, flags: .syn, window: 65_495))
    passed(
      .received, at: 2,
      Segment(sequence: 0, acknowledgement: 1, length: 0, flags: [.syn, .ack], window: 65_483))
    passed(.sent, at: 3, Segment(sequence: 1, acknowledgement: 1, length: 0, flags: .ack, window: 65_536))
    passed(
      .sent, at: 4, Segment(sequence: 1, acknowledgement: 1, length: 5, flags: [.psh, .ack], window: 65_536))
    passed(.received, at: 5, Segment(sequence: 1, acknowledgement: 6, length: 0, flags: .ack, window: 65_536))
    passed(.sent, at: 6, Segment(length: 5, flags: .ack))
    let file = try ExportedFile(talk.journal, .pcapng)
    let tshark = Tshark(file)
    let rows = try tshark.fields(
      "frame.cap_len", "frame.len", "tcp.seq", "tcp.ack", where: "frame.interface_name==\"lo\"")
    #expect(
      rows.map { $0.joined(separator: " ") } == [
        "62 62 0 0", "62 62 0 1", "54 54 1 1", "54 59 1 1", "54 54 1 6",
      ])
    try tshark.checkPeace()
    #expect(file.tally.notes.count == 1)
  }

  @Test("A connection that was watched from its middle on, or filtered, keeps its sequence numbers")
  func middle() throws {
    var talk = Talk()
    for place in 0..<5 { talk.recv(talk.server, Self.bytes(10, seed: place)) }
    let late = try ExportedFile(talk.journal, .pcapng, where: "offset>=30")
    #expect(try Tshark(late).fields("tcp.seq_raw") == [["31"], ["41"]])
    try Tshark(late).checkPeace()
    #expect(try ExportedFile(talk.journal, .pcapng, limit: 2).tally.leftOut == 3)
  }
}
