/// The checksums of the burst language.
public enum Checksum: String, CaseIterable, Sendable {
  /// CRC-16/MODBUS: polynomial 0x8005 reflected, from 0xffff.
  case crc16
  /// CRC-32 of Ethernet, zip and PNG: polynomial 0x04c11db7 reflected, from 0xffffffff, inverted.
  case crc32
  /// The sum of all bytes modulo 256.
  case sum8
  /// All bytes joined by exclusive or.
  case xor8

  /// Bytes of the result.
  var width: Int {
    switch self {
    case .crc16: 2
    case .crc32: 4
    case .sum8, .xor8: 1
    }
  }

  /// The checksum of some bytes.
  public func value(of bytes: some Sequence<UInt8>) -> UInt32 {
    switch self {
    case .crc16: bytes.reduce(0xffff) { Self.table16[Int(($0 ^ UInt32($1)) & 0xff)] ^ $0 >> 8 }
    case .crc32: ~bytes.reduce(0xffff_ffff) { Self.table32[Int(($0 ^ UInt32($1)) & 0xff)] ^ $0 >> 8 }
    case .sum8: bytes.reduce(0) { ($0 + UInt32($1)) & 0xff }
    case .xor8: bytes.reduce(0) { $0 ^ UInt32($1) }
    }
  }

  private static let table16 = table(reflected: 0xa001)
  private static let table32 = table(reflected: 0xedb8_8320)

  private static func table(reflected polynomial: UInt32) -> [UInt32] {
    (0..<256).map { byte in
      (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ polynomial : value >> 1 }
    }
  }
}
