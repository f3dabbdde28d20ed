/// What the first bytes of a message say.
enum HeaderReading {
  /// So many bytes have to be there before more can be said: never more than the message has, nor more than
  /// proves that it is none.
  case more(Int)
  /// The length of the whole message, and that of what stands before its content.
  case message(length: Int64, content: Int, kind: MessageKind? = nil, notes: MessageNotes = [])
  /// A length that is not taken; nil where it is no number that can be counted to.
  case tooLong(Int64?, content: Int, kind: MessageKind? = nil)
  /// The first so many bytes prove that it is no message.
  case bad(Int)
}

/// A header that says how long its message is.
protocol HeaderFormat: Sendable {
  /// - Parameter header: the beginning of a message, one byte at least. More than is needed changes nothing.
  func read(_ header: UnsafeRawBufferPointer) -> HeaderReading
}

/// Messages whose header says how long they are. Of a header that comes in pieces the first ones are kept.
struct HeaderCutter<Format: HeaderFormat>: Cutter {
  private let format: Format
  /// What has come of a header that a piece has cut.
  private var header: [UInt8] = []
  /// How much of it has to be there.
  private var wanted = 0
  /// Bytes up to the end of the message, once its header has been read.
  private var left: Int64 = 0

  init(_ format: Format) { self.format = format }

  mutating func take(_ reader: inout MessageReader) {
    while !reader.isAtEnd {
      if left > 0 {
        left = reader.skip(left)
        if left == 0 { reader.close() }
      } else if header.isEmpty {
        let rest = reader.rest
        let reading = format.read(rest)
        // Most messages lie in one piece as a whole.
        if case .message(let length, let content, let kind, let notes) = reading, length <= rest.count {
          reader.takeWhole(Int(length), content: content, kind: kind, notes: notes)
        } else {
          use(reading, of: rest, read: 0, &reader)
        }
      } else {
        let rest = reader.rest.prefix(wanted - header.count)
        header += rest
        reader.position += rest.count
        guard header.count == wanted else { return }
        let reading = header.withUnsafeBytes { format.read($0) }
        if case .more(let count) = reading {
          wanted = count
        } else {
          let count = header.count
          header = []
          use(reading, of: UnsafeRawBufferPointer(rebasing: rest), read: count, &reader)
        }
      }
    }
  }

  mutating func pass(_ count: Int64, _ reader: inout MessageReader) -> Bool {
    guard left >= count else { return false }
    left -= count
    if left == 0 { reader.close() }
    return true
  }

  /// - Parameter read: how much of the message has been read already.
  @inline(__always)
  private mutating func use(
    _ reading: HeaderReading, of rest: UnsafeRawBufferPointer, read: Int, _ reader: inout MessageReader
  ) {
    switch reading {
    case .more(let count):
      wanted = count
      header += rest
      reader.position += rest.count
    case .message(let length, let content, let kind, let notes):
      begin(content, kind, read: read, &reader)
      reader.open.notes = notes
      let (end, isHuge) = reader.open.start.addingReportingOverflow(length)
      if isHuge { return reader.lose(.tooLong) }
      reader.open.end = end
      left = end - reader.here
      if left == 0 { reader.close() }
    case .tooLong(let length, let content, let kind):
      begin(content, kind, read: read, &reader)
      if let length { reader.closeTooLong(length) } else { reader.lose(.tooLong) }
    case .bad(let count):
      reader.position += max(0, count - read)
      reader.lose(.bad)
    }
  }

  @inline(__always)
  private func begin(_ content: Int, _ kind: MessageKind?, read: Int, _ reader: inout MessageReader) {
    reader.position += max(0, content - read)
    reader.open.kind = kind
    reader.open.content = reader.open.start + Int64(content)
  }
}
