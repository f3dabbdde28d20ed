/// The fixed header of an MQTT control packet: its type, and the length of what follows in up to four bytes
/// (MQTT 5, 2.1).
struct MQTTHeader: HeaderFormat {
  private static let mostBytes = 4

  func read(_ header: UnsafeRawBufferPointer) -> HeaderReading {
    guard let kind = Self.kind(header[0] >> 4) else { return .bad(1) }
    var value: Int64 = 0
    for index in 0..<Self.mostBytes {
      let content = index + 2
      guard header.count >= content else { return .more(content) }
      let byte = header[content - 1]
      value |= Int64(byte & 0x7f) << (7 * Int64(index))
      if byte < 0x80 { return .message(length: value + Int64(content), content: content, kind: kind) }
    }
    return .bad(1 + Self.mostBytes)
  }

  private static func kind(_ type: UInt8) -> MessageKind? {
    switch type {
    case 1: .connect
    case 2: .connack
    case 3: .publish
    case 4: .puback
    case 5: .pubrec
    case 6: .pubrel
    case 7: .pubcomp
    case 8: .subscribe
    case 9: .suback
    case 10: .unsubscribe
    case 11: .unsuback
    case 12: .pingreq
    case 13: .pingresp
    case 14: .disconnect
    case 15: .auth
    default: nil
    }
  }
}
