/// A line below the first one of an HTTP message (RFC 9112, 5), or of its trailers.
enum HTTPFieldLine {
  /// The fields that decide where a message ends.
  enum Name: Equatable { case contentLength, transferEncoding, upgrade }

  /// Nothing more follows.
  case end
  /// More of the field before.
  case fold([UInt8])
  case field(Name, [UInt8])
  case other
  case bad

  /// - Parameter line: without its line end.
  init(_ line: UnsafeRawBufferPointer) {
    guard let first = line.first else {
      self = .end
      return
    }
    if first == 0x20 || first == 0x09 {
      self = .fold(Array(line))
      return
    }
    // A space before the colon is read in different ways, which is why it is refused (RFC 9112, 5.1).
    guard let colon = ByteScan.first(UInt8(ascii: ":"), in: line), colon > 0,
      line[..<colon].allSatisfy(\.isHTTPToken)
    else {
      self = .bad
      return
    }
    self = Self.name(line[..<colon]).map { .field($0, Array(line[(colon + 1)...])) } ?? .other
  }

  private static func name(_ bytes: Slice<UnsafeRawBufferPointer>) -> Name? {
    switch bytes.count {
    case 7: isSame(bytes, "upgrade") ? .upgrade : nil
    case 14: isSame(bytes, "content-length") ? .contentLength : nil
    case 17: isSame(bytes, "transfer-encoding") ? .transferEncoding : nil
    default: nil
    }
  }

  /// - Parameter word: in small letters.
  static func isSame(_ bytes: some Sequence<UInt8>, _ word: StaticString) -> Bool {
    word.withUTF8Buffer { word in bytes.elementsEqual(word) { ($0.isLetter ? $0 | 0x20 : $0) == $1 } }
  }
}
