/// How the user wants bytes to be shown.
public struct BytesChoices: Hashable, Sendable {
  /// What stands in a line.
  public enum Parts: String, CaseIterable, Sendable { case both, hex, text }
  /// How bytes are read as text.
  public enum Reading: String, CaseIterable, Sendable { case utf8, latin1, ascii, escapes }
  /// Which bytes make a line.
  public enum Line: Hashable, Sendable, CaseIterable {
    /// As many as fit.
    case fitting
    /// 8, 16 or 32.
    case bytes(Int)
    /// Those of one chunk.
    case chunk

    public static let allCases: [Line] = [.fitting] + widths.map { .bytes($0) } + [.chunk]
  }

  public var parts = Parts.both
  public var reading = Reading.utf8
  public var line = Line.fitting

  public static let widths = [8, 16, 32]

  /// In words, for the pane's title; empty if all is as it comes.
  /// - Parameter hasNoRoom: the text that was wanted has no room beside the hex.
  func words(hasNoRoom: Bool) -> String {
    var words: [String] = []
    if parts != .both { words.append(parts.rawValue) }
    switch hasNoRoom ? .utf8 : reading {
    case .utf8: break
    case .latin1: words.append("Latin-1")
    case .ascii: words.append("ASCII")
    case .escapes: words.append("escapes")
    }
    switch line {
    case .fitting: break
    case .bytes(let count): words.append("\(count) a line")
    case .chunk: words.append("one chunk a line")
    }
    return words.joined(separator: ", ") + (hasNoRoom ? " without text" : "")
  }
}
