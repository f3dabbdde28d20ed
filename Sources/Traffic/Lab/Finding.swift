/// What a measure gave.
public enum Finding: Sendable, Equatable {
  case results([Expectation.Result])
  case count(Int64)
  case time(Nanoseconds)
  case ready(Readiness)
  /// There is nothing to look at, in words.
  case nothing(String)

  public var text: String {
    switch self {
    case .results(let results): results.map(\.text).joined(separator: " ")
    case .count(let count): "\(count)"
    case .time(let time): Units.duration(time)
    case .ready(let readiness): readiness.text
    case .nothing(let words): words
    }
  }
}
