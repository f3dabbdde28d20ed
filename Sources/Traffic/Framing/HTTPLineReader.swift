/// Takes lines out of pieces. Only a line that a piece has cut is kept.
struct HTTPLineReader {
  /// A longer line is not waited for; servers take a tenth of it.
  private static let longest = 1 << 16

  enum Line<Value> {
    case cut, tooLong
    /// - Parameter isBare: it ends with LF alone.
    case whole(Value, isBare: Bool)
  }

  private var begun: [UInt8] = []

  /// - Parameter read: what is made of a line without its end.
  mutating func take<Value>(
    _ reader: inout MessageReader, _ read: (UnsafeRawBufferPointer) -> Value
  ) -> Line<Value> {
    let rest = UnsafeRawBufferPointer(rebasing: reader.rest.prefix(Self.longest - begun.count))
    guard let end = ByteScan.first(0x0a, in: rest) else {
      reader.position += rest.count
      if begun.count + rest.count == Self.longest { return .tooLong }
      begun += rest
      return .cut
    }
    reader.position += end + 1
    let line = UnsafeRawBufferPointer(rebasing: rest[..<end])
    if begun.isEmpty { return Self.whole(line, read) }
    begun += line
    defer { begun = [] }
    return begun.withUnsafeBytes { Self.whole($0, read) }
  }

  private static func whole<Value>(
    _ line: UnsafeRawBufferPointer, _ read: (UnsafeRawBufferPointer) -> Value
  ) -> Line<Value> {
    guard line.last == 0x0d else { return .whole(read(line), isBare: true) }
    return .whole(read(UnsafeRawBufferPointer(rebasing: line.dropLast())), isBare: false)
  }
}
