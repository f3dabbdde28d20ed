import Traffic

/// A report in one file that needs nothing else and runs nothing: the sockets, their lanes, each call with its bytes and what they
/// mean. It has a light and a dark face, and prints on A4.
struct HTMLExport: Export {
  /// Rows where nobody asks for more: browsers hang with too many.
  private static let usual = 2000

  func write(_ journal: Journal, _ options: ExportOptions, to output: inout ExportOutput) throws
    -> ExportTally
  {
    var options = options
    options.limit = options.limit ?? Self.usual
    let outline = try HTMLOutline(journal, options)
    writeHead(journal, options, outline, to: &output.buffer)
    writeSockets(journal, outline, to: &output.buffer)
    try writeLanes(journal, outline, to: &output)
    try HTMLMessages.write(journal, of: outline.sockets, options, to: &output)
    output.buffer.append("<h2>Calls</h2>\n")
    HTMLRows.writeHead(to: &output.buffer)
    let rows = ExportRows(journal, options, HTMLRows.kinds)
    var table = HTMLRows(rows.names)
    try rows.each { row in
      table.write(row, to: &output.buffer)
      try output.pass()
    }
    output.buffer.append("</tbody></table>\n")
    var tally = rows.tally
    if table.bare > 0 {
      tally.notes.append(
        "\(Units.count(table.bare)) rows have no bytes and no sentences: the page is long enough")
      notice(tally.notes, to: &output.buffer)
    }
    writeFoot(options, to: &output.buffer)
    return tally
  }

  private func writeHead(
    _ journal: Journal, _ options: ExportOptions, _ outline: HTMLOutline, to output: inout ByteBuffer
  ) {
    let wall = String { $0.append(wall: options.wall) }
    output.append(
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>What each recv() returned
      """)
    output.append(text: ", \(wall.prefix(10))</title>\n<style>\n")
    output.append(text: PageStyle.css)
    output.append(text: LaneDrawing.style)
    output.append("</style></head><body>\n<h1>What each recv() returned, and why</h1>\n<p class=\"dim\">")
    output.append(text: "\(Units.count(outline.tally.written)) records of a run that began ")
    output.append(text: "\(wall.prefix(10)) \(wall.dropFirst(11).prefix(12)) UTC. Times count from there.")
    if let filter = options.filter {
      output.append(" Only what passes <code>")
      output.append(html: filter.text)
      output.append("</code>.")
    }
    output.append("</p>\n")
    notice(outline.tally.sentences, to: &output)
  }

  private func notice(_ sentences: [String], to output: inout ByteBuffer) {
    if sentences.isEmpty { return }
    output.append("<p class=\"notice\">")
    output.append(
      html: sentences.map { $0.prefix(1).uppercased() + $0.dropFirst() + "." }.joined(separator: " "))
    output.append("</p>\n")
  }

  private func writeSockets(_ journal: Journal, _ outline: HTMLOutline, to output: inout ByteBuffer) {
    if outline.sockets.isEmpty { return }
    output.append(
      """
      <h2>Sockets</h2>
      <table class="sockets"><thead><tr><th>socket</th><th>kind</th><th>address</th><th class="n">recv</th>\
      <th class="n">bytes</th><th class="n">send</th><th class="n">bytes</th></tr></thead><tbody>

      """)
    for id in outline.sockets {
      guard let (info, totals) = journal.socket(id) else { continue }
      output.append("<tr class=\"call\"><td class=\"name\">")
      output.append(html: info.name)
      output.append("</td><td>")
      output.append(html: info.role == .program ? "program" : info.kind.rawValue)
      output.append("</td><td>")
      let arrow = info.role == .accepted ? " ← " : " → "
      output.append(html: (info.local ?? "—") + (info.peer.map { arrow + $0 } ?? ""))
      if info.isExposed { output.append(" <b>EXPOSED</b>") }
      for count in [Int64(totals.receives), totals.receivedBytes, Int64(totals.sends), totals.sentBytes] {
        output.append("</td><td class=\"n\">")
        output.append(count: Int(count))
      }
      output.append("</td></tr>\n")
    }
    output.append("</tbody></table>\n")
    if outline.hasMoreSockets {
      notice(["the table has the first \(HTMLOutline.mostSockets) sockets only"], to: &output)
    }
  }

  private func writeLanes(_ journal: Journal, _ outline: HTMLOutline, to output: inout ExportOutput) throws {
    let connections = outline.connections(journal)
    var drawn = 0
    for sockets in connections where drawn < HTMLOutline.mostDrawings {
      let drawing = LaneDrawing(journal, sockets: sockets, records: outline.records)
      if drawing.isEmpty { continue }
      if drawn == 0 { writeLegend(to: &output.buffer) }
      drawn += 1
      let names = sockets.compactMap { journal.socket($0)?.info.name }
      output.buffer.append("<figure><figcaption>")
      output.buffer.append(html: names.joined(separator: " and "))
      output.buffer.append("</figcaption>\n")
      output.buffer.append(text: drawing.svg(.time))
      if drawing.hasOffsets {
        output.buffer.append(
          "<p>The same by place in the stream: a mark goes through where a chunk ends with a send.</p>\n")
        output.buffer.append(text: drawing.svg(.offset))
      }
      if drawing.leftOut > 0 { output.buffer.append("<p>What came later has no room here.</p>\n") }
      output.buffer.append("</figure>\n")
      try output.pass()
    }
    if connections.count > drawn, drawn == HTMLOutline.mostDrawings {
      notice(["\(Units.count(connections.count - drawn)) more connections are not drawn"], to: &output.buffer)
    }
  }

  private func writeLegend(to output: inout ByteBuffer) {
    output.append(
      """
      <h2>Lanes</h2>
      <p class="legend dim"><span><i class="sent"></i>one send()</span><span><i class="received"></i>what one recv() returned</span>\
      <span><i class="segment"></i>a segment on the wire</span><span><i class="end"></i>an end</span>\
      <span>┄ time in recv()</span></p>

      """)
  }

  private func writeFoot(_ options: ExportOptions, to output: inout ByteBuffer) {
    output.append("<footer>Written by recvscope ")
    output.append(html: options.version)
    output.append(
      ". One row is one system call, as the thread that made it stamped it.</footer>\n</body></html>\n")
  }
}
