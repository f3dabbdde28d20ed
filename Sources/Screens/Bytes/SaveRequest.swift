import Traffic

/// Bytes to be written to a new file.
public struct SaveRequest: Sendable, Equatable {
  /// As it was typed.
  public var path: String
  public var form: CopyForm
  public var source: CopySource

  /// What is said when it is done.
  /// - Parameter missing: bytes that were no longer held and so are not in the file.
  func words(missing: Int64) -> String {
    "wrote \(source.count - missing) B as \(form.name) to \(path)" + CopyPieces.words(missing: missing)
  }
}

/// What came of it.
public enum SaveOutcome: Sendable, Equatable {
  /// - Parameter missing: bytes that were no longer held and so are not in the file.
  case written(missing: Int64)
  /// Nothing was left behind; a sentence says why.
  case failed(String)
}
