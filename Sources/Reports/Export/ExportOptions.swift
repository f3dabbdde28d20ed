import Traffic

/// What of a run is written.
public struct ExportOptions: Sendable {
  /// The run's time 0, in nanoseconds since 1970.
  public var wall: Nanoseconds
  /// Of the program, for heads.
  public var version: String
  /// Only the records that pass; all if nil.
  public var filter: Filter?
  /// Records at most, the first ones; nil is all, and of a report for people 2,000.
  public var limit: Int?

  public init(wall: Nanoseconds, version: String, filter: Filter? = nil, limit: Int? = nil) {
    (self.wall, self.version, self.filter, self.limit) = (wall, version, filter, limit)
  }
}
