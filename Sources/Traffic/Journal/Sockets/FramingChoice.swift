/// How a socket's bytes are to be cut into messages, as it was written: a view that readers take, and no part of what is kept.
public struct FramingChoice: Sendable, Equatable {
  /// The word of the `option` record that says so.
  public static let word = "frame"

  /// As the framing reads: `length:u16be`.
  public var text: String
  /// Where it begins in the stream.
  public var offset: Int64

  public init(_ text: String, from offset: Int64 = 0) {
    (self.text, self.offset) = (text, offset)
  }
}
