/// How a value is compared with text, or with the bytes of a payload.
struct TextMatch: Sendable {
  private enum Way: Sendable {
    case whole([UInt8])
    case glob([UInt8])
    case part(BytesSearch)
    case regex(RegexSearch)
  }

  private let way: Way

  init(_ value: FilterValue, _ relation: FilterRelation) {
    switch value {
    case .regex(let regex): way = .regex(RegexSearch(regex))
    case .word(let word) where word.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }:
      way = .glob(Array((relation == .contains ? "*\(word)*" : word).utf8))
    case .word, .bytes, .number, .time:
      let bytes = if case .bytes(let bytes) = value { bytes } else { Array(value.text.utf8) }
      way = relation == .contains ? .part(BytesSearch(bytes)) : .whole(bytes)
    }
  }

  func holds(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { holds($0) }
  }

  func holds(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.withUnsafeBufferPointer { holds($0) } }

  private func holds(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    switch way {
    case .whole(let wanted): return bytes.count == wanted.count && bytes.elementsEqual(wanted)
    case .glob(let glob): return Self.fits(bytes, glob)
    case .part(var search):
      for byte in bytes where search.accept(byte) { return true }
      return false
    case .regex(var search):
      for byte in bytes where search.accept(byte) { return true }
      return false
    }
  }

  /// True if the whole text is what the glob says: `*` is anything, `?` one character of UTF-8.
  private static func fits(_ text: UnsafeBufferPointer<UInt8>, _ glob: [UInt8]) -> Bool {
    var (place, wanted) = (0, 0)
    // Where the newest * stands, and the end of what it has taken so far: only that one ever takes more.
    var star: (wanted: Int, place: Int)?
    while place < text.count {
      if wanted < glob.count, glob[wanted] == UInt8(ascii: "*") {
        star = (wanted, place)
        wanted += 1
      } else if wanted < glob.count, glob[wanted] == UInt8(ascii: "?") {
        repeat { place += 1 } while place < text.count && text[place] & 0xc0 == 0x80
        wanted += 1
      } else if wanted < glob.count, glob[wanted] == text[place] {
        (place, wanted) = (place + 1, wanted + 1)
      } else if let newest = star {
        star = (newest.wanted, newest.place + 1)
        (place, wanted) = (newest.place + 1, newest.wanted + 1)
      } else {
        return false
      }
    }
    return glob[wanted...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
