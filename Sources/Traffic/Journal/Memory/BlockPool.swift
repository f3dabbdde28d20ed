/// Equal blocks of memory that are used again and again: fresh memory costs page faults, used memory does not.
struct BlockPool: ~Copyable {
  static let blockSize = 1 << 20

  private var free: [UnsafeMutableRawPointer] = []
  /// Blocks that exist, in use or free.
  private(set) var count = 0

  private let memory: BlockMemory

  init(_ memory: BlockMemory) { self.memory = memory }

  /// A block; nil if the system has no more memory to give.
  mutating func take() -> UnsafeMutableRawPointer? {
    if let block = free.popLast() { return block }
    guard let block = memory.allocate(Self.blockSize) else { return nil }
    count += 1
    return block
  }

  mutating func give(_ block: UnsafeMutableRawPointer) { free.append(block) }

  /// Returns a free block to the system.
  mutating func shrink() {
    guard let block = free.popLast() else { return }
    count -= 1
    memory.free(block)
  }

  var hasFree: Bool { !free.isEmpty }

  deinit { for block in free { memory.free(block) } }
}
