import Traffic

/// What recv and send moved as hex lines, as hexdump -C has them. text2pcap(1) takes the file with `-D -t ISO`: each call is a
/// packet, `I` what was received and `O` what was sent; lines with `#` are comments.
struct HexDumpExport: Export {
  private static let width = 16
  private static let calls = RecordKinds {
    ($0.kind == .recv || $0.kind == .send) && ($0.result > 0 || $0.conditions.contains(.datagram))
  }

  func write(_ journal: Journal, _ options: ExportOptions, to output: inout ExportOutput) throws
    -> ExportTally
  {
    let rows = ExportRows(journal, options, Self.calls)
    output.buffer.append("# recvscope ")
    output.buffer.append(safe: options.version)
    output.buffer.append(": what each call moved. I received, O sent. text2pcap -D -t ISO takes this file.\n")
    var gone = 0
    try rows.each { row in
      write(row, rows.names, wall: options.wall, to: &output.buffer)
      if row.payload == nil { gone += 1 }
      try output.pass()
    }
    var tally = rows.tally
    if gone > 0 { tally.notes.append("of \(Units.count(gone)) calls the bytes are no longer there") }
    return tally
  }

  private func write(
    _ row: ExportRows.Row, _ names: SocketNames, wall: Nanoseconds, to output: inout ByteBuffer
  ) {
    output.append("\n# ")
    output.append(safe: names.name(row.record.socket))
    output.append(" #")
    output.append(number: row.record.number)
    output.append(" ")
    output.append(callOf: row.record)
    output.append(", seq ")
    output.append(number: row.sequence)
    guard let payload = row.payload else {
      output.append(": the bytes were dropped, to stay within --memory\n")
      return
    }
    output.append(row.record.kind == .recv ? "\nI " : "\nO ")
    output.append(wall: wall + row.record.end)
    output.append("\n")
    payload.withUnsafeBytes { bytes in
      for begin in stride(from: 0, to: bytes.count, by: Self.width) {
        write(bytes[begin..<min(begin + Self.width, bytes.count)], at: begin, to: &output)
      }
    }
  }

  /// `00000000  31 32 33 34 35 61 61 61  61 61 61 61 61 61 61 61  |12345aaaaaaaaaaa|`. The bar tells text2pcap(1) that no more
  /// hex follows, whatever the text looks like.
  private func write(_ line: Slice<UnsafeRawBufferPointer>, at offset: Int, to output: inout ByteBuffer) {
    for shift in [24, 16, 8, 0] { output.append(hex: UInt8(truncatingIfNeeded: offset >> shift)) }
    output.append(" ")
    for (place, byte) in line.enumerated() {
      output.append(place == Self.width / 2 ? "  " : " ")
      output.append(hex: byte)
    }
    output.append(
      repeating: UInt8(ascii: " "),
      count: 3 * (Self.width - line.count) + (line.count > Self.width / 2 ? 2 : 3))
    output.append("|")
    for byte in line { output.append(byte: byte >= 0x20 && byte < 0x7f ? byte : UInt8(ascii: ".")) }
    output.append("|\n")
  }
}
