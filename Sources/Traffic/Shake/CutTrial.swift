/// Messages of which one is cut: what is tried in search of the smallest that still fails.
public struct CutTrial: Sendable, Hashable {
  /// None is empty.
  public var messages: [[UInt8]]
  /// Each offset has bytes of the message on either side.
  public var cuts: CutPlaces
  /// Of which of the first messages each of these is what is left, ascending.
  public var kept: [Int]

  init(messages: [[UInt8]], cuts: CutPlaces) {
    (self.messages, self.cuts) = (messages, cuts)
    kept = Array(messages.indices)
  }

  func cut(at offsets: [Int]) -> CutTrial {
    var trial = self
    trial.cuts.offsets = offsets
    return trial
  }

  /// Without messages of which none is the one that is cut.
  func without(messages range: Range<Int>) -> CutTrial {
    var trial = self
    trial.messages.removeSubrange(range)
    trial.kept.removeSubrange(range)
    if range.upperBound <= cuts.message { trial.cuts.message -= range.count }
    return trial
  }

  /// Without bytes that lie between two cuts: those behind them move along.
  /// - Returns: nil where a part would be empty.
  func without(_ range: Range<Int>, of message: Int) -> CutTrial? {
    let places = message == cuts.message ? cuts.offsets : []
    let start = places.last { $0 <= range.lowerBound } ?? 0
    let end = places.first { $0 >= range.upperBound } ?? messages[message].count
    if range.isEmpty || range.count == end - start { return nil }
    var trial = self
    trial.messages[message].removeSubrange(range)
    if message == cuts.message {
      trial.cuts.offsets = places.map { $0 >= range.upperBound ? $0 - range.count : $0 }
    }
    return trial
  }
}
