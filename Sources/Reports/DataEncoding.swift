import Traffic

/// How JSON Lines have payloads.
public enum DataEncoding: String, CaseIterable, Sendable {
  case base64, hex, text, none
}

extension ByteBuffer {
  /// Writes the payload's field; null where the journal no longer has it.
  mutating func add(
    _ payload: ArraySlice<UInt8>?, as encoding: DataEncoding, named name: StaticString = "data"
  ) {
    if encoding == .none { return }
    guard let payload else { return addNull(name) }
    begin(name)
    append("\"")
    payload.withUnsafeBytes { bytes in
      switch encoding {
      case .base64: append(base64: bytes)
      case .hex: append(hex: bytes)
      case .text: append(escaped: bytes)
      case .none: break
      }
    }
    append("\"")
  }
}
