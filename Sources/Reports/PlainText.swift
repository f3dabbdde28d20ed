import Traffic

/// Aligned text for people, a line a record, with hex lines and sentences below where they are asked for.
public struct PlainText: RecordFormat {
  static let indent = 14
  /// Cells that the lines of sentences take, the indent included.
  private static let width = 100

  public var isInOrderOfCause: Bool { true }

  private let version: String
  private let showsHex: Bool
  private let explains: Bool
  private let hasHead: Bool
  private let foldsBursts: Bool

  /// - Parameters:
  ///   - version: of the program, for the first line.
  ///   - showsHex: the bytes of each call follow it.
  ///   - explains: what a record means, and which man page to read, follow it.
  ///   - hasHead: the columns have names.
  ///   - foldsBursts: the end of a burst has no line where its send() says all of it.
  public init(
    version: String, showsHex: Bool = false, explains: Bool = false, hasHead: Bool = false,
    foldsBursts: Bool = false
  ) {
    self.version = version
    self.showsHex = showsHex
    self.explains = explains
    self.hasHead = hasHead
    self.foldsBursts = foldsBursts
  }

  public func writeHead(to output: inout ByteBuffer) {
    // As wide as what `writeColumns` and `writeCall` write below each.
    if hasHead {
      output.append(
        "        time  socket      call      #         got of asked        left     segs    waited  why\n")
    }
  }

  public func write(
    _ record: Record, sequence: Int, payload: ArraySlice<UInt8>?, names: SocketNames,
    to output: inout ByteBuffer
  ) {
    if foldsBursts, record.course == .plain { return }
    writeColumns(record.end, names.name(record.socket), record.kind.word, to: &output)
    switch record.kind {
    case .recv, .send: writeCall(record, names, to: &output)
    case .start:
      output.append("recvscope ")
      output.append(safe: version)
      output.append(", ")
      writeLine(record, payload, names, to: &output)
    case .listen, .accept, .connect, .wait, .shutdown, .close, .option, .mark, .expect, .burst,
      .hold, .release, .drop, .call, .startProgram, .output, .signal, .unseen, .lost, .exitProgram, .shake,
      .cut, .ask, .answer, .reveal, .segment:
      writeLine(record, payload, names, to: &output)
    }
    output.append("\n")
    if showsHex, record.kind == .recv || record.kind == .send { writeHex(record, payload, to: &output) }
    if explains { writeSentences(record, names, to: &output) }
  }

  public func writeEvicted(
    records: Int, bytes: Int64, sequence: Int, time: Nanoseconds, to output: inout ByteBuffer
  ) {
    writeColumns(time, "", "evicted", to: &output)
    output.append(count: records)
    output.append(" records and ")
    output.append(size: bytes)
    output.append(" of payload, to stay within --memory\n")
  }

  /// The columns that every line has.
  func writeColumns(
    _ time: Nanoseconds, _ name: String, _ event: String, to output: inout ByteBuffer
  ) {
    output.append(rightIn: 12) { $0.append(time: time) }
    output.append("  ")
    output.append(leftIn: 10) { $0.append(safe: name) }
    output.append("  ")
    output.append(leftIn: 8) { $0.append(text: event) }
    output.append("  ")
  }

  private func writeLine(
    _ record: Record, _ payload: ArraySlice<UInt8>?, _ names: SocketNames, to output: inout ByteBuffer
  ) {
    RecordLine(record, payload: payload, .whole).write(to: &output) { names[$0] }
  }

  /// The columns of a recv or send: how much of how much, what was left, segments, time in the call, why.
  private func writeCall(_ record: Record, _ names: SocketNames, to output: inout ByteBuffer) {
    output.append(leftIn: 6) {
      $0.append("#")
      $0.append(number: record.number)
    }
    output.append(" ")
    output.append(rightIn: 6) { Self.write(record.returned, to: &$0) }
    output.append(" of ")
    output.append(leftIn: 6) { $0.append(number: record.asked) }
    if record.kind == .recv {
      output.append(" ")
      output.append(rightIn: 10) {
        Self.write(record.queued, to: &$0)
        $0.append(" left")
      }
      output.append(" ")
      output.append(rightIn: 8) {
        Self.write(record.segments, to: &$0)
        $0.append(" segs")
      }
    } else {
      // What only a recv() has.
      output.append(repeating: UInt8(ascii: " "), count: 20)
    }
    output.append(" ")
    output.append(rightIn: 9) { $0.append(duration: record.waited) }
    output.append("  ")
    output.append(outcomeOf: record)
    if let address = record.address {
      output.append(record.kind == .send ? " to " : " from ")
      output.append(safe: names.text(address))
    }
    let flags = record.flags.subtracting(.noSignal)
    if !flags.isEmpty {
      output.append(" [")
      output.append(text: flags.names.joined(separator: ","))
      output.append("]")
    }
  }

  private static func write(_ value: Int?, to output: inout ByteBuffer) {
    if let value { output.append(number: value) } else { output.append("—") }
  }

  /// What the record means, whose bytes a chunk holds, and the man page to read.
  private func writeSentences(_ record: Record, _ names: SocketNames, to output: inout ByteBuffer) {
    let explanation = names.explanation(of: record)
    // A send is not followed to its recv calls: they come below, each with the sends that it holds.
    let origin = record.kind == .recv ? names.origin(of: record) : nil
    let paragraphs = [
      (explanation.sentences + (origin.map { [$0] } ?? [])).joined(separator: " "),
      names.segments(of: record) ?? "",
      explanation.page.map { "man \($0)" } ?? "",
    ]
    for paragraph in paragraphs {
      for line in Paragraph.lines(SafeText.string(paragraph), width: Self.width - Self.indent) {
        output.append(repeating: UInt8(ascii: " "), count: Self.indent)
        output.append(text: line)
        output.append("\n")
      }
    }
  }

  private func writeHex(_ record: Record, _ payload: ArraySlice<UInt8>?, to output: inout ByteBuffer) {
    guard let payload else {
      output.append(repeating: UInt8(ascii: " "), count: Self.indent)
      return output.append("(these bytes were dropped, to stay within --memory)\n")
    }
    let offset = record.conditions.contains(.datagram) ? 0 : record.offset
    payload.withUnsafeBytes { output.append(hexLines: $0, offset: offset, indent: Self.indent) }
  }
}
