/// What came of a question in SQL.
public enum QueryAnswer: Sendable {
  case rows(QueryResult)
  /// A sentence, safe to print.
  case mistake(String)
  /// It was ended before it was answered.
  case stopped
}
