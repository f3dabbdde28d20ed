import ArgumentParser
import Traffic

/// How `--json` writes payloads.
enum DataEncoding: String, CaseIterable, ExpressibleByArgument {
  case base64, hex, text, none

  /// Adds the payload's field; null where the journal no longer has it.
  func add(_ payload: ArraySlice<UInt8>?, to object: inout JSONObject) {
    guard self != .none else { return }
    guard let payload else { return object.addNull("data") }
    switch self {
    case .base64: object.add("data", plain: Self.base64(payload))
    case .hex: object.add("data", plain: payload.flatMap { HexLine.digits($0).utf8 })
    case .text: object.add("data", String(decoding: payload, as: UTF8.self))
    case .none: break
    }
  }

  /// RFC 4648, section 4.
  private static func base64(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var at = bytes.startIndex
    while at < bytes.endIndex {
      let group = bytes[at..<min(at + 3, bytes.endIndex)]
      var bits = group.reduce(0) { $0 << 8 | Int($1) }
      bits <<= 8 * (3 - group.count)
      for place in 0..<4 {
        text.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
      }
      at += 3
    }
    return text
  }
}
