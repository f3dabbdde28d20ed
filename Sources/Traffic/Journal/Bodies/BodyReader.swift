/// Reads what `BodyWriter` has written, in the same order. Each part is nil where the bytes end before it does.
public struct BodyReader: Sendable {
  static let unknownNumber = Int64.min
  static let unknownText = UInt32.max

  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: some Collection<UInt8>) { self.bytes = Array(bytes) }

  var isAtEnd: Bool { place == bytes.count }

  mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) -> Number? {
    let size = MemoryLayout<Number>.size
    guard bytes.count - place >= size else { return nil }
    defer { place += size }
    return bytes.withUnsafeBytes { Number(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: type)) }
  }

  /// Numbers, with how many there are before them.
  mutating func numbers<Number: FixedWidthInteger>(_ type: Number.Type) -> [Number]? {
    let size = MemoryLayout<Number>.size
    guard let count = number(UInt32.self).map(Int.init), (bytes.count - place) / size >= count else {
      return nil
    }
    defer { place += count * size }
    return bytes.withUnsafeBytes { bytes in
      (0..<count).map {
        Number(littleEndian: bytes.loadUnaligned(fromByteOffset: place + $0 * size, as: type))
      }
    }
  }

  /// A number that may be unknown: `.some(nil)` then.
  mutating func optionalNumber() -> Int64?? {
    number(Int64.self).map { $0 == Self.unknownNumber ? nil : $0 }
  }

  /// Texts, with how many there are before them.
  mutating func texts() -> [String]? {
    guard let count = number(UInt32.self) else { return nil }
    var texts: [String] = []
    for _ in 0..<count {
      guard let text = text() else { return nil }
      texts.append(text)
    }
    return texts
  }

  mutating func text() -> String? { optionalText() ?? nil }

  /// A text that there may not be: `.some(nil)` then.
  mutating func optionalText() -> String?? {
    guard let length = number(UInt32.self) else { return nil }
    if length == Self.unknownText { return .some(nil) }
    guard bytes.count - place >= length else { return nil }
    defer { place += Int(length) }
    return String(decoding: bytes[place..<place + Int(length)], as: UTF8.self)
  }
}
