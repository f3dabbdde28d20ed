import Testing

@testable import Traffic

/// Packets as bytes, from the IP header on.
enum Packets {
  static func half(_ number: Int) -> [UInt8] { [UInt8(number >> 8 & 255), UInt8(number & 255)] }

  static func word(_ number: UInt32) -> [UInt8] { half(Int(number >> 16)) + half(Int(number & 0xffff)) }

  static func tcp(
    _ from: Int = 1000, _ to: Int = 80, sequence: UInt32 = 7, acknowledgement: UInt32 = 9,
    flags: TCPFlags = .ack, window: Int = 512, options: [UInt8] = []
  ) -> [UInt8] {
    half(from) + half(to) + word(sequence) + word(acknowledgement)
      + [UInt8(((20 + options.count) / 4) << 4), flags.rawValue] + half(window) + [0, 0, 0, 0] + options
  }

  static func udp(_ from: Int = 1000, _ to: Int = 53, length: Int) -> [UInt8] {
    half(from) + half(to) + half(8 + length) + [0, 0]
  }

  static func ipv4(
    _ transport: UInt8, total: Int, options: [UInt8] = [], place: Int = 0, _ rest: [UInt8]
  ) -> [UInt8] {
    [UInt8(0x45 + options.count / 4), 0] + half(total) + half(0x1234) + half(place) + [64, transport, 0, 0]
      + [10, 0, 0, 1, 10, 0, 0, 2] + options + rest
  }

  static func ipv6(_ next: UInt8, payload: Int, _ rest: [UInt8]) -> [UInt8] {
    [0x60, 0, 0, 0] + half(payload) + [next, 64] + Array(repeating: 0, count: 15) + [1]
      + Array(repeating: 0, count: 15) + [2] + rest
  }

  static func header(_ bytes: [UInt8], captured: Int? = nil) -> SegmentHeader? {
    bytes.withUnsafeBytes { SegmentHeader($0, captured: captured ?? bytes.count) }
  }
}

