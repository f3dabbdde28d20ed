import Traffic

/// The table: one row a call or event.
struct RecordsPane {
  let model: Model
  let journal: Journal

  /// Records of a socket looked at for its newest send() at most.
  private static let reach = 256

  func draw(on canvas: Canvas, in rect: Rect) {
    let rows = model.table.rows
    let names: Int? =
      model.list.selection == .all
      ? (rows.map(\.item.socket) + model.table.waiting.map(\.socket)).map {
        SafeText.width(model.sockets.name($0))
      }.max() ?? 6 : nil
    let layout = ColumnLayout(
      width: rect.width, columns: model.table.columns, rows: rows.map(\.item), socketWidth: names,
      mode: model.table.moments.mode, isBig: model.window.isBig)
    drawTitles(layout, on: canvas, in: rect)
    if rows.isEmpty { return drawEmpty(on: canvas, in: rect) }
    var before = model.table.before
    let rowHeight = model.layout.rowHeight
    for (index, row) in rows.prefix(model.layout.tableRows).enumerated() {
      let line = rect.row + 1 + index * rowHeight
      switch row.item {
      case .record(let record, _):
        var text = RowText(
          record: record, before: before?.item.time, sockets: model.sockets, moments: model.table.moments)
        text.tellsLateness = !model.isForClass
        if layout.start(of: .from) != nil { text.address = record.address.map(journal.text) }
        if layout.start(of: .sinceSend) != nil { text.lastSend = lastSend(before: row.item) }
        draw(text, row, layout, at: line, on: canvas, in: rect)
      case .message(let placed):
        let text = MessageText(
          placed: placed, before: before?.item.time, sockets: model.sockets, moments: model.table.moments)
        draw(text, row, layout, at: line, on: canvas, in: rect)
      }
      before = row
    }
    for (index, call) in model.table.waiting.enumerated() {
      draw(call, layout, at: rect.row + 1 + (rows.count + index) * rowHeight, on: canvas, in: rect)
    }
  }

  /// A call that has not returned: what its row will say first, and what it waits for.
  private func draw(
    _ call: WaitingCall, _ layout: ColumnLayout, at line: Int, on canvas: Canvas, in rect: Rect
  ) {
    let role: Role = call.kind == .send ? .warning : .muted
    let number = String(call.number)
    var start = ColumnLayout.margin
    for place in layout.places {
      let text: String
      switch place.column {
      case .call: text = call.kind.word.padded(to: max(5, place.width - number.count)) + number
      case .socket: text = model.sockets.name(call.socket).fitted(to: place.width)
      default: continue
      }
      canvas.put(text, row: line, column: rect.column + place.start, style: Style(role), clip: rect)
      start = max(start, place.start + place.width + 1)
    }
    let words = call.words(since: model.table.moments.text(call.start))
    canvas.put(
      words.fitted(to: max(0, rect.width - start)), row: line, column: rect.column + start,
      style: Style(role),
      clip: rect)
  }

  /// When the newest send() before a row returned: the peer's, or the socket's own if the peer is no socket of this run.
  private func lastSend(before item: Item) -> Nanoseconds? {
    guard item.socket != .none else { return nil }
    let sender = model.sockets.peer(of: item.socket) ?? item.socket
    let rank = journal.rank(of: sender, atOrAfter: item.id.sequence)
    return journal.records(of: sender, in: max(0, rank - Self.reach)..<rank).last {
      $0.record.kind == .send && $0.record.result > 0
    }?.record.end
  }

  private func drawTitles(_ layout: ColumnLayout, on canvas: Canvas, in rect: Rect) {
    for place in layout.places {
      let title = place.column.title(model.table.moments.mode)
      let width = SafeText.width(title)
      let start = rect.column + place.start + (place.column.isRight ? max(0, place.width - width) : 0)
      canvas.put(title, row: rect.row, column: start, style: Style(.columnTitle), clip: rect)
    }
  }

  private func drawEmpty(on canvas: Canvas, in rect: Rect) {
    var lines: [String]
    if let lesson = model.lesson, model.sockets.ids.isEmpty {
      lines = [
        lesson.state.isAsking ? "Nothing has happened yet: predict first." : "Nothing has happened yet."
      ]
    } else if model.sockets.ids.isEmpty {
      lines = [
        "No socket is open yet.", "",
        "Type  : listen 9000        to wait for a connection",
        "or    : connect HOST:80    to open one",
        "then  s  to send a burst, and  ?  to see all keys.",
      ]
    } else {
      let key = model.keys.label(.filter) ?? ""
      let prompt = model.keys.label(.condition) ?? ""
      if let search = model.table.search {
        lines = [
          search.isDone
            ? "No record passes the filter; \(prompt) changes it."
            : "No record found yet that passes the filter …"
        ]
        let hidden = model.table.filter.hidden(
          of: search.filter.kinds,
          hasSegments: model.sockets.ids.contains { model.sockets.totals($0)?.segments ?? 0 > 0 })
        if search.isDone, !hidden.isEmpty {
          let words = hidden.map(\.word).joined(separator: ", ")
          lines.append("Hidden by \(model.keys.label(.kinds) ?? ""), and so not looked at: \(words).")
        }
      } else {
        lines = [
          model.table.filter.words.map { "No record yet: \($0); \(key) shows others." } ?? "No record yet."
        ]
      }
    }
    for (index, line) in lines.enumerated() {
      canvas.put(line, row: rect.row + 2 + index, column: rect.column + 2, style: Style(.muted), clip: rect)
    }
  }

