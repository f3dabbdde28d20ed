/// What the headers of a captured packet say, from the IP header on; no byte of its payload.
public struct SegmentHeader: Sendable, Equatable {
  public enum Transport: UInt8, Sendable {
    case tcp = 6
    case udp = 17
  }

  /// Options of TCP that are looked at; nil where the segment has not got one.
  public struct Options: Sendable, Equatable {
    /// Kind 2, bytes of payload.
    public var maximumSegmentSize: UInt16?
    /// Kind 3, bits to shift by; at most 14. See RFC 7323, section 2.3.
    public var windowScale: UInt8?
    /// Kind 8
    public var timestamps: (value: UInt32, echo: UInt32)?

    public static func == (one: Self, other: Self) -> Bool {
      one.maximumSegmentSize == other.maximumSegmentSize && one.windowScale == other.windowScale
        && one.timestamps?.value == other.timestamps?.value && one.timestamps?.echo == other.timestamps?.echo
    }
  }

  /// A packet that was cut on its way: which part of a datagram it is.
  public struct Fragment: Sendable, Equatable {
    /// What all fragments of one datagram have in common, beside their addresses.
    public var identification: UInt32
    /// Its first byte, from the end of the IP header on.
    public var offset: Int
    public var hasMore: Bool
  }

  public var transport: Transport
  /// With port 0 where a later fragment does not say it.
  public var source: WireEndpoint
  public var destination: WireEndpoint
  public var fragment: Fragment?
  /// Bytes of payload behind the transport's header; of a later fragment, behind the IP header.
  public var length: Int
  public var sequence: UInt32 = 0
  public var acknowledgement: UInt32 = 0
  public var flags: TCPFlags = []
  /// As the header has it, unscaled.
  public var window: UInt16 = 0
  public var options = Options()

  /// True for a fragment without the transport's header.
  public var isContinuation: Bool { fragment.map { $0.offset > 0 } ?? false }

  /// Reads a packet.
  /// - Parameters:
  ///   - bytes: of it, from the IP header on; may end early.
  ///   - captured: how long the packet was when it was captured. It counts where the IP header says 0: more than 64 KiB,
  ///     before the card cuts it (TSO) or after it was joined (GRO).
  /// - Returns: nil where it is neither TCP nor UDP, is broken, or ends before the ports are known.
  public init?(_ bytes: UnsafeRawBufferPointer, captured: Int) {
    var reader = HeaderReader(bytes)
    guard let first = reader.byte(at: 0) else { return nil }
    switch first >> 4 {
    case 4: self.init(ipv4: &reader, captured: captured)
    case 6: self.init(ipv6: &reader, captured: captured)
    default: return nil
    }
  }

  /// See RFC 791, section 3.1.
  private init?(ipv4 reader: inout HeaderReader, captured: Int) {
    guard let first = reader.byte(at: 0), let total = reader.half(at: 2),
      let identification = reader.half(at: 4),
      let place = reader.half(at: 6), let transport = reader.byte(at: 9).flatMap(Transport.init),
      let source = reader.word(at: 12), let destination = reader.word(at: 16)
    else { return nil }
    let header = Int(first & 15) * 4
    let whole = total == 0 ? captured : Int(total)
    guard header >= 20, whole >= header else { return nil }
    let (offset, hasMore) = (Int(place & 0x1fff) * 8, place & 0x2000 != 0)
    self.init(
      transport, from: WireEndpoint(ipv4: source, port: 0), to: WireEndpoint(ipv4: destination, port: 0),
      fragment: offset > 0 || hasMore
        ? Fragment(identification: UInt32(identification), offset: offset, hasMore: hasMore) : nil,
      at: header, rest: whole - header, &reader)
  }

  /// See RFC 8200, sections 3 and 4.
  private init?(ipv6 reader: inout HeaderReader, captured: Int) {
    guard let payload = reader.half(at: 4), var next = reader.byte(at: 6), let source = reader.address(at: 8),
      let destination = reader.address(at: 24)
    else { return nil }
    let end = payload == 0 ? captured : 40 + Int(payload)
    var (position, fragment) = (40, Fragment?.none)
    while Transport(rawValue: next) == nil {
      guard let following = reader.byte(at: position), let length = reader.byte(at: position + 1) else {
        return nil
      }
      switch next {
      case 0, 43, 60, 135:  // hop-by-hop options, routing, destination options, mobility
        position += (Int(length) + 1) * 8
      case 51:  // authentication; see RFC 4302
        position += (Int(length) + 2) * 4
      case 44:
        guard fragment == nil, let place = reader.half(at: position + 2),
          let identification = reader.word(at: position + 4)
        else { return nil }
        // One that is neither preceded nor followed by others is whole: RFC 6946.
        if place & ~6 != 0 {
          fragment = Fragment(
            identification: identification, offset: Int(place & 0xfff8), hasMore: place & 1 == 1)
        }
        position += 8
      default: return nil
      }
      next = following
      // Behind a later fragment's header comes no header any more, but the middle of what was cut.
      if let fragment, fragment.offset > 0, Transport(rawValue: next) == nil { return nil }
    }
    guard let transport = Transport(rawValue: next), end >= position else { return nil }
    self.init(
      transport, from: WireEndpoint(high: source.high, low: source.low, port: 0),
      to: WireEndpoint(high: destination.high, low: destination.low, port: 0), fragment: fragment,
      at: position, rest: end - position, &reader)
  }

  /// - Parameter rest: bytes of the packet from `position` on.
  private init?(
    _ transport: Transport, from source: WireEndpoint, to destination: WireEndpoint, fragment: Fragment?,
    at position: Int, rest: Int, _ reader: inout HeaderReader
  ) {
    (self.transport, self.source, self.destination, self.fragment) = (
      transport, source, destination, fragment
    )
    length = rest
    if isContinuation { return }
    guard let from = reader.half(at: position), let to = reader.half(at: position + 2) else { return nil }
    self.source = WireEndpoint(high: source.high, low: source.low, port: from)
    self.destination = WireEndpoint(high: destination.high, low: destination.low, port: to)
    switch transport {
    case .udp:
      guard rest >= 8 else { return nil }
      length = rest - 8
    case .tcp:
      guard readTCP(at: position, rest: rest, &reader) else { return nil }
    }
  }

  /// See RFC 9293, section 3.1.
  private mutating func readTCP(at position: Int, rest: Int, _ reader: inout HeaderReader) -> Bool {
    guard let sequence = reader.word(at: position + 4), let acknowledgement = reader.word(at: position + 8),
      let size = reader.byte(at: position + 12), let flags = reader.byte(at: position + 13),
      let window = reader.half(at: position + 14)
    else { return false }
    let header = Int(size >> 4) * 4
    guard header >= 20, rest >= header else { return false }
    (self.sequence, self.acknowledgement, self.window) = (sequence, acknowledgement, window)
    self.flags = TCPFlags(rawValue: flags)
    length = rest - header
    options = reader.options(in: position + 20..<position + header)
    return true
  }
}
