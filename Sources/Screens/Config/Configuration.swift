import Traffic

/// What a user has settled for every run; nil and empty leave what the program does by itself.
public struct Configuration: Sendable, Equatable {
  public var theme: String?
  /// What is said if there is no such theme.
  public var themeMistake: SettingsError?
  /// The journal's limit in bytes.
  public var memory: Int?
  /// The columns of the table, in order; those that find no room are left out.
  public var columns: [Column] = []
  public var bytesLine = BytesChoices.Line.fitting
  /// Print for a projector.
  public var isBig = false
  /// A question comes before leaving where something is lost by it.
  public var asksBeforeQuitting = true
  /// Actions with the keys that they get instead of the standard ones.
  public var keys: [Action: [Chord]] = [:]

  public init() {}

  /// The standard key map with the user's keys.
  public var keyMap: KeyMap {
    var map = KeyMap()
    for action in Action.allCases { if let chords = keys[action] { map.bind(action, to: chords) } }
    return map
  }
}
