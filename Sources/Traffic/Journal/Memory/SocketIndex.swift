import DequeModule

/// The sequence numbers of one socket's records, in chunks, so that growing never copies what is there.
///
/// A record's rank is its place among all records of its socket, from 0; ranks go on when old records are dropped. Of each
/// sequence number the low half is kept: memory holds fewer than 2³² records at a time, so the oldest held tells the rest.
struct SocketIndex: ~Copyable {
  private static let perChunk = 512
  /// Most connections are short: the first chunk starts with this many places.
  private static let firstChunk = 8

  private var chunks: Deque<UnsafeMutablePointer<UInt32>> = []
  private var capacityOfFirst = 0
  /// Where the next number goes, and how many more have room behind it: appending mostly looks at nothing else.
  private var free: UnsafeMutablePointer<UInt32>?
  private var room = 0
  /// Rank of the first place of the first chunk.
  private var base = 0
  private(set) var ranks = 0..<0
  /// Bytes of memory in use.
  private(set) var memory = 0

  /// - Parameter rank: of the first record.
  init(from rank: Int = 0) { (base, ranks) = (rank, rank..<rank) }

  /// - Returns: bytes of memory that it grew by.
  @inline(__always)
  mutating func append(_ sequence: Int) -> Int {
    let growth = room == 0 ? grow() : 0
    free!.initialize(to: UInt32(truncatingIfNeeded: sequence))  // there is room, so there is a chunk
    free! += 1
    room -= 1
    ranks = Range(uncheckedBounds: (ranks.lowerBound, ranks.upperBound + 1))
    return growth
  }

  @inline(never)
  private mutating func grow() -> Int {
    let before = memory
    let place = ranks.upperBound - base
    if place == chunks.count * Self.perChunk {
      let capacity = chunks.isEmpty ? Self.firstChunk : Self.perChunk
      if chunks.isEmpty { capacityOfFirst = capacity }
      chunks.append(.allocate(capacity: capacity))
      memory += capacity * MemoryLayout<UInt32>.stride
      (free, room) = (chunks[chunks.count - 1], capacity)
    } else {
      // The first and only chunk, which began small.
      let grown = UnsafeMutablePointer<UInt32>.allocate(capacity: Self.perChunk)
      grown.initialize(from: chunks[0], count: capacityOfFirst)
      chunks[0].deallocate()
      chunks[0] = grown
      memory += (Self.perChunk - capacityOfFirst) * MemoryLayout<UInt32>.stride
      (free, room) = (grown + capacityOfFirst, Self.perChunk - capacityOfFirst)
      capacityOfFirst = Self.perChunk
    }
    return memory - before
  }

  /// Forgets the oldest record of the socket.
  mutating func dropFirst() {
    ranks = ranks.lowerBound + 1..<ranks.upperBound
    while !chunks.isEmpty, ranks.lowerBound - base >= Self.perChunk {
      chunks.removeFirst().deallocate()
      memory -= capacityOfFirst * MemoryLayout<UInt32>.stride
      capacityOfFirst = chunks.isEmpty ? 0 : Self.perChunk
      base += Self.perChunk
    }
    if chunks.isEmpty { (free, room) = (nil, 0) }
  }

  /// The sequence number of the record with a rank that is held.
  /// - Parameter oldest: the sequence number of the oldest record held, of any socket.
  func sequence(of rank: Int, oldest: Int) -> Int {
    let place = rank - base
    let low = (chunks[place / Self.perChunk] + place % Self.perChunk).pointee
    return oldest + Int(low &- UInt32(truncatingIfNeeded: oldest))
  }

  /// The rank of the first record at or after a sequence number; `ranks.upperBound` if there is none.
  func rank(atOrAfter sequence: Int, oldest: Int) -> Int {
    var (low, high) = (ranks.lowerBound, ranks.upperBound)
    while low < high {
      let middle = low + (high - low) / 2
      if self.sequence(of: middle, oldest: oldest) < sequence { low = middle + 1 } else { high = middle }
    }
    return low
  }

  deinit { for chunk in chunks { chunk.deallocate() } }
}
