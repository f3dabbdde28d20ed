import Traffic

/// The JSON Lines as a table: a column for each field that any of them has, by the same name. RFC 4180.
///
/// What JSON escapes beside quotes stays escaped, so that each row is one line and nothing in it moves a terminal. A text that a
/// spreadsheet would take for a formula has a `'` before it. Payloads are hex behind `0x`, as bursts have them.
struct CSVTable: RecordFormat {
  /// In the order of the JSON Lines.
  static let columns: [String] = {
    let first = ["event", "seq", "t", "socket"]
    var seen = Set(first)
    let others = FilterField.all.map(\.name) + ["version", "records", "data"]
    // Payloads are long: they come last.
    return first + others.filter { $0 != "data" && seen.insert($0).inserted } + ["data"]
  }()

  /// The first line.
  static let head = columns.joined(separator: ",") + "\n"

  private static let places = Dictionary(
    uniqueKeysWithValues: columns.enumerated().map { (Array($0.element.utf8)[...], $0.offset) })

  private let json: JSONLines

  init(version: String) { json = JSONLines(version: version, encoding: .hex) }

  var isInOrderOfCause: Bool { json.isInOrderOfCause }

  func writeHead(to output: inout ByteBuffer) {}

  func write(
    _ record: Record, sequence: Int, payload: ArraySlice<UInt8>?, names: SocketNames,
    to output: inout ByteBuffer
  ) {
    var line = ByteBuffer()
    json.write(record, sequence: sequence, payload: payload, names: names, to: &line)
    Self.write(line, to: &output)
  }

  func write(
    _ found: FoundMessage, of socket: SocketID, sequence: Int, content: [UInt8]?, names: SocketNames,
    to output: inout ByteBuffer
  ) {
    var line = ByteBuffer()
    json.write(found, of: socket, sequence: sequence, content: content, names: names, to: &line)
    Self.write(line, to: &output)
  }

  func write(
    _ naive: NaiveReader, of socket: SocketID, at time: Nanoseconds, names: SocketNames,
    to output: inout ByteBuffer
  ) {
    var line = ByteBuffer()
    json.write(naive, of: socket, at: time, names: names, to: &line)
    Self.write(line, to: &output)
  }

  /// Statistics are no rows.
  func write(_ report: StatisticsReport, names: SocketNames, to output: inout ByteBuffer) {}

  func writeEvicted(
    records: Int, bytes: Int64, sequence: Int, time: Nanoseconds, to output: inout ByteBuffer
  ) {
    var line = ByteBuffer()
    json.writeEvicted(records: records, bytes: bytes, sequence: sequence, time: time, to: &line)
    Self.write(line, to: &output)
  }

  // MARK: One row

  /// Puts the fields of a line of JSON into their columns.
  private static func write(_ line: borrowing ByteBuffer, to output: inout ByteBuffer) {
    line.withUnsafeBytes { bytes in
      var cells = [Range<Int>?](repeating: nil, count: columns.count)
      var place = 1
      while place < bytes.count, bytes[place] == UInt8(ascii: "\"") {
        let name = place + 1..<end(of: bytes, from: place) - 1
        let value = name.upperBound + 2..<end(of: bytes, from: name.upperBound + 2)
        if let column = places[Array(bytes[name])[...]] { cells[column] = value }
        place = value.upperBound + 1
      }
      for column in columns.indices {
        if column > 0 { output.append(",") }
        if let cell = cells[column] {
          write(cell: UnsafeRawBufferPointer(rebasing: bytes[cell]), column + 1 == columns.count, to: &output)
        }
      }
      output.append("\n")
    }
  }

  /// Where a value ends that our own printer has written: lists hold no lists.
  private static func end(of bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    var place = start
    var (isQuoted, isListed) = (false, false)
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "\\"): place += 1
      case UInt8(ascii: "\""):
        isQuoted.toggle()
        if !isQuoted, !isListed { return place + 1 }
      case UInt8(ascii: "[") where !isQuoted: isListed = true
      case UInt8(ascii: "]") where !isQuoted: return place + 1
      case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: ":"):
        if !isQuoted, !isListed { return place }
      default: break
      }
      place += 1
    }
    return place
  }

  /// - Parameter isData: hex digits, or nothing.
  private static func write(cell: UnsafeRawBufferPointer, _ isData: Bool, to output: inout ByteBuffer) {
    switch cell.first {
    case UInt8(ascii: "\""):
      if isData {
        if cell.count > 2 {
          output.append("0x")
          output.append(bytes: UnsafeRawBufferPointer(rebasing: cell[1..<cell.count - 1]))
        }
        return
      }
      output.append("\"")
      let text = cell[1..<cell.count - 1]
      if let first = text.first, "=+-@".utf8.contains(first) { output.append("'") }
      write(escaped: text, to: &output)
      output.append("\"")
    case UInt8(ascii: "["):
      output.append("\"")
      // Names of sockets and flags: what they begin with is a letter, or a digit of the program's own.
      write(escaped: cell[1..<cell.count - 1], leavesQuotes: true, to: &output)
      output.append("\"")
    case UInt8(ascii: "n"): break
    default: output.append(bytes: cell)
    }
  }

  private static func write(
    escaped text: Slice<UnsafeRawBufferPointer>, leavesQuotes: Bool = false, to output: inout ByteBuffer
  ) {
    var rest = text.makeIterator()
    while let byte = rest.next() {
      switch byte {
      case UInt8(ascii: "\""): if !leavesQuotes { output.append("\"\"") }
      case UInt8(ascii: "\\"):
        // Quotes and backslashes are themselves here; other escapes stay.
        switch rest.next() {
        case UInt8(ascii: "\"")?: output.append("\"\"")
        case UInt8(ascii: "\\")?: output.append("\\")
        case let letter?:
          output.append("\\")
          output.append(byte: letter)
        case nil: break
        }
      default: output.append(byte: byte)
      }
    }
  }
}
