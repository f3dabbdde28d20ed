/// The looks of a cell by meaning: what is written, and what it is written on.
public struct Style: Hashable, Sendable {
  /// Gives the colour and the attributes of the character.
  public var ink: Role
  /// Gives the background, if its role has one, and adds its attributes.
  public var paper: Role

  public init(_ ink: Role, on paper: Role = .text) {
    self.ink = ink
    self.paper = paper
  }

  public static let text = Style(.text)
}
