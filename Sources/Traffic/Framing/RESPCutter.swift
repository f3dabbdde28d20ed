/// The values of RESP2 and RESP3, one after another; those inside an array belong to it, and an attribute to
/// what it stands before. A line that begins with a letter is a command as one types it.
struct RESPCutter: Cutter {
  private enum Place {
    case type
    /// A line whose text is not looked at, a line with a number, and one that a person typed.
    case line, number, inline
    /// The LF behind their CR.
    case lineEnd
    /// So many bytes of a string, then CR and LF.
    case string, stringCR, stringLF
  }

  private var place = Place.type
  private var form = RESPType.simpleString
  private var number = RESPNumber()
  private var nesting = RESPNesting()
  /// Bytes of a string that are to come.
  private var left: Int64 = 0

  static var contentIsAtStart: Bool { true }

  mutating func take(_ reader: inout MessageReader) {
    while !reader.isAtEnd {
      let byte = reader.bytes[reader.position]
      switch place {
      case .type: takeType(byte, &reader)
      case .line: takeLine(&reader)
      case .inline:
        reader.position =
          ByteScan.first(0x0a, in: reader.bytes, from: reader.position).map { $0 + 1 } ?? reader.bytes.count
        if reader.bytes[reader.position - 1] == 0x0a { endValue(&reader) }
      case .number:
        reader.position += 1
        if byte == 0x0d {
          place = .lineEnd
        } else if let broken = number.accept(byte) {
          reader.lose(broken)
        }
      case .lineEnd:
        reader.position += 1
        if byte == 0x0a { endLine(&reader) } else { reader.lose(.bad) }
      case .string:
        left = reader.skip(left)
        if left == 0 { place = .stringCR }
      case .stringCR:
        reader.position += 1
        if byte == 0x0d { place = .stringLF } else { reader.lose(.bad) }
      case .stringLF:
        reader.position += 1
        if byte == 0x0a { endString(&reader) } else { reader.lose(.bad) }
      }
    }
  }

  mutating func pass(_ count: Int64, _ reader: inout MessageReader) -> Bool {
    guard place == .string, left >= count else { return false }
    left -= count
    if left == 0 { place = .stringCR }
    return true
  }

  private mutating func takeType(_ byte: UInt8, _ reader: inout MessageReader) {
    reader.position += 1
    if reader.open.start + 1 == reader.here {
      // What a person types may be empty: Redis passes over it.
      if byte == 0x0d || byte == 0x0a { return reader.leaveOut() }
      if byte.isLetter {
        reader.open.kind = .inline
        place = .inline
        return
      }
    }
    if byte == RESPType.end, nesting.closeStreamed() {
      form = .simpleString
      place = .line
      return
    }
    guard let form = RESPType(rawValue: byte), (form == .chunk) == nesting.isInString else {
      return reader.lose(.bad)
    }
    self.form = form
    if nesting.isEmpty, let kind = form.kind { reader.open.kind = kind }
    number = RESPNumber()
    place = form.hasNumber ? .number : .line
  }

  private mutating func takeLine(_ reader: inout MessageReader) {
    let end = reader.rest.firstIndex { $0 == 0x0d || $0 == 0x0a }
    guard let end else {
      reader.position = reader.bytes.count
      return
    }
    let isCR = reader.rest[end] == 0x0d
    reader.position += end + 1
    if isCR { place = .lineEnd } else { reader.lose(.bad) }
  }

  private mutating func endLine(_ reader: inout MessageReader) {
    place = .type
    guard form.hasNumber else { return endValue(&reader) }
    guard let value = number.value else { return reader.lose(.bad) }
    switch (value, form) {
    case (.absent, .bulkString), (.absent, .array):
      if nesting.isEmpty { reader.open.kind = .null }
      endValue(&reader)
    case (.streamed, .bulkString): open(.string, &reader)
    case (.streamed, .array), (.streamed, .set), (.streamed, .map), (.streamed, .push):
      open(.streamed, &reader)
    case (.absent, _), (.streamed, _): reader.lose(.bad)
    case (.count(0), .chunk):
      nesting.closeString()
      endValue(&reader)
    case (.count(let count), .bulkString), (.count(let count), .bulkError),
      (.count(let count), .verbatimString),
      (.count(let count), .chunk):
      left = count
      place = count == 0 ? .stringCR : .string
    case (.count(let count), .map), (.count(let count), .attribute):
      let (both, isHuge) = count.multipliedReportingOverflow(by: 2)
      if isHuge { return reader.lose(.tooLong) }
      open(form == .attribute ? .attribute(both) : .elements(both), &reader)
    case (.count(let count), _): open(.elements(count), &reader)
    }
  }

  private mutating func endString(_ reader: inout MessageReader) {
    place = .type
    // A chunk of a string is no value of its own.
    if form != .chunk { endValue(&reader) }
  }

  private mutating func open(_ level: RESPNesting.Level, _ reader: inout MessageReader) {
    switch level {
    case .elements(0): return endValue(&reader)
    case .attribute(0): return
    case .elements, .attribute, .streamed, .string: break
    }
    if nesting.open(level) { return }
    reader.open.notes.insert(.tooDeep)
    reader.lose(.tooLong)
  }

  private mutating func endValue(_ reader: inout MessageReader) {
    place = .type
    if nesting.endValue() { reader.close() }
  }
}
