import Traffic

/// Writes rows one after another, however many there are.
public struct QueryWriter {
  /// Rows that decide how wide the columns of a table are; later ones that are wider stand out.
  private static let measured = 200
  /// Cells of a column that are wider are cut.
  private static let widest = 60

  private let format: QueryFormat
  private let columns: [String]
  /// What a terminal could take for an order is shown instead, also in CSV and JSON.
  private let isForTerminal: Bool
  /// Rows of a table that wait for the widths.
  private var waiting: [[(text: String, isNumber: Bool)]] = []
  private var widths: [Int]?

  public init(
    _ format: QueryFormat, columns: [String], isForTerminal: Bool = false, to output: inout ByteBuffer
  ) {
    self.format = format
    self.isForTerminal = isForTerminal
    self.columns = isForTerminal ? columns.map { SafeText.string($0) } : columns
    if format == .csv { Self.writeCSV(self.columns.map { .text($0) }, to: &output) }
  }

  public mutating func write(_ row: [QueryValue], to output: inout ByteBuffer) {
    let row = isForTerminal ? row.map(Self.safe) : row
    switch format {
    case .table:
      let cells = row.map(Self.cell)
      if widths != nil {
        writeLine(cells, to: &output)
      } else {
        waiting.append(cells)
        if waiting.count == Self.measured { writeWaiting(to: &output) }
      }
    case .csv: Self.writeCSV(row, to: &output)
    case .json: writeJSON(row, to: &output)
    }
  }

  /// Writes what still waits.
  public mutating func finish(to output: inout ByteBuffer) {
    if format == .table, widths == nil { writeWaiting(to: &output) }
  }

  private static func safe(_ value: QueryValue) -> QueryValue {
    if case .text(let text) = value { .text(SafeText.string(text)) } else { value }
  }

  // MARK: Table

  private static func cell(_ value: QueryValue) -> (text: String, isNumber: Bool) {
    switch value {
    case .null: ("", false)
    case .integer(let number): ("\(number)", true)
    case .real(let number): ("\(number)", true)
    case .text(let text): (SafeText.string(text), false)
    case .bytes(let bytes):
      (bytes.prefix(widest / 2).map(hex).joined() + (bytes.count > widest / 2 ? "…" : ""), false)
    }
  }

  private mutating func writeWaiting(to output: inout ByteBuffer) {
    widths = columns.indices.map { column in
      let cells = waiting.map { SafeText.width($0[column].text) }
      return min(Self.widest, max(SafeText.width(SafeText.string(columns[column])), cells.max() ?? 0))
    }
    let isNumber = columns.indices.map { column in
      waiting.contains { $0[column].isNumber }
        && waiting.allSatisfy { $0[column].isNumber || $0[column].text.isEmpty }
    }
    writeLine(zip(columns, isNumber).map { (SafeText.string($0), $1) }, to: &output)
    for row in waiting { writeLine(row, to: &output) }
    waiting = []
  }

  private func writeLine(_ cells: [(text: String, isNumber: Bool)], to output: inout ByteBuffer) {
    var line = ""
    for (cell, width) in zip(cells, widths ?? []) {
      let room = max(0, width - SafeText.width(cell.text))
      if !line.isEmpty { line += "  " }
      line +=
        cell.isNumber
        ? String(repeating: " ", count: room) + cell.text : cell.text + String(repeating: " ", count: room)
    }
    while line.last == " " { line.removeLast() }
    output.append(text: line + "\n")
  }

  // MARK: CSV

  private static func writeCSV(_ row: [QueryValue], to output: inout ByteBuffer) {
    for (index, value) in row.enumerated() {
      if index > 0 { output.append(",") }
      switch value {
      case .null: break
      case .integer(let number): output.append(number: number)
      case .real(let number): output.append(text: "\(number)")
      case .bytes(let bytes): for byte in bytes { output.append(text: hex(byte)) }
      case .text(let text): output.append(text: quoted(text))
      }
    }
    output.append("\n")
  }

  /// A spreadsheet takes a cell that begins with one of these for a formula: what a peer sent is none.
  private static func quoted(_ text: String) -> String {
    let isFormula = "=+-@\t\r".contains(text.first ?? "a")
    if !isFormula, !text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) { return text }
    let doubled = text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
    return "\"" + (isFormula ? "'" : "") + doubled + "\""
  }

  private static func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }

  // MARK: JSON

  private func writeJSON(_ row: [QueryValue], to output: inout ByteBuffer) {
    output.beginObject()
    for (name, value) in zip(columns, row) {
      output.begin(quoted: name)
      switch value {
      case .null: output.append("null")
      case .integer(let number): output.append(number: number)
      case .real(let number): output.append(text: number.isFinite ? "\(number)" : "null")
      case .text(let text): output.append(quoted: text)
      case .bytes(let bytes):
        output.append("\"")
        bytes.withUnsafeBytes { output.append(base64: $0) }
        output.append("\"")
      }
    }
    output.endObject()
  }
}
