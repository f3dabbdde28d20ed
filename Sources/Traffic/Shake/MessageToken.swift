/// A part of a message that its framing gives a name: `method`, `length`, `mask key`.
public struct MessageToken: Sendable, Equatable {
  public var range: Range<Int>
  public var name: String

  public init(_ range: Range<Int>, _ name: String) { (self.range, self.name) = (range, name) }
}
