/// How a number is written into a payload.
public struct NumberForm: Sendable, Equatable {
  /// The low byte comes first, and not the high one.
  public var isLittleEndian: Bool
  /// Upper-case hex digits, two a byte.
  public var isHex: Bool

  public init(isLittleEndian: Bool = false, isHex: Bool = false) {
    self.isLittleEndian = isLittleEndian
    self.isHex = isHex
  }

  /// As it stands behind a macro's name.
  var text: String { (isLittleEndian ? ":le" : "") + (isHex ? ":hex" : "") }

  /// Bytes that so many of a number become.
  func width(_ bytes: Int) -> Int { isHex ? 2 * bytes : bytes }

  /// The lowest `width` bytes of a number.
  func written(_ number: UInt64, width: Int) -> [UInt8] {
    let bytes = (0..<width).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
    return written(isLittleEndian ? bytes : bytes.reversed())
  }

  /// Bytes whose order is settled.
  func written(_ bytes: [UInt8]) -> [UInt8] {
    isHex ? bytes.flatMap { [Self.digits[Int($0 >> 4)], Self.digits[Int($0 & 15)]] } : bytes
  }

  private static let digits = Array("0123456789ABCDEF".utf8)
}
