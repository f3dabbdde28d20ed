/// What the fields of an HTTP message say about where it ends (RFC 9112, 6).
struct HTTPHead {
  /// A field may go on over many lines.
  private static let longestField = 1 << 16

  private(set) var length: Int64?
  private(set) var hasTransferEncoding = false
  /// The last transfer coding is `chunked`: only then is the end known.
  private(set) var isChunked = false
  private(set) var namesWebSocket = false
  /// What is wrong with Content-Length.
  private(set) var brokenLength: BrokenMessage?

  private var name: HTTPFieldLine.Name?
  private var value: [UInt8] = []

  mutating func begin(_ name: HTTPFieldLine.Name?, _ value: [UInt8] = []) {
    endField()
    self.name = name
    self.value = value
  }

  /// - Returns: false if the field is too long.
  mutating func fold(_ more: [UInt8]) -> Bool {
    guard name != nil else { return true }
    value += more
    return value.count <= Self.longestField
  }

  /// Reads the value of the field that was begun last.
  mutating func endField() {
    guard let name else { return }
    let parts = value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map(Self.trimmed)
    switch name {
    case .contentLength: parts.forEach { readLength($0) }
    case .transferEncoding:
      hasTransferEncoding = true
      if let last = parts.last(where: { !$0.isEmpty }) { isChunked = HTTPFieldLine.isSame(last, "chunked") }
    case .upgrade:
      namesWebSocket = namesWebSocket || parts.contains { HTTPFieldLine.isSame($0, "websocket") }
    }
    self.name = nil
    value = []
  }

  /// The same length again is no mistake, another one is.
  private mutating func readLength(_ digits: ArraySlice<UInt8>) {
    guard !digits.isEmpty, digits.allSatisfy(\.isDigit) else {
      brokenLength = .bad
      return
    }
    guard let value = Int64(String(decoding: digits, as: UTF8.self)) else {
      brokenLength = brokenLength ?? .tooLong
      return
    }
    if let length, length != value { brokenLength = .bad }
    length = value
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
    let bytes = bytes.drop(while: isBlank)
    return bytes[..<(bytes.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? bytes.startIndex)]
  }
}
