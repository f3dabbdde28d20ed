/// What a wait call watches a descriptor for.
struct Interest: OptionSet, Sendable {
  let rawValue: UInt8

  /// Bytes, an end or an error; and what select(2) calls exceptional conditions.
  static let reading = Interest(rawValue: 1)
  /// Room in the send buffer, or the outcome of a connect(2).
  static let writing = Interest(rawValue: 2)
  /// Only what is new, told once: epoll's EPOLLET, which the other calls do not know.
  static let edge = Interest(rawValue: 4)
}
