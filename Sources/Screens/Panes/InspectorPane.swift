import Traffic

/// The record under the cursor, explained: the call, why it ended there, where its bytes came from, its times.
struct InspectorPane {
  /// One label and its text, or a heading.
  private struct Item {
    var label: String
    var text: String
    var role: Role = .text
    var isPicture = false
  }

  let model: Model
  let journal: Journal

  func draw(on canvas: Canvas, in rect: Rect) {
    guard let row = model.cursorRecord else { return }
    let labelWidth = 10
    var line = rect.row
    for item in items(row.record) {
      let start = rect.column + 2 + labelWidth
      canvas.put(item.label, row: line, column: rect.column + 1, style: Style(.muted), clip: rect)
      if item.isPicture, let picture = TimingPicture(row.record, width: rect.columns.upperBound - start - 1) {
        canvas.put(picture.text, row: line, column: start, style: Style(.received), clip: rect)
        if let column = picture.arrival {
          canvas.put("▼", row: line, column: start + column, style: Style(.chunkEdge), clip: rect)
        }
        line += 1
        if line >= rect.rows.upperBound { return }
        continue
      }
      for text in Paragraph.lines(item.text, width: rect.columns.upperBound - start - 1) {
        canvas.put(text, row: line, column: start, style: Style(item.role), clip: rect)
        line += 1
        if line >= rect.rows.upperBound { return }
      }
    }
  }

  private func items(_ record: Record) -> [Item] {
    var items = [Item(label: record.kind.word, text: callText(record), role: .strong)]
    let explanation = Explanation(record, in: journal)
    if !explanation.sentences.isEmpty { items.append(Item(label: "because", text: explanation.text)) }
    items += origin(record)
    if let page = explanation.page { items.append(Item(label: "read", text: "man \(page)", role: .muted)) }
    if record.kind == .recv { items.append(Item(label: "waited", text: "", isPicture: true)) }
    items.append(Item(label: "times", text: times(record)))
    if let info = model.sockets.info(record.socket), let totals = model.sockets.totals(record.socket) {
      items.append(Item(label: "socket", text: socketText(info, totals), role: .muted))
    }
    items += kernelItems(record.socket)
    return items
  }

  /// What the kernel says of the socket now.
  private func kernelItems(_ socket: SocketID) -> [Item] {
    guard let (known, state) = model.kernelState, known == socket else { return [] }
    var parts: [String] = []
    if let tcp = state.tcp { parts.append(tcp) }
    if let backlog = state.backlog {
      parts.append("\(backlog.waiting) of \(backlog.limit) wait in the backlog")
    }
    if let queue = state.receiveQueue { parts.append("\(Units.size(Int64(queue))) to read") }
    if let queue = state.sendQueue { parts.append("\(Units.size(Int64(queue))) not acknowledged") }
    let facts = state.facts.map { "\($0.name) \($0.value)" }
    return [Item(label: "kernel", text: (parts + facts).joined(separator: " · "))]
  }

  private func callText(_ record: Record) -> String {
    let name = model.sockets.name(record.socket)
    let flags = record.flags.subtracting(.noSignal).names
    let flagText = flags.isEmpty ? "" : ", " + flags.joined(separator: ", ")
    switch record.kind {
    case .recv, .send:
      let result = record.errno.map { "failed: \($0.name)" } ?? "returned \(record.result)"
      return
        "\(name): \(record.kind.word)(\(record.asked)\(flagText)) \(result) after "
        + "\(Units.duration(record.waited))"
    case .start, .listen, .accept, .connect, .wait, .shutdown, .close, .option, .mark, .expect:
      let words = RowText(
        row: RowSource.Row(place: 0, sequence: 0, record: record), before: nil, model: model
      )
      .sentence(journal.payload(of: record))
      return name.isEmpty ? words : "\(name): \(words)"
    }
  }

  /// The calls at the other end whose bytes these are.
  private func origin(_ record: Record) -> [Item] {
    guard let peer = journal.peer(of: record.socket),
      let text = Pairing(journal, peer: peer)?.sentence(for: record, peerName: model.sockets.name(peer))
    else { return [] }
    let isChunk = record.kind == .recv
    return [Item(label: isChunk ? "came from" : "went to", text: text, role: isChunk ? .sent : .received)]
  }

  private func times(_ record: Record) -> String {
    var parts: [String] = []
    if record.waited > 0 { parts.append("entered \(Units.time(record.start))") }
    if let planned = record.planned {
      parts.append("planned \(Units.time(planned)), \(Units.duration(max(0, record.start - planned))) late")
    }
    if let arrived = record.arrived {
      let dwell = record.end - arrived
      parts.append("newest byte arrived \(Units.time(arrived)), \(Units.duration(dwell)) before the return")
    }
    parts.append("\(record.waited > 0 ? "returned" : "at") \(Units.time(record.end))")
    if let segments = record.segments {
      parts.append("\(segments) segment\(segments == 1 ? "" : "s") since the call before")
    }
    return parts.joined(separator: "; ")
  }

  private func socketText(_ info: SocketInfo, _ totals: SocketTotals) -> String {
    let state = SocketState(info, totals)
    let ends = [info.local, info.peer].compactMap { $0 }.joined(separator: " ↔ ")
    return "\(info.kind.rawValue) \(ends), \(state.sentence)"
  }
}
