/// How a length is written before what it counts.
public enum LengthCode: Sendable, Equatable {
  /// One to eight bytes.
  case fixed(bytes: Int)
  /// LEB128: seven bits a byte, the lowest first; each byte but the last has its high bit set.
  case varint
  /// Decimal digits.
  case text

  /// What a macro is called that writes it, such as `len16be`, and the order of its bytes.
  static let names: [(name: String, code: LengthCode, isLittleEndian: Bool)] =
    [("len8", .fixed(bytes: 1), false)]
    + [2, 3, 4, 8].flatMap { bytes in
      [false, true].map { ("len\(8 * bytes)\($0 ? "le" : "be")", .fixed(bytes: bytes), $0) }
    } + [("lenvarint", .varint, false), ("lentext", .text, false)]

  func name(isLittleEndian: Bool) -> String {
    switch self {
    case .fixed(1): "len8"
    case .fixed(let bytes): "len\(8 * bytes)\(isLittleEndian ? "le" : "be")"
    case .varint: "lenvarint"
    case .text: "lentext"
    }
  }

  /// The largest length that it can tell.
  var largest: Int64 {
    switch self {
    case .fixed(let bytes): bytes < 8 ? 1 << (8 * Int64(bytes)) - 1 : .max
    case .varint, .text: .max
    }
  }

  /// Bytes that a length becomes.
  func width(of length: Int64, _ form: NumberForm) -> Int {
    switch self {
    case .fixed(let bytes): form.width(bytes)
    case .varint: form.width(Self.varint(length).count)
    case .text: "\(length)".utf8.count
    }
  }

  func written(_ length: Int64, _ form: NumberForm) -> [UInt8] {
    switch self {
    case .fixed(let bytes): form.written(UInt64(bitPattern: length), width: bytes)
    case .varint: form.written(Self.varint(length))
    case .text: Array("\(length)".utf8)
    }
  }

  private static func varint(_ length: Int64) -> [UInt8] {
    var rest = UInt64(bitPattern: length)
    var bytes: [UInt8] = []
    while rest > 0x7f {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }
}
