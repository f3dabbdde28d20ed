/// A mistake in a theme or a configuration, with its place.
public struct SettingsError: Error, Sendable, Equatable {
  public var file: String
  /// From 1; 0 for the file as a whole.
  public var line: Int
  public var column: Int
  public var message: String

  public init(file: String, line: Int, column: Int, message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  /// A file that cannot be used at all.
  public init(file: String, message: String) { self.init(file: file, line: 0, column: 0, message: message) }

  /// `dark.toml:12:9: unknown role cursorrow; …`
  public var text: String { line > 0 ? "\(file):\(line):\(column): \(message)" : "\(file): \(message)" }
}
