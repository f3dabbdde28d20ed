/// What recv(2) says of datagrams.
extension ReceiveSentences {
  func datagram(_ reason: Reason) -> Explanation {
    let page =
      kind.map { $0.isUnix } == true ? "recv(2), DESCRIPTION; unix(7)" : "recv(2), DESCRIPTION; udp(7)"
    let what = kind == .seqpacket ? "record" : "datagram"
    if reason == .datagramEmpty {
      return Explanation(
        "An empty \(what): somebody sent 0 bytes. On this kind of socket this 0 is no end of stream.",
        page: "recv(2), RETURN VALUE")
    }
    if reason == .datagramTruncated {
      let lost =
        record.lost.map { "the last \(Explanation.bytes($0)) \($0 == 1 ? "is" : "are") gone" }
        ?? "the rest is gone, and the kernel did not say how much"
      return Explanation(
        joined,
        "The \(what) was longer than the buffer of \(Explanation.bytes(record.asked)): \(lost). The next "
          + "call gets the next \(what).",
        record.flags.contains(.truncate)
          ? "MSG_TRUNC makes recv() return the real length, not what it copied." : nil,
        page: "recv(2), MSG_TRUNC")
    }
    return Explanation(
      "One recv() returns one \(what), never bytes of two: this one has \(got), and the buffer had room "
        + "for \(record.asked).",
      arrival, page: page)
  }

  /// What UDP_GRO did; nil if it did nothing.
  var joined: String? {
    guard let count = record.segments, let size = record.segmentSize else { return nil }
    return
      "UDP_GRO joined \(Units.count(count)) datagrams of \(Explanation.bytes(size)) each, the last maybe shorter."
  }
}
