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

  /// One line of the pane.
  private struct Line {
    var label = ""
    var text: String
    var role: Role
    /// Column in the text of the mark of an arrival.
    var arrival: Int?
  }

  private static let labelWidth = 10

  func draw(on canvas: Canvas, in rect: Rect) {
    let lines = self.lines(rect)
    let start = rect.column + 2 + Self.labelWidth
    for (index, line) in lines.dropFirst(top(lines.count, rect)).prefix(rect.height).enumerated() {
      let row = rect.row + index
      canvas.put(line.label, row: row, column: rect.column + 1, style: Style(.muted), clip: rect)
      canvas.put(line.text, row: row, column: start, style: Style(line.role), clip: rect)
      if let arrival = line.arrival {
        canvas.put("▼", row: row, column: start + arrival, style: Style(.chunkEdge), clip: rect)
      }
    }
  }

  /// What the title says of what is out of view: ` ↑ ↓ more `; empty if all is seen.
  func more(_ rect: Rect) -> String {
    let count = lines(rect).count
    let top = top(count, rect)
    let arrows = [top > 0 ? "↑" : nil, count - top > rect.height ? "↓" : nil].compactMap { $0 }
    return arrows.isEmpty ? "" : " \(arrows.joined(separator: " ")) more "
  }

  /// Lines that can be scrolled away.
  func reach(_ rect: Rect) -> Int { max(0, lines(rect).count - rect.height) }

  private func top(_ count: Int, _ rect: Rect) -> Int { min(model.inspectorTop, max(0, count - rect.height)) }

  private func lines(_ rect: Rect) -> [Line] {
    guard case .record(let record, _)? = model.current else { return [] }
    let width = max(8, rect.width - Self.labelWidth - 3)
    return items(record).flatMap { item -> [Line] in
      if item.isPicture {
        guard let picture = TimingPicture(record, width: width) else { return [] }
        return [Line(label: item.label, text: picture.text, role: .received, arrival: picture.arrival)]
      }
      return Paragraph.lines(item.text, width: width).enumerated().map { index, text in
        Line(label: index == 0 ? item.label : "", text: text, role: item.role)
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
    guard let state = model.sockets.kernelState(of: socket) else { return [] }
    var parts: [String] = []
    if let tcp = state.tcp { parts.append(tcp) }
    if let backlog = state.backlog {
      parts.append("\(backlog.waiting) of \(backlog.limit) wait in the backlog")
    }
    if let queue = state.receiveQueue { parts.append("\(Units.size(Int64(queue))) to read") }
    if let queue = state.sendQueue { parts.append("\(Units.size(Int64(queue))) not acknowledged") }
    let facts = state.facts.map { "\($0.name) \($0.value)" }
    return [Item(label: "kernel now", text: (parts + facts).joined(separator: " · "))]
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
    case .start, .listen, .accept, .connect, .wait, .shutdown, .close, .option, .mark, .expect,
      .burst:
      let row = ItemSource.Row(place: 0, item: .record(record, sequence: 0))
      let words = RowText(row: row, before: nil, model: model).sentence(journal.payload(of: record))
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
