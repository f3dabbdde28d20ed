import Traffic

/// Bytes to be written to a new file.
public struct SaveRequest: Sendable, Equatable {
  /// As it was typed.
  public var path: String
  public var form: CopyForm
  public var source: CopySource
}

/// What came of it.
public enum SaveOutcome: Sendable, Equatable {
  /// - Parameter missing: bytes that were no longer held and so are not in the file.
  case written(missing: Int64)
  /// Nothing was left behind; a sentence says why.
  case failed(String)
}
