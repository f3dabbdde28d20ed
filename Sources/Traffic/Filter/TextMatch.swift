/// How a value is compared with text, or with the bytes of a payload.
struct TextMatch: Sendable {
  private enum Way: Sendable {
    case whole([UInt8])
    case glob(Glob)
    case part(BytesSearch)
    case regex(RegexSearch)
  }

  private let way: Way

  init(_ value: FilterValue, _ relation: FilterRelation) {
    switch value {
    case .regex(let regex): way = .regex(RegexSearch(regex))
    case .word(let word) where word.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }:
      way = .glob(Glob(relation == .contains ? "*\(word)*" : word))
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
    case .glob(let glob): return glob.holds(bytes)
    case .part(var search):
      for byte in bytes where search.accept(byte) { return true }
      return false
    case .regex(var search):
      for byte in bytes where search.accept(byte) { return true }
      return false
    }
  }
}
