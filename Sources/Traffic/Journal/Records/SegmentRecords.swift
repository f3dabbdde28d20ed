/// Records of what the wire carried.
extension Record {
  private static let marksShift: UInt32 = 8
  private static let sentBit: UInt32 = 1 << 24
  private static let unplacedBit: UInt32 = 1 << 25

  // MARK: Makers

  /// A segment or datagram of a socket.
  /// - Parameters:
  ///   - time: when it passed, long before it is appended, maybe: records of this kind come late.
  ///   - interface: where it passed, by the name that the journal keeps among its addresses.
  ///   - mtu: bytes that a packet may have there, from the IP header on; nil unknown.
  public static func segment(
    _ socket: SocketID, _ way: Direction, at time: Nanoseconds, _ segment: Segment, on interface: AddressID?,
    mtu: Int? = nil
  ) -> Record {
    var record = Record(.segment, socket: socket, start: time, end: time)
    record.asked = UInt32(clamping: mtu ?? 0)
    record.result = Int32(clamping: segment.length)
    record.moment = segment.acknowledgement ?? unknownMoment
    record.left = segment.window.map(Int32.init(clamping:)) ?? unknownCount
    record.other =
      UInt32(segment.flags.rawValue) | UInt32(segment.marks.rawValue) << marksShift
      | (way == .sent ? sentBit : 0) | (segment.sequence == nil ? unplacedBit : 0)
    // Where its first byte lies in the stream, or would lie if it had one.
    if let sequence = segment.sequence {
      record.offset = sequence - (segment.flags.contains(.syn) ? 0 : 1)
    }
    if segment.isDatagram { record.conditions = .datagram }
    record.address = interface
    return record
  }

  // MARK: Facts

  /// segment: what it was.
  public var segment: Segment? {
    guard kind == .segment else { return nil }
    let flags = TCPFlags(rawValue: UInt8(truncatingIfNeeded: other))
    return Segment(
      sequence: other & Self.unplacedBit != 0 ? nil : offset + (flags.contains(.syn) ? 0 : 1),
      acknowledgement: moment == Self.unknownMoment ? nil : moment, length: Int(result), flags: flags,
      window: left == Self.unknownCount ? nil : Int64(left),
      marks: SegmentMarks(rawValue: UInt16(truncatingIfNeeded: other >> Self.marksShift)),
      isDatagram: conditions.contains(.datagram))
  }

  /// segment: bytes that a packet may have where it passed, from the IP header on; nil unknown.
  public var mtu: Int? { kind == .segment && asked > 0 ? Int(asked) : nil }

  /// segment: which way it went, seen from its socket.
  public var wireWay: Direction? {
    kind == .segment ? (other & Self.sentBit == 0 ? .received : .sent) : nil
  }
}
