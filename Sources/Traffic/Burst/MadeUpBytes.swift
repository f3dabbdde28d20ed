/// Made-up bytes that are the same for the same seed, on every machine (SplitMix64, Steele, Lea and Flood
/// 2014).
struct MadeUpBytes {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }

  mutating func append(_ count: Int, to bytes: inout [UInt8]) {
    bytes.reserveCapacity(bytes.count + count)
    var left = count
    while left > 0 {
      var word = next().littleEndian
      let share = min(left, 8)
      withUnsafeBytes(of: &word) { bytes.append(contentsOf: $0.prefix(share)) }
      left -= share
    }
  }
}