@Suite("Headers of captured packets")
struct SegmentHeaderTests {
  struct Case: CustomTestStringConvertible {
    var name: String
    var bytes: [UInt8]
    var captured = 0
    var length: Int
    var ports = [1000, 80]
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "TCP in IPv4", bytes: Packets.ipv4(6, total: 140, Packets.tcp()), length: 100),
    Case(
      name: "IPv4 with options",
      bytes: Packets.ipv4(6, total: 148, options: Array(repeating: 1, count: 8), Packets.tcp()),
      length: 100),
    Case(
      name: "longer than 64 KiB: as captured", bytes: Packets.ipv4(6, total: 0, Packets.tcp()),
      captured: 70_040,
      length: 70_000),
    Case(
      name: "a first fragment", bytes: Packets.ipv4(6, total: 140, place: 0x2000, Packets.tcp()), length: 100),
    Case(
      name: "a later fragment", bytes: Packets.ipv4(17, total: 120, place: 3, []), length: 100, ports: [0, 0]),
    Case(
      name: "UDP in IPv4", bytes: Packets.ipv4(17, total: 38, Packets.udp(length: 10)), length: 10,
      ports: [1000, 53]),
    Case(
      name: "an empty datagram in IPv6", bytes: Packets.ipv6(17, payload: 8, Packets.udp(length: 0)),
      length: 0,
      ports: [1000, 53]),
    Case(name: "TCP in IPv6", bytes: Packets.ipv6(6, payload: 120, Packets.tcp()), length: 100),
    Case(
      name: "IPv6 longer than 64 KiB", bytes: Packets.ipv6(6, payload: 0, Packets.tcp()), captured: 80_060,
      length: 80_000),
    Case(
      name: "hop-by-hop and destination options",
      bytes: Packets.ipv6(
        0, payload: 144, [60, 0, 0, 0, 0, 0, 0, 0] + [6, 1] + Array(repeating: 0, count: 14) + Packets.tcp()),
      length: 100),
    Case(
      name: "a first fragment of IPv6",
      bytes: Packets.ipv6(44, payload: 128, [6, 0, 0, 1, 0, 0, 0, 9] + Packets.tcp()), length: 100),
    Case(
      name: "a later fragment of IPv6", bytes: Packets.ipv6(44, payload: 108, [17, 0, 0, 16, 0, 0, 0, 9]),
      length: 100, ports: [0, 0]),
  ]

  @Test("Length and ports", arguments: cases)
  func lengths(_ one: Case) throws {
    let header = try #require(Packets.header(one.bytes, captured: one.captured))
    #expect(header.length == one.length)
    #expect([Int(header.source.port), Int(header.destination.port)] == one.ports)
    #expect(header.isContinuation == (one.ports == [0, 0]))
    #expect((header.fragment != nil) == one.name.contains("fragment"))
  }

  @Test("The numbers, flags and options of TCP")
  func numbers() throws {
    let options: [UInt8] =
      [2, 4, 0xff, 0xd7, 1, 3, 3, 7] + [1, 1, 8, 10] + Packets.word(3) + Packets.word(4)
    let bytes = Packets.ipv4(
      6, total: 60,
      Packets.tcp(sequence: 0xffff_fffe, acknowledgement: 5, flags: [.syn, .ack], options: options))
    let header = try #require(Packets.header(bytes))
    #expect(header.sequence == 0xffff_fffe && header.acknowledgement == 5 && header.window == 512)
    #expect(header.flags.names == ["SYN", "ACK"])
    #expect(header.options.maximumSegmentSize == 65495 && header.options.windowScale == 7)
    #expect(header.options.timestamps?.value == 3 && header.options.timestamps?.echo == 4)
    #expect(
      header.source == WireEndpoint("10.0.0.1:1000")
        && header.destination == WireEndpoint("[::ffff:10.0.0.2]:80"))
    #expect(header.length == 0)
  }

  @Test(
    "Options that are broken end the list and nothing else",
    arguments: [[8, 1, 0, 0], [8, 200, 0, 0], [3, 0, 0, 0], [2, 2, 3, 3]] as [[UInt8]])
  func options(_ options: [UInt8]) throws {
    let header = try #require(Packets.header(Packets.ipv4(6, total: 44, Packets.tcp(options: options))))
    #expect(header.options == SegmentHeader.Options())
    #expect(header.length == 0)
  }

  @Test("A header that is cut short is none, and no byte beyond it is read", arguments: cases)
  func cuts(_ one: Case) {
    let first = Packets.header(one.bytes, captured: one.captured)
    for count in 0..<one.bytes.count {
      // A copy of its own: what lies behind it is not ours to read.
      let header = Packets.header(Array(one.bytes.prefix(count)), captured: one.captured)
      #expect(header == nil || header == first, "\(count) bytes")
    }
  }

  @Test("Any bytes are taken or refused, and lengths are never below 0")
  func random() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      var bytes = (0..<Int.random(in: 0..<100, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      if !bytes.isEmpty { bytes[0] = [0x45, 0x60, 0x4f, 0x46].randomElement(using: &generator)! }
      if bytes.count > 9 {
        bytes[[6, 9].randomElement(using: &generator)!] = [6, 17, 44, 0, 51].randomElement(using: &generator)!
      }
      if let header = Packets.header(bytes) { #expect(header.length >= 0, "\(bytes)") }
    }
  }

  @Test(
    "Addresses of sockets, and what is none",
    arguments: [
      ("127.0.0.1:80", "127.0.0.1:80"), ("[::ffff:127.0.0.1]:80", "127.0.0.1:80"),
      ("[::1]:9", "[0:0:0:0:0:0:0:1]:9"),
      ("[fe80::1%eth0]:1", "[fe80::1]:1"), ("[1::]:1", "[1:0:0:0:0:0:0:0]:1"), ("1.2.3:4", nil),
      ("1.2.3.4", nil),
      ("[1:2]:3", nil), ("[1::2::3]:4", nil), ("/tmp/x", nil), ("@name", nil), ("1.2.3.256:1", nil),
      ("[::g]:1", nil),
    ] as [(String, String?)])
  func endpoints(text: String, same: String?) {
    #expect(WireEndpoint(text) == same.flatMap(WireEndpoint.init))
    #expect((WireEndpoint(text) == nil) == (same == nil))
  }
}
