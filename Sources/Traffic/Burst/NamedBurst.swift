/// A burst with a name, and perhaps a key.
public struct NamedBurst: Sendable, Equatable {
  public var label: BurstLabel
  /// The burst as it was written.
  public let text: String
  public let burst: Burst

  public var name: String { label.name }
  public var key: Int? { label.key }

  /// - Throws: a mistake in the burst's text.
  public init(_ label: BurstLabel, text: String) throws(SyntaxError) {
    self.init(label, text: text, burst: try Burst(parsing: text))
  }

  init(_ label: BurstLabel, text: String, burst: Burst) {
    self.label = label
    self.text = text
    self.burst = burst
  }

  /// The burst in one line.
  public var line: String { text.contains(where: \.isNewline) ? burst.text : text }
}
