/// Writes the parts of a `RecordBody` one after another: numbers in little-endian, texts with their length before them.
public struct BodyWriter: Sendable {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// A number that may be unknown.
  mutating func write(_ value: Int64?) { write(value ?? BodyReader.unknownNumber) }

  /// Numbers, with how many there are before them.
  mutating func write<Number: FixedWidthInteger>(_ values: [Number]) {
    write(UInt32(values.count))
    for value in values { write(value) }
  }

  /// Bytes, with how many there are before them.
  mutating func write(_ values: [UInt8]) {
    write(UInt32(values.count))
    bytes += values
  }

  /// Texts, with how many there are before them.
  mutating func write(texts: [String]) {
    write(UInt32(texts.count))
    for text in texts { write(text) }
  }

  mutating func write(_ text: String?) {
    guard let text else { return write(BodyReader.unknownText) }
    write(UInt32(text.utf8.count))
    bytes += text.utf8
  }
}
