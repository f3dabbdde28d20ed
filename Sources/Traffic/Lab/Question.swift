/// `ask "QUESTION" 5 | 10 | 55`: what a lesson asks before it shows.
public struct Question: Sendable, Equatable {
  /// A choice is chosen by one digit.
  public static let mostChoices = 9

  public var text: String
  /// Two at least. No two can be right at once.
  public var choices: [Choice]

  public init(_ text: String, _ choices: [Choice]) { (self.text, self.choices) = (text, choices) }

  /// The place of the choice that this makes right; nil if it makes none.
  public func right(_ finding: Finding) -> Int? { choices.firstIndex { $0.holds(finding) } }
}
