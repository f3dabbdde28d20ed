/// Writes the parts of a `RecordBody` one after another: numbers in little-endian, texts with their length before them.
public struct BodyWriter: Sendable {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// A number that may be unknown.
  mutating func write(_ value: Int64?) { write(value ?? BodyReader.unknownNumber) }

  mutating func write(_ text: String?) {
    guard let text else { return write(BodyReader.unknownText) }
    write(UInt32(text.utf8.count))
    bytes += text.utf8
  }
}
