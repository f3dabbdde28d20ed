import Traffic

/// What a search has found since it told last, and how far it has come.
public struct FindNews: Sendable {
  public var id: Int
  public var matches: [FoundMatch] = []
  /// Records before this sequence number were looked at.
  public var reached = 0
  /// The same in percent of what there is.
  public var percent = 0
  /// Bytes of the streams that are no longer held.
  public var missing: Int64 = 0

  public init(_ request: FindRequest) { id = request.id }

  /// Takes over how far a search has come.
  public mutating func note(_ search: JournalSearch) {
    (reached, percent, missing) = (search.reached, search.percent, search.missing)
  }
}
