/// The bytes of a literal. Up to 15 take no memory of their own, as a long burst has many and most are short.
public struct Literal: Sendable, Equatable {
  /// Up to 15 bytes are never kept as an array, so that equal bytes are equal values.
  private enum Storage: Equatable {
    /// The first byte is the lowest of `low`, the ninth that of `high`.
    case short(low: UInt64, high: UInt64, count: UInt8)
    case long([UInt8])
  }

  private static let longestShort = 15

  private var storage = Storage.short(low: 0, high: 0, count: 0)

  init() {}

  public init(_ bytes: some RandomAccessCollection<UInt8>) {
    guard bytes.count <= Self.longestShort else {
      storage = .long(Array(bytes))
      return
    }
    var low: UInt64 = 0
    var high: UInt64 = 0
    for byte in bytes.reversed() {
      high = high << 8 | low >> 56
      low = low << 8 | UInt64(byte)
    }
    storage = .short(low: low, high: high, count: UInt8(bytes.count))
  }

  mutating func append(_ byte: UInt8) {
    switch storage {
    case .short(let low, let high, let count) where count < 8:
      storage = .short(low: low | UInt64(byte) << (8 * UInt64(count)), high: high, count: count + 1)
    case .short(let low, let high, let count) where count < Self.longestShort:
      storage = .short(low: low, high: high | UInt64(byte) << (8 * UInt64(count - 8)), count: count + 1)
    case .short:
      storage = .long(bytes + [byte])
    case .long(var bytes):
      // Two owners would mean a copy for each byte.
      storage = .short(low: 0, high: 0, count: 0)
      bytes.append(byte)
      storage = .long(bytes)
    }
  }

  public var count: Int {
    switch storage {
    case .short(_, _, let count): Int(count)
    case .long(let bytes): bytes.count
    }
  }

  public var bytes: [UInt8] {
    switch storage {
    case .short(let low, let high, let count):
      (0..<UInt64(count)).map { UInt8(truncatingIfNeeded: ($0 < 8 ? low : high) >> (8 * ($0 & 7))) }
    case .long(let bytes): bytes
    }
  }
}
