/// A mistake in a theme file, with its place.
public struct ThemeError: Error, Sendable, Equatable {
  public var file: String
  public var line: Int
  public var column: Int
  public var message: String

  /// `dark.toml:12:9: unknown role cursorrow; …`
  public var text: String { "\(file):\(line):\(column): \(message)" }
}
