/// A mistake in what a user wrote, with its place.
public struct SyntaxError: Error, Sendable, Equatable {
  /// The line that holds the mistake, as written.
  public var source: String
  /// Line number, from 1.
  public var line: Int
  /// Column of the first wrong character, counted in characters from 1; one past the end where something is
  /// missing.
  public var column: Int
  /// What is wrong and what was expected, without a full stop.
  public var message: String

  public init(source: String, line: Int = 1, column: Int, message: String) {
    self.source = source
    self.line = line
    self.column = column
    self.message = message
  }
}
