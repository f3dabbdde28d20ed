import SystemPackage
import Traffic

/// The rows of a report: a call with its numbers, and below it its bytes and what they mean.
struct HTMLRows {
  /// Runtimes send themselves signals all the time.
  static let kinds = RecordKinds { $0.kind != .signal && $0.kind != .start }

  /// A page of more than this hangs browsers: from here on rows have no bytes and no sentences.
  private static let most: Int64 = 8 << 20

  private static let columns: [(title: StaticString, isNumber: Bool)] = [
    ("seq", true), ("time", true), ("since", true), ("socket", false), ("call", false), ("got", true),
    ("of", true),
    ("left", true), ("segs", true), ("waited", true), ("why", false),
  ]

  private let names: SocketNames
  /// Bytes of a call that are shown.
  private let shown: Int
  private let explainsOnce: Bool
  /// What was explained already, where once is enough.
  private var explained: Set<String> = []
  /// What the recv above returned.
  private var repeated: [UInt8] = []
  private var last: Nanoseconds?
  private var written: Int64 = 0
  /// Rows that have neither bytes nor sentences, as the page is long enough.
  private(set) var bare = 0

  /// - Parameters:
  ///   - bytes: of a call that are shown.
  ///   - explainsOnce: of calls that ended alike only the first is explained, and none that opened something; the same bytes
  ///     again are not shown.
  init(_ names: SocketNames, bytes: Int = 256, explainsOnce: Bool = false) {
    (self.names, self.shown, self.explainsOnce) = (names, bytes, explainsOnce)
  }

  static func writeHead(to output: inout ByteBuffer) {
    output.append("<table class=\"calls\"><thead><tr>")
    for (title, isNumber) in columns {
      output.append(isNumber ? "<th class=\"n\">" : "<th>")
      output.append(title)
      output.append("</th>")
    }
    output.append("</tr></thead><tbody>\n")
  }

  mutating func write(_ row: ExportRows.Row, to output: inout ByteBuffer) {
    let begin = output.count
    let record = row.record
    let isCall = record.kind == .recv || record.kind == .send
    let ends = record.endsReceiving || record.kind == .close
    output.append("<tr class=\"call ")
    output.append(text: record.kind.word)
    output.append(
      record.errno != nil && record.errno?.isPassing != true ? " fails\">" : ends ? " ends\">" : "\">")
    Self.number(&output) { $0.append(number: row.sequence) }
    Self.number(&output) { $0.append(time: record.end) }
    Self.number(&output) { output in
      if let last { output.append(duration: record.end - last) } else { output.append("—") }
    }
    last = record.end
    output.append("<td class=\"name\">")
    output.append(html: names.name(record.socket))
    output.append("</td><td class=\"word\">")
    output.append(html: record.call?.name ?? record.kind.word)
    if isCall {
      output.append(" #")
      output.append(number: record.number)
    }
    output.append("</td>")
    if isCall { writeNumbers(record, to: &output) } else { writeLine(row, to: &output) }
    output.append("</tr>\n")
    if written < Self.most {
      writeMore(row, isCall, to: &output)
    } else {
      bare += 1
    }
    written += Int64(output.count - begin)
  }

  /// Says that rows are left out here.
  mutating func skip(_ count: Int, to output: inout ByteBuffer) {
    output.append("<tr class=\"gap\"><td></td><td colspan=\"10\">⋮ ")
    output.append(count: count)
    output.append(" rows more</td></tr>\n")
    last = nil
  }

  private func writeNumbers(_ record: Record, to output: inout ByteBuffer) {
    Self.number(&output, record.returned)
    Self.number(&output, Int(record.asked))
    Self.number(&output, record.kind == .recv ? record.queued : nil, isThere: record.kind == .recv)
    Self.number(&output, record.segments, isThere: record.kind == .recv)
    Self.number(&output) { $0.append(duration: record.waited) }
    output.append("<td class=\"why\">")
    output.append(html: { output in
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
    })
    output.append("</td>")
  }

  private func writeLine(_ row: ExportRows.Row, to output: inout ByteBuffer) {
    output.append("<td class=\"why\" colspan=\"6\">")
    output.append(html: { RecordLine(row.record, payload: row.payload, .whole).write(to: &$0) { names[$0] } })
    output.append("</td>")
  }

  private mutating func writeMore(_ row: ExportRows.Row, _ isCall: Bool, to output: inout ByteBuffer) {
    let explains = !explainsOnce || isNew(row.record)
    let showsBytes = isCall && !(explainsOnce && isRepeated(row))
    if !explains, !showsBytes || row.record.result <= 0 { return }
    output.append("<tr class=\"more\"><td></td><td colspan=\"10\">")
    if showsBytes { writeBytes(row, to: &output) }
    if explains { writeSentences(row, to: &output) }
    output.append("</td></tr>\n")
  }

  /// Nothing that ended like it, whatever its numbers, was explained yet.
  private mutating func isNew(_ record: Record) -> Bool {
    let opens = [.listen, .accept, .connect].contains(record.kind) && record.result >= 0
    return !opens && explained.insert(Self.manner(of: record)).inserted
  }

  /// The bytes of a recv are those of the one above.
  private mutating func isRepeated(_ row: ExportRows.Row) -> Bool {
    guard row.record.kind == .recv, let payload = row.payload, !payload.isEmpty else { return false }
    defer { repeated = Array(payload) }
    return payload.elementsEqual(repeated)
  }

  /// How it ended, without its numbers.
  private static func manner(of record: Record) -> String {
    "\(record.kind.word) \(record.result.signum()) \(Reason(record)?.rawValue ?? record.errno?.name ?? "")"
  }

  private func writeSentences(_ row: ExportRows.Row, to output: inout ByteBuffer) {
    let sentences = names.explanation(of: row.record)
    output.append("<p class=\"detail\">")
    output.append(html: sentences.text)
    if row.record.kind == .recv, let origin = names.origin(of: row.record) {
      output.append(" ")
      output.append(html: origin)
    }
    if let page = sentences.page {
      output.append(" <span class=\"dim\">man ")
      output.append(html: page)
      output.append("</span>")
    }
    output.append("</p>")
  }

  private func writeBytes(_ row: ExportRows.Row, to output: inout ByteBuffer) {
    guard let payload = row.payload else {
      if row.record.result > 0 {
        output.append("<p class=\"detail\">These bytes were dropped, to stay within --memory.</p>")
      }
      return
    }
    if payload.isEmpty { return }
    let offset = row.record.conditions.contains(.datagram) ? 0 : row.record.offset
    output.append("<pre>")
    output.append(html: { output in
      payload.prefix(shown).withUnsafeBytes { output.append(hexLines: $0, offset: offset, indent: 0) }
    })
    if payload.count > shown {
      output.append("… ")
      output.append(count: payload.count - shown)
      output.append(" bytes more\n")
    }
    output.append("</pre>")
  }

  private static func number(_ output: inout ByteBuffer, _ value: Int?, isThere: Bool = true) {
    number(&output) { output in
      if let value { output.append(count: value) } else if isThere { output.append("—") }
    }
  }

  private static func number(_ output: inout ByteBuffer, _ write: (inout ByteBuffer) -> Void) {
    output.append("<td class=\"n\">")
    write(&output)
    output.append("</td>")
  }
}
