import Glibc
import Testing

@Suite("Against tshark")
struct TsharkTests {
  private static let canCapture = getuid() == 0 && (try? Child(["tshark", "--version"]).wait().exitCode) == 0

  /// What both tell of a segment.
  private struct Seen: Equatable {
    var isSent: Bool
    var sequence: Int
    var acknowledgement: Int?
    var length: Int
    var flags: Set<String>
    var window: Int?
    var isRetransmitted: Bool
  }

  @Test(
    "Its capture of 400 random sends has the same segments, in the same order",
    .enabled(if: canCapture, "needs tshark and CAP_NET_RAW"), arguments: ["127.0.0.1", "[::1]"])
  func same(host: String) throws {
    let port = try Peer.freePort()
    let tshark = try Child(
      [
        "tshark", "-n", "-l", "-i", "lo", "-s", "128", "-f", "tcp port \(port)", "-T", "fields", "-E",
        "separator=,",
      ]
        + [
          "tcp.srcport", "tcp.dstport", "tcp.seq", "tcp.ack", "tcp.len", "tcp.flags", "tcp.window_size",
          "tcp.analysis.retransmission", "tcp.analysis.spurious_retransmission",
        ].flatMap { ["-e", $0] })
    try passKnock(port, tshark)

    var random = SystemRandomNumberGenerator()
    let sizes = (0..<200).map { _ in Int.random(in: 1...Int.random(in: 1...40_000), using: &random) }
    let burst = sizes.map { "zeros(\($0))" }.joined(separator: " ")
    let outcome = try Program.lab(
      "wire on", "listen \(host):\(port) --as server --recv 1000 --rcvbuf 64k", "connect server --as client",
      "send client \(burst)", "send server.1 \(burst)", "wait server.1 bytes \(sizes.reduce(0, +))",
      "wait client bytes \(sizes.reduce(0, +))", "close client", "wait server.1 end", "close server.1",
      "wait 50ms")
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    let events = try outcome.events
    let local = try #require(events.of("connect", "client").first?.local?.split(separator: ":").last)
    let client = try #require(Int(local))
    let ours = events.of("segment", "client").map { event in
      Seen(
        isSent: event.way == "sent", sequence: event.sequence ?? -1, acknowledgement: event.acknowledgement,
        length: event.length ?? -1, flags: Set(event.flags ?? []), window: event.window,
        isRetransmitted: event.retransmitted == true)
    }

    let theirs = try passKnock(port, tshark).compactMap { seen(in: $0, client: client) }
    #expect(ours.count > 20 && ours.count == theirs.count)
    for (place, (our, their)) in zip(ours, theirs).enumerated() where our != their {
      Issue.record("segment \(place): \(our), tshark: \(their)")
      return
    }
  }

  /// Connects to the port at which nobody listens until tshark tells of it: what passed before that was told as well.
  /// - Returns: the lines before.
  @discardableResult
  private func passKnock(_ port: Int, _ tshark: Child) throws -> [String] {
    var lines: [String] = []
    let knock = try Peer.python(
      """
      own = ("127.0.0.1", 0)
      while True:
          with socket.socket() as knocker:
              knocker.bind(own)
              if own[1] == 0: print(knocker.getsockname()[1])
              own = knocker.getsockname()
              knocker.connect_ex(("127.0.0.1", port))
          time.sleep(0.01)
      """, port: port)
    let mark = try #require(try knock.line())
    return try withExtendedLifetime(knock) {
      while let line = try tshark.line(within: 60) {
        if line.hasPrefix("\(mark),") { return lines }
        lines.append(line)
      }
      throw HarnessError("tshark has ended.\n\(tshark.errorText)")
    }
  }

  /// A line of its fields, if it is of the connection of this client.
  private func seen(in line: String, client: Int) -> Seen? {
    let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard fields.count == 9, fields.prefix(2).contains("\(client)"),
      let bits = Int(fields[5].dropFirst(2), radix: 16)
    else { return nil }
    let names = ["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"]
    let flags = Set(names.enumerated().filter { bits >> $0.offset & 1 == 1 }.map(\.element))
    return Seen(
      isSent: fields[0] == "\(client)", sequence: Int(fields[2]) ?? -1,
      acknowledgement: flags.contains("ACK") ? Int(fields[3]) : nil, length: Int(fields[4]) ?? -1,
      flags: flags, window: Int(fields[6]), isRetransmitted: !fields[7].isEmpty || !fields[8].isEmpty)
  }
}
