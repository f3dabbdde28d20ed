/// A message that says how many bytes follow in a number of seven bits a byte, the lowest first (LEB128).
public struct VarintPrefix: Sendable, Hashable {
  /// Where the number stands, from the beginning of the message.
  public var offset: Int
  /// The longest message that is taken, with all its bytes; nil: any.
  public var maximum: Int?

  public init(at offset: Int = 0, maximum: Int? = nil) {
    self.offset = offset
    self.maximum = maximum
  }

  var text: String {
    let place = offset == 0 ? "" : "@\(offset)"
    return "varint\(place)\(maximum.map { " max \(SizeText.text($0))" } ?? "")"
  }
}
