/// Messages that end with fixed bytes.
struct DelimiterCutter: Cutter {
  private let first: UInt8
  private let count: Int
  private var search: BytesSearch

  /// - Parameter delimiter: at least one byte.
  init(_ delimiter: [UInt8]) {
    first = delimiter[0]
    count = delimiter.count
    search = BytesSearch(delimiter)
  }

  static var contentIsAtStart: Bool { true }

  func knowledge(of offset: Int64) -> MessageBoundary { .next }

  mutating func take(_ reader: inout MessageReader) {
    if count == 1 {
      takeSingle(&reader)
    } else {
      takeSeveral(&reader)
    }
  }

  private func takeSingle(_ reader: inout MessageReader) {
    while let place = ByteScan.first(first, in: reader.bytes, from: reader.position) {
      reader.position = place + 1
      reader.close(tail: 1)
    }
    reader.position = reader.bytes.count
  }

  private mutating func takeSeveral(_ reader: inout MessageReader) {
    while !reader.isAtEnd {
      if search.isAtStart {
        guard let place = ByteScan.first(first, in: reader.bytes, from: reader.position) else {
          reader.position = reader.bytes.count
          return
        }
        reader.position = place
      }
      let byte = reader.bytes[reader.position]
      reader.position += 1
      if search.accept(byte) { reader.close(tail: count) }
    }
  }
}
