/// What the wire carried, and what that means for the connection.
struct SegmentSentences {
  /// The longest payload of a segment in a frame of 1500 bytes that is TCP: 20 bytes of IP, 20 of TCP.
  private static let usualMaximum = 1460
  /// The least that IP and TCP take of a packet.
  private static let leastHeaders = 40

  private let record: Record
  private let interface: String?

  init(_ record: Record, _ around: Explanation.Circumstances) {
    (self.record, interface) = (record, around.interface)
  }

  var explanation: Explanation {
    guard let segment = record.segment, let way = record.wireWay else { return Explanation(nil, page: nil) }
    let place = interface.map { " on \($0)" } ?? ""
    let passed =
      "It passed\(place) at this time, and was \(way.word) by the kernel, not by a call: calls take and give bytes, and the "
      + "kernel cuts them."
    if segment.isDatagram {
      return Explanation(
        segment.marks.contains(.fragment)
          ? "Part of a datagram that was longer than the interface takes at a time: it arrives whole or not at all."
          : "A datagram. What one send() gave is one datagram, and one recv() takes one.",
        passed, page: "udp(7)")
    }
    return Explanation(
      opening(segment), mark(segment), unknown(segment),
      Self.reason(forLengthOf: record, on: interface), passed, page: "tcp(7)")
  }

  private func opening(_ segment: Segment) -> String? {
    let flags = segment.flags
    if flags.contains(.rst) {
      return flags.contains(.ack) && segment.sequence == nil
        ? "RST: nobody listens there, or the connection is not known to who answers. It has no number of its own, as no "
          + "connection was there that could have begun to count."
        : "RST: the sender gives the connection up at once; bytes under way are thrown away."
    }
    if flags.contains([.syn, .ack]) { return "SYN and ACK: the second step of the three-way handshake." }
    if flags.contains(.syn) { return "SYN: the first step of the three-way handshake." }
    if flags.contains(.fin) {
      return "FIN: the sender has no more bytes after these; the other way stays open."
    }
    if segment.length == 0, segment.marks.isEmpty {
      return "A pure ACK: it carries no bytes, and says what has come and how much more fits."
    }
    return nil
  }

  private func mark(_ segment: Segment) -> String? {
    let marks = segment.marks
    if marks.contains(.retransmission) {
      return "A retransmission: some of it was on the wire before, and its sender had no ACK for it in time."
    }
    if marks.contains(.zeroWindowProbe) {
      return "A zero-window probe: the sender asks whether the receiver takes bytes again."
    }
    if marks.contains(.zeroWindow) {
      return
        "Zero window: the receive queue of the end that sent this is full, as recv() is not called fast enough there; the other end must wait."
    }
    if marks.contains(.windowUpdate) {
      return
        "A window update: nothing new is acknowledged, but the window changed, mostly as recv() made room."
    }
    if marks.contains(.keepAlive) {
      return "A keep-alive: an old sequence number again, which the peer has to answer if it is there."
    }
    if marks.contains(.keepAliveACK) { return "The answer to a keep-alive." }
    if marks.contains(.duplicateACK) {
      return
        "A duplicate ACK: something came that does not follow what came before. Three of them make the sender retransmit."
    }
    if marks.contains(.outOfOrder) { return "It came after later bytes: out of order." }
    if marks.contains(.previousNotCaptured) {
      return "Bytes before it were not seen: they are late, were lost, or were not captured."
    }
    return nil
  }

  private func unknown(_ segment: Segment) -> String? {
    segment.sequence == nil && !segment.flags.contains(.rst)
      ? "Its place in the stream is unknown: the connection is older than the capture, which has not seen its SYN."
      : nil
  }

  /// Why a segment is longer than one of Ethernet; nil if it is not.
  /// - Parameter name: what it is called.
  static func reason(forLengthOf segment: Record, on interface: String?, name: String = "It") -> String? {
    let length = Int(segment.result)
    guard length > min(usualMaximum, (segment.mtu ?? .max) - leastHeaders) else { return nil }
    let place = interface ?? "there"
    guard let mtu = segment.mtu else {
      return
        "\(name) is longer than the \(Units.count(usualMaximum)) B that an Ethernet frame of 1 500 B takes; the MTU of "
        + "\(place) is not known."
    }
    return isLonger(segment, than: mtu)
      ? "\(name) is longer than the MTU of \(place), \(Units.count(mtu)) B: the card cuts it later (TSO, GSO), or has joined "
        + "what came (GRO). ethtool -K \(interface ?? "DEV") tso off gso off gro off makes it as the cable has it."
      : "\(name) is this long because \(place) takes packets of \(Units.count(mtu)) B (its MTU)."
  }

  /// True if a segment is not as the cable carries it.
  static func isJoined(_ segment: Record) -> Bool {
    segment.mtu.map { isLonger(segment, than: $0) } ?? (Int(segment.result) > usualMaximum)
  }

  private static func isLonger(_ segment: Record, than mtu: Int) -> Bool {
    Int(segment.result) > mtu - leastHeaders
  }
}
