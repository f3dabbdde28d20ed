import DequeModule

/// The records held, in order, in blocks. Sequence numbers are absolute: they go on when old records are dropped.
struct RecordLog: ~Copyable {
  static let perBlock = BlockPool.blockSize / MemoryLayout<Record>.stride

  private var blocks: Deque<UnsafeMutableRawPointer> = []
  /// What the records of each block are.
  private var kinds: Deque<RecordKinds> = []
  /// Sequence number of the oldest record held.
  private(set) var first = 0
  /// Sequence number that the next record gets.
  private(set) var next = 0

  var blockCount: Int { blocks.count }
  var isFull: Bool { next - first == blocks.count * Self.perBlock }

  func isHeld(_ sequence: Int) -> Bool { sequence >= first && sequence < next }

  mutating func add(_ block: UnsafeMutableRawPointer) {
    blocks.append(block)
    kinds.append([])
  }

  /// Drops the oldest block, with `perBlock` records, and returns it. There must be more than one.
  mutating func dropFirst() -> UnsafeMutableRawPointer {
    first += Self.perBlock
    kinds.removeFirst()
    return blocks.removeFirst()
  }

  mutating func append(_ record: Record) {
    address(of: next).initialize(to: record)
    kinds[kinds.count - 1].formUnion(RecordKinds(record))
    next += 1
  }

  func address(of sequence: Int) -> UnsafeMutablePointer<Record> {
    let (block, place) = (sequence - first).quotientAndRemainder(dividingBy: Self.perBlock)
    return blocks[block].assumingMemoryBound(to: Record.self) + place
  }

  subscript(sequence: Int) -> Record { address(of: sequence).pointee }

  /// A sequence number at or after one that is held: between the two there is no record of these kinds.
  func skip(from sequence: Int, to wanted: RecordKinds) -> Int {
    var block = (sequence - first) / Self.perBlock
    if block >= blocks.count || !kinds[block].isDisjoint(with: wanted) { return sequence }
    while block < blocks.count, kinds[block].isDisjoint(with: wanted) { block += 1 }
    return min(next, first + block * Self.perBlock)
  }

  /// The same backwards: the end of a range at or before one that ends with a record that is held.
  func skip(backFrom end: Int, to wanted: RecordKinds) -> Int {
    var block = (end - 1 - first) / Self.perBlock
    if !kinds[block].isDisjoint(with: wanted) { return end }
    while block >= 0, kinds[block].isDisjoint(with: wanted) { block -= 1 }
    return first + (block + 1) * Self.perBlock
  }

  deinit { for block in blocks { block.deallocate() } }
}
