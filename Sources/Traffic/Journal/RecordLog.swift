import DequeModule

/// The records held, in order, in blocks. Sequence numbers are absolute: they go on when old records are dropped.
struct RecordLog: ~Copyable {
  static let perBlock = BlockPool.blockSize / MemoryLayout<Record>.stride

  private var blocks: Deque<UnsafeMutableRawPointer> = []
  /// Sequence number of the oldest record held.
  private(set) var first = 0
  /// Sequence number that the next record gets.
  private(set) var next = 0

  var blockCount: Int { blocks.count }
  var isFull: Bool { next - first == blocks.count * Self.perBlock }

  mutating func add(_ block: UnsafeMutableRawPointer) { blocks.append(block) }

  /// Drops the oldest block, with `perBlock` records, and returns it. There must be more than one.
  mutating func dropFirst() -> UnsafeMutableRawPointer {
    first += Self.perBlock
    return blocks.removeFirst()
  }

  mutating func append(_ record: Record) {
    address(of: next).initialize(to: record)
    next += 1
  }

  func address(of sequence: Int) -> UnsafeMutablePointer<Record> {
    let (block, place) = (sequence - first).quotientAndRemainder(dividingBy: Self.perBlock)
    return blocks[block].assumingMemoryBound(to: Record.self) + place
  }

  subscript(sequence: Int) -> Record { address(of: sequence).pointee }

  deinit { for block in blocks { block.deallocate() } }
}
