/// How the user wants bytes to be shown.
public struct BytesChoices: Hashable, Sendable {
  /// What stands in a line.
  public enum Parts: String, CaseIterable, Sendable { case both, hex, text }
  /// How bytes are read as text.
  public enum Reading: String, CaseIterable, Sendable { case utf8, latin1, ascii }

  public var parts = Parts.both
  public var reading = Reading.utf8
  /// Bytes in a line; nil takes what fits.
  public var perLine: Int?

  public static let widths = [8, 16, 32]

  /// In words, for the pane's title; empty if all is as it comes.
  var words: String {
    var words: [String] = []
    if parts != .both { words.append(parts.rawValue) }
    if reading != .utf8 { words.append(reading == .latin1 ? "Latin-1" : "ASCII") }
    if let perLine { words.append("\(perLine) a line") }
    return words.joined(separator: ", ")
  }
}

extension CaseIterable where Self: Equatable, AllCases.Index == Int {
  /// The case after this one, and after the last the first.
  var following: Self {
    let all = Self.allCases
    let place = all.firstIndex(of: self) ?? 0
    return all[(place + 1) % all.count]
  }
}
