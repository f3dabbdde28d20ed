import DequeModule

/// All payload bytes held, in the order of their records, in blocks. A position is absolute: it goes on when old bytes go.
struct PayloadLog: ~Copyable {
  private let memory: BlockMemory
  private var blocks: Deque<UnsafeMutableRawPointer> = []
  /// Where the next byte goes: appending looks at nothing else.
  private var free: UnsafeMutableRawPointer?
  /// Bytes that fit before a further block is needed.
  private(set) var room = 0
  /// Position of the oldest byte held.
  private(set) var first: Int64 = 0
  /// Position of the next byte.
  private(set) var next: Int64 = 0

  var blockCount: Int { blocks.count }

  mutating func add(_ block: UnsafeMutableRawPointer) {
    blocks.append(block)
    (free, room) = (block, BlockPool.blockSize)
  }

  /// Drops the oldest block and returns it. There must be more than one.
  mutating func dropFirst() -> UnsafeMutableRawPointer {
    first += Int64(BlockPool.blockSize)
    return blocks.removeFirst()
  }

  /// Adds bytes, one or more; there must be room.
  @inline(__always)
  mutating func append(_ bytes: UnsafeRawPointer, count: Int) {
    let place = free!  // there is room, so there is a block
    place.copyMemory(from: bytes, byteCount: count)
    free = place + count
    room -= count
    next += Int64(count)
  }

  /// Copies bytes that are held to the end of an array.
  func copy(from position: Int64, count: Int, to bytes: inout [UInt8]) {
    var done = 0
    while done < count {
      let (block, place) = (Int(position - first) + done).quotientAndRemainder(
        dividingBy: BlockPool.blockSize)
      let piece = min(count - done, BlockPool.blockSize - place)
      bytes.append(contentsOf: UnsafeRawBufferPointer(start: blocks[block] + place, count: piece))
      done += piece
    }
  }

  /// - Parameter position: of the first byte.
  init(_ memory: BlockMemory, from position: Int64 = 0) {
    self.memory = memory
    (first, next) = (position, position)
  }

  deinit { for block in blocks { memory.free(block) } }
}
