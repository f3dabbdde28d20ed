/// Looks for bytes, sixteen places at once: for two of them first, the ones that are rarest in what people send, so that few
/// places need a second look.
struct MaskedScan: Sendable {
  private typealias Lanes = SIMD16<UInt8>
  private typealias Mask = SIMDMask<SIMD16<Int8>>

  let wanted: MaskedBytes
  /// Where in them the two stand; the same place where there is only one.
  private let first: Int
  private let second: Int

  init(_ wanted: MaskedBytes) {
    self.wanted = wanted
    let fixed = wanted.masks.indices.filter { wanted.masks[$0] != 0 }
    let ranked = fixed.sorted {
      (Self.frequency(wanted.values[$0]), $0) < (Self.frequency(wanted.values[$1]), $1)
    }
    (first, second) = (ranked[0], ranked.count > 1 ? ranked[1] : ranked[0])
  }

  /// Tells every place at which they stand, ascending; those that overlap too.
  func each(in bytes: UnsafeRawBufferPointer, _ found: (Int) -> Void) {
    guard let base = bytes.baseAddress, bytes.count >= wanted.count else { return }
    let places = bytes.count - wanted.count + 1
    let (one, other) = (Lanes(repeating: wanted.values[first]), Lanes(repeating: wanted.values[second]))
    var place = 0
    /// Lanes in which both stand, counted from a place on.
    @inline(__always) func look(_ place: Int) -> Mask {
      let left = (base + first + place).loadUnaligned(as: Lanes.self) .== one
      let right = (base + second + place).loadUnaligned(as: Lanes.self) .== other
      return left .& right
    }
    while place + 64 <= places {
      let (a, b, c, d) = (look(place), look(place + 16), look(place + 32), look(place + 48))
      if Self.hasAny(a .| b .| (c .| d)) {
        tell(a, place, bytes, found)
        tell(b, place + 16, bytes, found)
        tell(c, place + 32, bytes, found)
        tell(d, place + 48, bytes, found)
      }
      place += 64
    }
    while place + 16 <= places {
      tell(look(place), place, bytes, found)
      place += 16
    }
    while place < places {
      if wanted.stand(in: bytes, at: place) { found(place) }
      place += 1
    }
  }

  @inline(__always)
  private static func hasAny(_ mask: Mask) -> Bool {
    let words = unsafeBitCast(mask, to: SIMD2<UInt64>.self)
    return words[0] | words[1] != 0
  }

  @inline(__always)
  private func tell(
    _ mask: Mask, _ place: Int, _ bytes: UnsafeRawBufferPointer, _ found: (Int) -> Void
  ) {
    let words = unsafeBitCast(mask, to: SIMD2<UInt64>.self)
    for half in 0..<2 {
      var rest = UInt64(littleEndian: words[half])
      while rest != 0 {
        // A lane that holds is eight ones.
        let lane = rest.trailingZeroBitCount / 8
        rest &= ~(0xff << UInt64(lane * 8))
        let candidate = place + half * 8 + lane
        if wanted.stand(in: bytes, at: candidate) { found(candidate) }
      }
    }
  }

  /// How often a byte stands in text and in binary protocols, roughly: only the order counts.
  private static func frequency(_ byte: UInt8) -> Int {
    let letters = Array("zqxjkvbgpywmfcdlhrsnioate".utf8)
    switch byte {
    case 0x00: return 255
    case UInt8(ascii: " "): return 250
    case let byte where byte.isDigit: return 200
    case 0x01, 0xff, 0x0a, 0x0d: return 160
    case let byte where byte.isLetter: return 100 + (letters.firstIndex(of: byte) ?? 0)
    case 0x21..<0x7f: return 90
    default: return 50
    }
  }
}
