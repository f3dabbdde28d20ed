import Glibc

/// An fd_set of any length: FD_SET, FD_CLR and FD_ISSET for descriptors beyond 1023 too.
struct DescriptorSet {
  private var words: [Int] = .init(repeating: 0, count: 1024 / Int.bitWidth)
  /// One more than the highest descriptor: select's first argument.
  private(set) var limit: CInt = 0

  init() {}

  mutating func insert(_ descriptor: CInt) {
    let (word, bit) = Self.place(descriptor)
    reserve(descriptor + 1)
    words[word] |= 1 << bit
    limit = max(limit, descriptor + 1)
  }

  /// Makes it long enough for the descriptors below a limit.
  mutating func reserve(_ limit: CInt) {
    let count = (Int(limit) + Int.bitWidth - 1) / Int.bitWidth
    if count > words.count { words += [Int](repeating: 0, count: count - words.count) }
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

  mutating func withPointer<R>(_ body: (UnsafeMutablePointer<fd_set>) -> R) -> R {
    // It is never empty.
    words.withUnsafeMutableBytes { body($0.baseAddress!.assumingMemoryBound(to: fd_set.self)) }
  }

  private static func place(_ descriptor: CInt) -> (word: Int, bit: Int) {
    (Int(descriptor) / Int.bitWidth, Int(descriptor) % Int.bitWidth)
  }
}
