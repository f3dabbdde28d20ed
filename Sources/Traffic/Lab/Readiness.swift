/// What select(2) says of a socket.
public struct Readiness: OptionSet, Sendable, Hashable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let readable = Readiness(rawValue: 1 << 0)
  public static let writable = Readiness(rawValue: 1 << 1)
  public static let exceptional = Readiness(rawValue: 1 << 2)

  /// Every one with its word.
  public static let words: [(readiness: Readiness, word: String)] = [
    (.readable, "readable"), (.writable, "writable"), (.exceptional, "exceptional"),
  ]

  /// The words of those that hold, or `none`.
  public var text: String {
    isEmpty ? "none" : Self.words.filter { contains($0.readiness) }.map(\.word).joined(separator: " ")
  }
}
