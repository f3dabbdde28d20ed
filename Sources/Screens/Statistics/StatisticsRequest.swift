import Traffic

/// Statistics that are to be made beside the screen.
public struct StatisticsRequest: Sendable, Equatable {
  /// Which they are: news of older ones come to nothing.
  public let id: Int
  public let scope: StatisticsScope
}
