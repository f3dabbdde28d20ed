import DequeModule

/// All matches of a search so far, in the order of the journal. They are counted however many they are; the newest of them
/// are kept.
public struct FoundMatches: Sendable {
  public static let most = 1 << 20

  private let limit: Int
  private var matches: Deque<FoundMatch> = []
  /// Matches before those that are kept.
  private var forgotten = 0

  public init(limit: Int = FoundMatches.most) { self.limit = limit }

  public var count: Int { forgotten + matches.count }

  /// Adds what was found next. Matches come by their ends: one that reaches over several chunks may begin before others
  /// that are known.
  public mutating func add(_ more: [FoundMatch]) {
    for match in more {
      if let last = matches.last, match < last {
        matches.insert(match, at: place(of: match))
      } else {
        matches.append(match)
      }
      if matches.count > limit { drop(1) }
    }
  }

  /// Forgets those whose records are no longer held.
  public mutating func drop(before sequence: Int) {
    guard let first = matches.first, first.sequence < sequence else { return }
    drop(place(of: FoundMatch(sequence: sequence, place: 0, length: 0)))
  }

  private mutating func drop(_ count: Int) {
    matches.removeFirst(count)
    forgotten += count
  }

  /// The first match that begins at a place in the journal or after it.
  public func first(from sequence: Int, _ place: Int) -> FoundMatch? {
    let index = self.place(of: FoundMatch(sequence: sequence, place: place, length: 0))
    return index < matches.count ? matches[index] : nil
  }

  /// The last match that begins before a place in the journal.
  public func last(before sequence: Int, _ place: Int) -> FoundMatch? {
    let index = self.place(of: FoundMatch(sequence: sequence, place: place, length: 0))
    return index > 0 ? matches[index - 1] : nil
  }

  /// The first of those that are kept, and the last.
  public var first: FoundMatch? { matches.first }
  public var last: FoundMatch? { matches.last }

  /// Which one it is of all, from 1; nil if it is none of those that are kept.
  public func number(of match: FoundMatch) -> Int? {
    let index = place(of: match)
    return index < matches.count && matches[index] == match ? forgotten + index + 1 : nil
  }

  /// How many are not before it.
  private func place(of match: FoundMatch) -> Int {
    var (low, high) = (0, matches.count)
    while low < high {
      let middle = low + (high - low) / 2
      if matches[middle] < match { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
