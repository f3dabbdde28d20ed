import Traffic

/// The made-up headers of packets from one endpoint to another: Ethernet, IP, and TCP or UDP. What all of them share is made once.
struct PacketHeader {
  enum Transport: UInt8 {
    case tcp = 6
    case udp = 17
  }

  /// What differs from segment to segment of TCP.
  struct Segment {
    var sequence: UInt32 = 0
    var acknowledgement: UInt32 = 0
    var flags: TCPFlags
    /// As it stands in the header, not scaled.
    var window: UInt16 = .max
  }

  /// Payload that fits into any of these packets: IPv4 counts its own header, and that of TCP.
  static let mostOfTCP = 65_495
  static let mostOfUDP = 65_507
  /// Behind a SYN: the largest segment, and a scale of windows.
  static let scale: UInt8 = 14
  static let options: [UInt8] = [2, 4, UInt8(mostOfTCP >> 8), UInt8(mostOfTCP & 0xff), 1, 3, 3, scale]

  private static let ethernet = 14
  private let isIPv4: Bool
  private let transport: Transport
  private let bytes: [UInt8]
  /// Sums of what all share: the header of IPv4; addresses, protocol and ports.
  private let networkSum: UInt64
  private let transportSum: UInt64

  init(_ transport: Transport, from source: WireEndpoint, to target: WireEndpoint) {
    self.transport = transport
    isIPv4 = source.isIPv4 && target.isIPv4
    // Addresses that are administered locally; which end it is stands in the last byte.
    let isFirst = source.isOrdered(before: target)
    let stations: [UInt8] = [2, 0, 0, 0, 0, isFirst ? 2 : 1, 2, 0, 0, 0, 0, isFirst ? 1 : 2]
    let (from, to) =
      isIPv4 ? (source.addressBytes, target.addressBytes) : (source.mappedBytes, target.mappedBytes)
    let network: [UInt8] =
      isIPv4
      ? [0x45, 0, 0, 0, 0, 0, 0x40, 0, 64, transport.rawValue, 0, 0] + from + to
      : [0x60, 0, 0, 0, 0, 0, transport.rawValue, 64] + from + to
    let ports = [source.port, target.port].flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] }
    let rest = transport == .tcp ? [UInt8](repeating: 0, count: 16) : [0, 0, 0, 0]
    bytes = stations + (isIPv4 ? [0x08, 0x00] : [0x86, 0xdd]) + network + ports + rest
    networkSum = network.withUnsafeBytes(InternetChecksum.sum)
    transportSum =
      (from + to + ports).withUnsafeBytes(InternetChecksum.sum)
      + InternetChecksum.word(UInt16(transport.rawValue))
  }

  /// Bytes of all headers, without options.
  var count: Int { bytes.count }

  private var transportPlace: Int { Self.ethernet + (isIPv4 ? 20 : 40) }

  /// Writes a segment, with as many bytes of its payload as are there.
  /// - Parameter length: of all its payload.
  /// - Returns: the length of the whole packet.
  @discardableResult
  func append(
    _ segment: Segment, _ payload: UnsafeRawBufferPointer, length: Int, to output: inout ByteBuffer
  ) -> Int {
    let begin = output.count
    bytes.withUnsafeBytes { output.append(bytes: $0) }
    let isSYN = segment.flags.contains(.syn)
    if isSYN { Self.options.withUnsafeBytes { output.append(bytes: $0) } }
    let header = 20 + (isSYN ? Self.options.count : 0)
    output.append(bytes: payload)
    output.withUnsafeMutableBytes { all in
      let packet = UnsafeMutableRawBufferPointer(rebasing: all[begin...])
      let place = transportPlace
      write(network: header + length, to: packet)
      packet.store(segment.sequence, at: place + 4)
      packet.store(segment.acknowledgement, at: place + 8)
      packet[place + 12] = UInt8(header / 4) << 4
      packet[place + 13] = segment.flags.rawValue
      packet.store(segment.window, at: place + 14)
      // Of what is not there nobody knows the sum.
      if payload.count < length { return }
      let own = UnsafeRawBufferPointer(rebasing: packet[(place + 4)..<(place + header)])
      let sum =
        transportSum + InternetChecksum.sum(own) + InternetChecksum.sum(payload)
        + InternetChecksum.word(UInt16(header + length))
      packet.storeBytes(of: InternetChecksum.fold(sum), toByteOffset: place + 16, as: UInt16.self)
    }
    return Self.ethernet + (isIPv4 ? 20 : 40) + header + length
  }

  /// Writes a datagram, with as many bytes of it as are there.
  /// - Parameter length: of all its payload, at most `mostOfUDP`.
  /// - Returns: the length of the whole packet.
  @discardableResult
  func append(datagram payload: UnsafeRawBufferPointer, length: Int, to output: inout ByteBuffer) -> Int {
    let begin = output.count
    bytes.withUnsafeBytes { output.append(bytes: $0) }
    output.append(bytes: payload)
    output.withUnsafeMutableBytes { all in
      let packet = UnsafeMutableRawBufferPointer(rebasing: all[begin...])
      let place = transportPlace
      write(network: 8 + length, to: packet)
      packet.store(UInt16(8 + length), at: place + 4)
      if payload.count < length { return }
      let sum =
        transportSum + 2 * InternetChecksum.word(UInt16(8 + length)) + InternetChecksum.sum(payload)
      let checksum = InternetChecksum.fold(sum)
      // 0 would say that there is none. RFC 768.
      packet.storeBytes(of: checksum == 0 ? .max : checksum, toByteOffset: place + 6, as: UInt16.self)
    }
    return bytes.count + length
  }

  /// - Parameter length: of what lies behind the header of IP.
  private func write(network length: Int, to packet: UnsafeMutableRawBufferPointer) {
    if isIPv4 {
      // What is longer was cut by the interface, on its way out: 0, as Wireshark takes that to be.
      let total = UInt16(exactly: 20 + length) ?? 0
      packet.store(total, at: Self.ethernet + 2)
      let checksum = InternetChecksum.fold(networkSum + InternetChecksum.word(total))
      packet.storeBytes(of: checksum, toByteOffset: Self.ethernet + 10, as: UInt16.self)
    } else {
      packet.store(UInt16(exactly: length) ?? 0, at: Self.ethernet + 4)
    }
  }
}

extension UnsafeMutableRawBufferPointer {
  /// A number in the order of networks.
  fileprivate func store<Number: FixedWidthInteger>(_ number: Number, at place: Int) {
    storeBytes(of: number.bigEndian, toByteOffset: place, as: Number.self)
  }
}
