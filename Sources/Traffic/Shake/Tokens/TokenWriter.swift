/// Names bytes one after another. Each token begins where the one before ends, and none goes beyond the
/// message.
struct TokenWriter {
  /// What only parts two other tokens.
  static let separator = "separator"

  private let bytes: UnsafeRawBufferPointer
  private(set) var tokens: [MessageToken] = []
  private(set) var position = 0
  /// Where the message ends, or what lies before it.
  var limit = 0
  private var suffix = ""

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { position >= limit }

  /// The next byte of the message; nil at its end.
  var byte: UInt8? { isAtEnd ? nil : bytes[position] }

  /// What of the message has no name yet.
  var rest: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes[position..<max(position, limit)])
  }

  /// - Parameter number: of the message that is named from here on, from 1; nil for what is none.
  mutating func begin(_ number: Int?) {
    suffix = number.map { $0 > 1 ? " of message \($0)" : "" } ?? ""
  }

  mutating func take(_ count: Int, _ name: String) {
    take(upTo: position + min(count, max(0, limit - position)), name)
  }

  /// - Parameter isNumbered: the name tells which message it is.
  mutating func take(upTo place: Int, _ name: String, isNumbered: Bool = false) {
    let end = min(place, limit)
    guard end > position else { return }
    tokens.append(MessageToken(position..<end, suffix.isEmpty || isNumbered ? name : name + suffix))
    position = end
  }

  /// CR and LF, or LF alone.
  mutating func takeLineEnd(of owner: String) {
    if byte == 0x0d {
      let hasLF = rest.count > 1 && rest[1] == 0x0a
      take(hasLF ? 2 : 1, "\(hasLF ? "CRLF" : "CR") of the \(owner)")
    } else if byte == 0x0a {
      take(1, "LF of the \(owner)")
    }
  }

  /// What may be text or not: characters have tokens of their own if all of it is UTF-8.
  mutating func takeData(_ count: Int, _ name: String) {
    let data = UnsafeRawBufferPointer(rebasing: rest.prefix(count))
    takeData(data, name)
  }

  /// - Parameter data: the next bytes as they are meant: without a mask.
  mutating func takeData(_ data: UnsafeRawBufferPointer, _ name: String) {
    if String(validating: data, as: UTF8.self) == nil { return take(data.count, name) }
    takeText(data, name)
  }

  /// Text, and each of its characters that has several bytes as a token of its own.
  mutating func takeText(_ text: UnsafeRawBufferPointer, _ name: String) {
    let start = position
    var place = 0
    while place < text.count {
      if text[place] >= 0x80, let (width, character) = Self.character(in: text, at: place) {
        take(upTo: start + place, name)
        take(width, "character \(character) of the \(name)")
        place += width
      } else {
        place += 1
      }
    }
    take(upTo: start + place, name)
  }

  /// A character of several bytes, escaped if it cannot be seen.
  private static func character(in text: UnsafeRawBufferPointer, at place: Int) -> (Int, String)? {
    let width: Int
    switch text[place] {
    case 0xc2...0xdf: width = 2
    case 0xe0...0xef: width = 3
    case 0xf0...0xf4: width = 4
    default: return nil
    }
    let bytes = Array(text[place..<min(text.count, place + width)])
    guard String(validating: bytes, as: UTF8.self)?.unicodeScalars.count == 1 else { return nil }
    return (width, EscapedText.escaped(bytes))
  }
}
