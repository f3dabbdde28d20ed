/// Looks for one byte, eight at a time.
enum ByteScan {
  /// The place of the first one at or behind another; nil if there is none.
  static func first(_ wanted: UInt8, in bytes: UnsafeRawBufferPointer, from start: Int = 0) -> Int? {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let pattern = ones &* UInt64(wanted)
    var place = start
    while place + 8 <= bytes.count {
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)) ^ pattern
      // The lowest bit that is set lies in the first byte that is zero.
      let zeros = (word &- ones) & ~word & (ones &* 0x80)
      if zeros != 0 { return place + zeros.trailingZeroBitCount / 8 }
      place += 8
    }
    while place < bytes.count {
      if bytes[place] == wanted { return place }
      place += 1
    }
    return nil
  }
}
