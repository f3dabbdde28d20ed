import Traffic

/// What of a run is written.
public struct ExportOptions: Sendable {
  /// Only the records that pass; all if nil.
  public var filter: Filter?
  /// Records at most, the first ones; nil is all, and of a report for people 2,000.
  public var limit: Int?
  /// Of the program, for heads.
  public var version: String

  public init(filter: Filter? = nil, limit: Int? = nil, version: String) {
    (self.filter, self.limit, self.version) = (filter, limit, version)
  }
}
