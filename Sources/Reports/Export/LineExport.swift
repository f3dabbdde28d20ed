import Traffic

/// Rows as a printer writes them, a line each.
struct LineExport<Format: RecordFormat>: Export {
  private static var piece: Int { 1 << 16 }

  private let format: Format
  /// What stands above the rows, none or all of them.
  private let head: String

  init(_ format: Format, head: String = "") { (self.format, self.head) = (format, head) }

  func write(_ journal: Journal, _ options: ExportOptions, to output: inout ExportOutput) throws
    -> ExportTally
  {
    output.buffer.append(text: head)
    // Runtimes send themselves signals all the time: --json leaves them out as well.
    let shown = Set(Record.Kind.allCases).subtracting([.signal])
    var printer = Printer(
      journal, format, shown: shown, filter: options.filter, showsEvicted: true, showsMessages: true)
    printer.stopAtEnd()
    var tally = ExportTally()
    var lines = ByteBuffer(capacity: 2 * Self.piece)
    repeat {
      lines.removeAll()
      printer.fill(&lines, upTo: Self.piece, at: 0)
      lines.withUnsafeBytes { bytes in
        var begin = 0
        while begin < bytes.count {
          // Every row ends with its newline.
          let end = (bytes[begin...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count - 1) + 1
          defer { begin = end }
          if tally.written == options.limit ?? .max {
            tally.leftOut += 1
          } else {
            tally.written += 1
            output.buffer.append(bytes: UnsafeRawBufferPointer(rebasing: bytes[begin..<end]))
          }
        }
      }
      try output.pass()
    } while !printer.isAtEnd
    return tally
  }
}
