import Reports

/// The run is to be laid beside one that was recorded.
public struct CompareRequest: Sendable, Hashable {
  public let id: Int
  public let file: String
  /// Cells of a line.
  public let width: Int
}

/// What came of it: lines to be shown.
public struct CompareNews: Sendable {
  let id: Int
  let lines: [[CompareText.Span]]

  public init(_ request: CompareRequest, _ lines: [[CompareText.Span]]) {
    (id, self.lines) = (request.id, lines)
  }
}
