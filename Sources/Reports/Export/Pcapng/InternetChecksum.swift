/// The checksum of IP, TCP and UDP. RFC 1071.
enum InternetChecksum {
  /// The sum of 16-bit words as they lie in memory, not folded; an odd last byte has a zero behind it. The order of bytes does
  /// not matter to such sums until they are written.
  static func sum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    guard let start = bytes.baseAddress else { return 0 }
    var sum: UInt64 = 0
    var place = 0
    // Pairs of words at a time: 2^32 of them fit into the sum.
    while place + 4 <= bytes.count {
      sum &+= UInt64(start.loadUnaligned(fromByteOffset: place, as: UInt32.self))
      place += 4
    }
    if place + 2 <= bytes.count {
      sum &+= UInt64(start.loadUnaligned(fromByteOffset: place, as: UInt16.self))
      place += 2
    }
    if place < bytes.count { sum &+= UInt64(UInt16(littleEndian: UInt16(bytes[place]))) }
    return sum
  }

  /// A 16-bit word of a header, for a sum.
  static func word(_ value: UInt16) -> UInt64 { UInt64(value.bigEndian) }

  /// The checksum of a sum, as it is written to memory.
  static func fold(_ sum: UInt64) -> UInt16 {
    var sum = (sum & 0xffff_ffff) + (sum >> 32)
    while sum >> 16 != 0 { sum = (sum & 0xffff) + (sum >> 16) }
    return ~UInt16(sum)
  }
}
