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
    case .base64: object.add("data", String { text in payload.withUnsafeBytes { text.append(base64: $0) } })
    case .hex: object.add("data", String { text in payload.withUnsafeBytes { text.append(hex: $0) } })
    case .text: object.add("data", String(decoding: payload, as: UTF8.self))
    case .none: break
    }
  }
}
