/// Equal blocks of memory that are used again and again: fresh memory costs page faults, used memory does not.
struct BlockPool: ~Copyable {
  static let blockSize = 1 << 20

  private var free: [UnsafeMutableRawPointer] = []
  /// Blocks that exist, in use or free.
  private(set) var count = 0

  mutating func take() -> UnsafeMutableRawPointer {
    if let block = free.popLast() { return block }
    count += 1
    return .allocate(byteCount: Self.blockSize, alignment: 16)
  }

  mutating func give(_ block: UnsafeMutableRawPointer) { free.append(block) }

  /// Returns a free block to the system.
  mutating func shrink() {
    guard let block = free.popLast() else { return }
    count -= 1
    block.deallocate()
  }

  var hasFree: Bool { !free.isEmpty }

  deinit { for block in free { block.deallocate() } }
}
