/// A mistake in a theme or a configuration, with its place.
public struct SettingsError: Error, Sendable, Equatable {
  public var file: String
  public var line: Int
  public var column: Int
  public var message: String

  public init(file: String, line: Int, column: Int, message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  /// `dark.toml:12:9: unknown role cursorrow; …`
  public var text: String { "\(file):\(line):\(column): \(message)" }
}
