/// Where a stream is cut: offsets that a range of sizes and a seed decide, however the bytes came in.
struct Cuts {
  private let sizes: ClosedRange<Int>
  private var random: MadeUpBytes
  /// The next cut, as an offset of the stream.
  private(set) var edge: Int64

  /// - Parameter offset: of the first byte that they are for.
  init(_ sizes: ClosedRange<Int>, seed: UInt64, from offset: Int64) {
    self.sizes = sizes
    random = MadeUpBytes(seed: seed)
    edge = offset
    advance(to: offset)
  }

  /// Goes on to the first cut behind an offset.
  mutating func advance(to offset: Int64) {
    while edge <= offset {
      let width = UInt64(sizes.count)
      edge += Int64(sizes.lowerBound) + (width == 1 ? 0 : Int64(random.next() % width))
    }
  }
}
