import Traffic

/// What statistics come to so far, and how much of what there is was looked at, in percent.
public struct StatisticsNews: Sendable {
  public let id: Int
  public let statistics: TrafficStatistics
  public let percent: Int

  public init(_ request: StatisticsRequest, _ counting: JournalStatistics) {
    (id, statistics, percent) = (request.id, counting.statistics, counting.percent)
  }
}
