import Traffic

/// A search through a stream, which goes on between keys until it has found something.
struct Find: Sendable {
  enum Outcome: Hashable, Sendable {
    case match(Range<Int64>)
    /// It is nowhere in the stream.
    case nothing
    /// There is more to search.
    case notYet
  }

  /// Bytes that are searched before the next key gets its turn.
  private static let reach: Int64 = 4 << 20

  private let pattern: Pattern
  private var search: StreamSearch
  /// It began anew at the stream's beginning.
  private var hasWrapped = false

  init(_ pattern: Pattern, in stream: ByteStream, from start: Int64) {
    self.pattern = pattern
    search = StreamSearch(stream, for: pattern, from: start)
  }

  /// Searches on for a while.
  /// - Parameter stream: where it begins anew after the end.
  mutating func goOn(_ stream: ByteStream) -> Outcome {
    while true {
      switch search.find(reach: Self.reach) {
      case .match(let range): return .match(range)
      case .notYet: return .notYet
      case .nothing where hasWrapped: return .nothing
      case .nothing:
        hasWrapped = true
        search = StreamSearch(stream, for: pattern, from: 0)
      }
    }
  }

  /// What is said of an outcome.
  /// - Parameters:
  ///   - nextKey: the key that finds the next match.
  ///   - stream: whose bytes were searched: `received by server.1`.
  func words(_ outcome: Outcome, nextKey: String, stream: String) -> String {
    switch outcome {
    case .match(let range):
      let place = "\(pattern.text) at \(HexLine.offsetText(range.lowerBound))"
      return "\(hasWrapped ? "\(place), from the beginning again" : place); \(nextKey) finds the next"
    case .nothing: return "\(pattern.text) is nowhere in what was \(stream)"
    case .notYet: return "searching … \(Units.size(search.position)); Esc stops"
    }
  }
}
