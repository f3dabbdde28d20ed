import DequeModule

/// The sequence numbers of one socket's records, in chunks, so that growing never copies what is there.
///
/// A record's rank is its place among all records of its socket, from 0; ranks go on when old records are dropped.
struct SocketIndex: ~Copyable {
  private static let perChunk = 512
  /// Most connections are short: the first chunk starts with this many places.
  private static let firstChunk = 16

  private var chunks: Deque<UnsafeMutablePointer<Int>> = []
  private var capacityOfFirst = 0
  /// Rank of the first place of the first chunk: a multiple of `perChunk`.
  private var base = 0
  private(set) var ranks = 0..<0
  /// Bytes of memory in use.
  private(set) var memory = 0

  /// - Returns: bytes of memory that it grew by.
  mutating func append(_ sequence: Int) -> Int {
    let before = memory
    let place = ranks.upperBound - base
    if place == chunks.count * Self.perChunk {
      let capacity = chunks.isEmpty ? Self.firstChunk : Self.perChunk
      if chunks.isEmpty { capacityOfFirst = capacity }
      chunks.append(.allocate(capacity: capacity))
      memory += capacity * MemoryLayout<Int>.stride
    } else if place == capacityOfFirst, chunks.count == 1, capacityOfFirst < Self.perChunk {
      let grown = UnsafeMutablePointer<Int>.allocate(capacity: Self.perChunk)
      grown.initialize(from: chunks[0], count: capacityOfFirst)
      chunks[0].deallocate()
      chunks[0] = grown
      memory += (Self.perChunk - capacityOfFirst) * MemoryLayout<Int>.stride
      capacityOfFirst = Self.perChunk
    }
    address(of: place).initialize(to: sequence)
    ranks = ranks.lowerBound..<ranks.upperBound + 1
    return memory - before
  }

  /// Forgets the oldest record of the socket.
  mutating func dropFirst() {
    ranks = ranks.lowerBound + 1..<ranks.upperBound
    while !chunks.isEmpty, ranks.lowerBound - base >= Self.perChunk {
      chunks.removeFirst().deallocate()
      memory -= capacityOfFirst * MemoryLayout<Int>.stride
      capacityOfFirst = chunks.isEmpty ? 0 : Self.perChunk
      base += Self.perChunk
    }
  }

  /// The sequence number of the record with a rank that is held.
  subscript(rank: Int) -> Int { address(of: rank - base).pointee }

  /// The rank of the first record at or after a sequence number; `ranks.upperBound` if there is none.
  func rank(atOrAfter sequence: Int) -> Int {
    var (low, high) = (ranks.lowerBound, ranks.upperBound)
    while low < high {
      let middle = low + (high - low) / 2
      if self[middle] < sequence { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func address(of place: Int) -> UnsafeMutablePointer<Int> {
    chunks[place / Self.perChunk] + place % Self.perChunk
  }

  deinit { for chunk in chunks { chunk.deallocate() } }
}
