import Traffic

/// The messages of sockets with a framing, as a table: which calls each came in, and what a reader that takes one recv for one
/// message would have made of them.
struct HTMLMessages {
  /// Messages of a page.
  private static let most = 2000
  private static let shownContent = 60

  private let names: SocketNames
  private var sentences: [String] = []
  private var count = 0

  /// Nothing where no socket has a framing.
  static func write(
    _ journal: Journal, of sockets: [SocketID], _ options: ExportOptions, to output: inout ExportOutput
  ) throws {
    let isFramed = sockets.contains { socket in
      guard let info = journal.socket(socket)?.info else { return false }
      let parent = info.parent.flatMap { journal.socket($0)?.info }
      return [info, parent].contains { $0?.receivedFraming != nil || $0?.sentFraming != nil }
    }
    guard isFramed else { return }
    let records = ExportRows(
      journal, ExportOptions(wall: options.wall, version: options.version), RecordKinds { _ in true })
    var page = HTMLMessages(names: records.names)
    var followers = MessageFollowers(journal, isSettled: true)
    let wanted = Set(sockets)
    try records.each { row in
      let found = followers.take(row.record, row.sequence, payload: row.payload) { records.names[$0]?.parent }
      guard !found.isEmpty, wanted.contains(row.record.socket) else { return }
      for message in found.earlier + found.completed { page.write(message, row, journal, to: &output.buffer) }
      if let naive = found.naive {
        page.sentences.append("\(records.names.name(row.record.socket)): \(naive.sentence)")
      }
      try output.pass()
    }
    page.end(to: &output.buffer)
  }

  private static func writeHead(to output: inout ByteBuffer) {
    output.append(
      """
      <h2>Messages</h2>
      <table class="sockets"><thead><tr><th>socket</th><th class="n">message</th><th>way</th><th class="n">offset</th>\
      <th class="n">length</th><th>in</th><th class="n">took</th><th>what</th></tr></thead><tbody>

      """)
  }

  private func end(to output: inout ByteBuffer) {
    if count == 0 { return }
    output.append("</tbody></table>\n")
    if count > Self.most {
      output.append("<p class=\"notice\">")
      output.append(html: "\(Units.count(count - Self.most)) more messages were left out.")
      output.append("</p>\n")
    }
    for sentence in sentences.prefix(HTMLOutline.mostDrawings) {
      output.append("<p>")
      output.append(html: sentence)
      output.append("</p>\n")
    }
  }

  private init(names: SocketNames) { self.names = names }

  private mutating func write(
    _ found: FoundMessage, _ row: ExportRows.Row, _ journal: Journal, to rows: inout ByteBuffer
  ) {
    count += 1
    if count == 1 { Self.writeHead(to: &rows) }
    if count > Self.most { return }
    let message = found.message
    let calls = found.calls
    let isCut = calls.map { $0.count > 1 } ?? false
    rows.append(
      isCut || message.broken != nil
        ? "<tr class=\"call fails\"><td class=\"name\">" : "<tr class=\"call\"><td class=\"name\">")
    rows.append(html: names.name(row.record.socket))
    rows.append("</td><td class=\"n\">")
    rows.append(count: message.number)
    rows.append("</td><td>")
    rows.append(html: message.way.word)
    for number in [Int(message.range.lowerBound), message.range.count] {
      rows.append("</td><td class=\"n\">")
      rows.append(count: number)
    }
    rows.append("</td><td>")
    let call = message.way == .received ? "recv" : "send"
    rows.append(
      html: calls.map { isCut ? "\(call) \($0.lowerBound)–\($0.upperBound)" : "\(call) \($0.lowerBound)" }
        ?? "—")
    rows.append("</td><td class=\"n\">")
    rows.append(html: message.time > message.began ? Units.duration(message.time - message.began) : "")
    rows.append("</td><td>")
    var words = [message.kind?.rawValue, isCut ? "cut" : nil].compactMap { $0 } + message.notes.words
    if let broken = message.broken { words.append("broken: \(broken.rawValue)") }
    rows.append(html: words.joined(separator: ", "))
    let facts = MessageFacts(
      found, of: row.record.socket, named: names.name(row.record.socket), row.sequence, journal)
    if let content = facts.content, !content.isEmpty {
      rows.append(" <code>")
      rows.append(html: EscapedText.literal(Array(content.prefix(Self.shownContent))))
      rows.append(content.count > Self.shownContent ? "…</code>" : "</code>")
    }
    rows.append("</td></tr>\n")
  }
}
