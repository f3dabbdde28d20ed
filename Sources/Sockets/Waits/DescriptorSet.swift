import Glibc

/// An fd_set of any length: FD_SET, FD_CLR and FD_ISSET for descriptors beyond 1023 too.
struct DescriptorSet {
  private var words: [Int] = .init(repeating: 0, count: 1024 / Int.bitWidth)
  /// One more than the highest descriptor: select's first argument.
  private(set) var limit: CInt = 0

  init() {}

  /// A set of the same length with nothing in it.
  init(emptyLike other: DescriptorSet) { words = .init(repeating: 0, count: other.words.count) }

  mutating func insert(_ descriptor: CInt) {
    let (word, bit) = Self.place(descriptor)
    if word >= words.count { words += [Int](repeating: 0, count: word - words.count + 1) }
    words[word] |= 1 << bit
    limit = max(limit, descriptor + 1)
  }

  mutating func remove(_ descriptor: CInt) {
    let (word, bit) = Self.place(descriptor)
    if word < words.count { words[word] &= ~(1 << bit) }
    while limit > 0, !contains(limit - 1) { limit -= 1 }
  }

  func contains(_ descriptor: CInt) -> Bool {
    let (word, bit) = Self.place(descriptor)
    return word < words.count && words[word] & 1 << bit != 0
  }

  /// The descriptors in it, in ascending order.
  var members: [CInt] { (0..<limit).filter(contains) }

  mutating func withPointer<R>(_ body: (UnsafeMutablePointer<fd_set>) -> R) -> R {
    // It is never empty.
    words.withUnsafeMutableBytes { body($0.baseAddress!.assumingMemoryBound(to: fd_set.self)) }
  }

  private static func place(_ descriptor: CInt) -> (word: Int, bit: Int) {
    (Int(descriptor) / Int.bitWidth, Int(descriptor) % Int.bitWidth)
  }
}
