/// The lab in play is to be played many times, beside the screen.
public struct TrialsRequest: Sendable, Hashable {
  /// Which it is: news of older ones come to nothing.
  public let id: Int
  /// Runs, of each size if there are any.
  public let count: Int
  /// Of recv, each with runs of its own; none counts outcomes.
  public let sizes: [Int]

  public init(id: Int, count: Int, sizes: [Int]) { (self.id, self.count, self.sizes) = (id, count, sizes) }

  /// Runs in all.
  public var total: Int { count * max(1, sizes.count) }
}
