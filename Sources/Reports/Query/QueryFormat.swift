import Traffic

/// How rows that SQL gave are written.
public enum QueryFormat: Sendable {
  /// Columns with a head.
  case table
  /// RFC 4180, with a head. Bytes are in hex.
  case csv
  /// JSON Lines, an object a row. Bytes are in base64.
  case json
}
