import DequeModule

/// The records held, in order, in blocks. Sequence numbers are absolute: they go on when old records are dropped.
struct RecordLog: ~Copyable {
  static let perBlock = BlockPool.blockSize / MemoryLayout<Record>.stride

  private let memory: BlockMemory
  private var blocks: Deque<UnsafeMutablePointer<Record>> = []
  /// What the records of each block are.
  private var kinds: Deque<RecordKinds> = []
  /// Where the next record goes, and what the newest block holds already: appending looks at nothing else.
  private var free: UnsafeMutablePointer<Record>?
  private var room = 0
  private var newest: RecordKinds = []
  /// Sequence number of the oldest record held.
  private(set) var first = 0
  /// Sequence number that the next record gets.
  private(set) var next = 0

  var blockCount: Int { blocks.count }
  var isFull: Bool { room == 0 }

  func isHeld(_ sequence: Int) -> Bool { sequence >= first && sequence < next }

  mutating func add(_ block: UnsafeMutableRawPointer) {
    if !kinds.isEmpty { kinds[kinds.count - 1] = newest }
    let records = block.assumingMemoryBound(to: Record.self)
    blocks.append(records)
    kinds.append([])
    (free, room, newest) = (records, Self.perBlock, [])
  }

  /// Drops the oldest block, with `perBlock` records, and returns it. There must be more than one.
  mutating func dropFirst() -> UnsafeMutableRawPointer {
    first += Self.perBlock
    kinds.removeFirst()
    return UnsafeMutableRawPointer(blocks.removeFirst())
  }

  /// Adds a record; there must be room.
  /// - Returns: where it lies, for what is counted in it.
  @inline(__always)
  mutating func append(_ record: Record) -> UnsafeMutablePointer<Record> {
    let place = free!  // there is room, so there is a block
    place.initialize(to: record)
    newest.formUnion(RecordKinds(record))
    free = place + 1
    room -= 1
    next += 1
    return place
  }

  func address(of sequence: Int) -> UnsafeMutablePointer<Record> {
    let (block, place) = (sequence - first).quotientAndRemainder(dividingBy: Self.perBlock)
    return blocks[block] + place
  }

  subscript(sequence: Int) -> Record { address(of: sequence).pointee }

  private func kinds(of block: Int) -> RecordKinds { block == blocks.count - 1 ? newest : kinds[block] }

  /// A sequence number at or after one that is held: between the two there is no record of these kinds.
  func skip(from sequence: Int, to wanted: RecordKinds) -> Int {
    var block = (sequence - first) / Self.perBlock
    if block >= blocks.count || !kinds(of: block).isDisjoint(with: wanted) { return sequence }
    while block < blocks.count, kinds(of: block).isDisjoint(with: wanted) { block += 1 }
    return min(next, first + block * Self.perBlock)
  }

  /// The same backwards: the end of a range at or before one that ends with a record that is held.
  func skip(backFrom end: Int, to wanted: RecordKinds) -> Int {
    var block = (end - 1 - first) / Self.perBlock
    if !kinds(of: block).isDisjoint(with: wanted) { return end }
    while block >= 0, kinds(of: block).isDisjoint(with: wanted) { block -= 1 }
    return first + (block + 1) * Self.perBlock
  }

  /// - Parameter sequence: of the first record.
  init(_ memory: BlockMemory, from sequence: Int = 0) {
    self.memory = memory
    (first, next) = (sequence, sequence)
  }

  deinit { for block in blocks { memory.free(block) } }
}