  private func draw(
    _ text: RowText, _ row: ItemSource.Row, _ layout: ColumnLayout, at line: Int, on canvas: Canvas,
    in rect: Rect
  ) {
    let paper = drawPaper(row, paper(text.record), at: line, on: canvas, in: rect)
    let words =
      text.hasNumbers
      ? nil : [Column.asked, .got, .why, .data].lazy.compactMap { layout.start(of: $0) }.first
    for place in layout.places where words.map({ place.start < $0 }) ?? true {
      let clip = Rect(row: line, column: rect.column + place.start, height: 1, width: place.width)
      if place.column == .data {
        let record = text.record
        drawData(Int(record.payloadLength), paper, on: canvas, in: clip) {
          journal.payload(of: record, in: $0)
        }
      } else {
        draw(text, place, paper, on: canvas, in: clip)
      }
    }
    if let words {
      let payload = hasText(text.record) ? journal.payload(of: text.record) : nil
      let sentence = RecordLine(text.record, payload: payload?[...], .row)
      let room = rect.width - words
      canvas.put(
        sentence.text(sockets: model.sockets.info).fitted(to: room), row: line, column: rect.column + words,
        style: Style(text.role, on: paper), clip: rect)
    }
  }

  private func draw(
    _ text: MessageText, _ row: ItemSource.Row, _ layout: ColumnLayout, at line: Int, on canvas: Canvas,
    in rect: Rect
  ) {
    let paper = drawPaper(row, .text, at: line, on: canvas, in: rect)
    let placed = text.placed
    for place in layout.places {
      let clip = Rect(row: line, column: rect.column + place.start, height: 1, width: place.width)
      if place.column == .data {
        drawData(placed.message.payload.count, paper, on: canvas, in: clip) {
          journal.content(of: placed.message, on: placed.socket, limit: $0.count)
        }
      } else {
        draw(text, place, paper, on: canvas, in: clip)
      }
    }
  }

  /// The background of a row, and its marks.
  /// - Returns: the paper that it has: that of the cursor's row where it is under the cursor.
  private func drawPaper(
    _ row: ItemSource.Row, _ paper: Role, at line: Int, on canvas: Canvas, in rect: Rect
  ) -> Role {
    let isCursor = row.id == model.table.cursor
    let paper =
      !isCursor ? paper : model.window.focus == .records ? .cursorRow : .cursorRowUnfocused
    canvas.fill(
      Rect(row: line, column: rect.column, height: model.layout.rowHeight, width: rect.width),
      style: Style(.text, on: paper))
    if isCursor {
      canvas.put("▸", row: line, column: rect.column, style: Style(.strong, on: paper), clip: rect)
    }
    if model.table.moments.mode == .mark, row.item.time == model.table.moments.mark {
      canvas.put("◆", row: line, column: rect.column + 1, style: Style(.mark, on: paper), clip: rect)
    }
    return paper
  }

  private func draw(
    _ text: some RowCells, _ place: ColumnLayout.Place, _ paper: Role, on canvas: Canvas, in clip: Rect
  ) {
    let value = text.text(place.column, width: place.width).fitted(to: clip.width)
    let column = clip.column + (place.column.isRight ? max(0, clip.width - SafeText.width(value)) : 0)
    let ink = text.role(of: place.column)
    let isCursor = paper == .cursorRow || paper == .cursorRowUnfocused
    // What is faint elsewhere would be lost on the colour of the cursor's row.
    let style = Style(isCursor && ink == .muted ? .text : ink, on: paper)
    canvas.put(value, row: clip.row, column: column, style: style, clip: clip)
  }

  /// The first bytes of a chunk or a message as text.
  private func drawData(
    _ count: Int, _ paper: Role, on canvas: Canvas, in clip: Rect, _ bytes: (Range<Int>) -> [UInt8]?
  ) {
    guard count > 0 else { return }
    let isCut = count > clip.width
    let room = 0..<max(0, isCut ? clip.width - 1 : clip.width)
    guard let bytes = bytes(room) else { return }
    for (index, byte) in bytes.enumerated() {
      let style = Style(BytesPane.role(byte), on: paper)
      canvas.put(Glyph(byte: byte), row: clip.row, column: clip.column + index, style: style, clip: clip)
    }
    if isCut {
      canvas.put(
        "…", row: clip.row, column: clip.column + clip.width - 1, style: Style(.muted, on: paper), clip: clip)
    }
  }

  private func paper(_ record: Record) -> Role {
    guard Direction(record.kind) != nil, record.result > 0 else { return .text }
    return record.number % 2 == 0 ? .chunkEven : .chunkOdd
  }

  private func hasText(_ record: Record) -> Bool {
    switch record.kind {
    case .listen, .connect, .wait, .option, .mark, .expect, .burst, .call, .startProgram, .output, .signal,
      .unseen, .lost, .exitProgram, .shake, .cut, .ask, .answer, .reveal, .segment:
      true
    case .start, .accept, .recv, .send, .shutdown, .close, .hold, .release, .drop: false
    }
  }
}
