import DequeModule

/// All payload bytes held, in the order of their records, in blocks. A position is absolute: it goes on when old bytes go.
struct PayloadLog: ~Copyable {
  private var blocks: Deque<UnsafeMutableRawPointer> = []
  /// Position of the oldest byte held.
  private(set) var first: Int64 = 0
  /// Position of the next byte.
  private(set) var next: Int64 = 0

  var blockCount: Int { blocks.count }
  /// Bytes that fit before a further block is needed.
  var room: Int { blocks.count * BlockPool.blockSize - Int(next - first) }

  mutating func add(_ block: UnsafeMutableRawPointer) { blocks.append(block) }

  /// Drops the oldest block and returns it. There must be more than one.
  mutating func dropFirst() -> UnsafeMutableRawPointer {
    first += Int64(BlockPool.blockSize)
    return blocks.removeFirst()
  }

  /// Adds bytes; there must be room.
  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    forEachPiece(at: next, count: bytes.count) { memory, range in
      memory.copyMemory(from: bytes.baseAddress! + range.lowerBound, byteCount: range.count)
    }
    next += Int64(bytes.count)
  }

  /// Copies bytes that are held to the end of an array.
  func copy(from position: Int64, count: Int, to bytes: inout [UInt8]) {
    forEachPiece(at: position, count: count) { memory, range in
      bytes.append(contentsOf: UnsafeRawBufferPointer(start: memory, count: range.count))
    }
  }

  private func forEachPiece(
    at position: Int64, count: Int, _ body: (UnsafeMutableRawPointer, Range<Int>) -> Void
  ) {
    var done = 0
    while done < count {
      let (block, place) = (Int(position - first) + done).quotientAndRemainder(
        dividingBy: BlockPool.blockSize)
      let piece = min(count - done, BlockPool.blockSize - place)
      body(blocks[block] + place, done..<done + piece)
      done += piece
    }
  }

  deinit { for block in blocks { block.deallocate() } }
}
