/// The header of a TLS record (RFC 8446, 5.1).
struct TLSHeader: HeaderFormat {
  private static let width = 5
  /// That of TLS 1.2, with room for what encryption adds (RFC 5246, 6.2.3); TLS 1.3 allows less.
  private static let longest: Int64 = (1 << 14) + 2048

  func read(_ header: UnsafeRawBufferPointer) -> HeaderReading {
    let kind: MessageKind
    switch header[0] {
    case 20: kind = .changeCipherSpec
    case 21: kind = .alert
    case 22: kind = .handshake
    case 23: kind = .applicationData
    case 24: kind = .heartbeat
    default: return .bad(1)
    }
    if header.count > 1, header[1] != 3 { return .bad(2) }
    guard header.count >= Self.width else { return .more(header.count < 2 ? 2 : Self.width) }
    let length = Int64(header[3]) << 8 | Int64(header[4])
    let whole = length + Int64(Self.width)
    return length > Self.longest
      ? .tooLong(whole, content: Self.width, kind: kind)
      : .message(length: whole, content: Self.width, kind: kind)
  }
}
