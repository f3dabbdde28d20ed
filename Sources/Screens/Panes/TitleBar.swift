import Traffic

/// The first line: what runs, how far it is, how much there is.
struct TitleBar {
  let model: Model

  func draw(on canvas: Canvas) {
    let area = Rect(row: 0, column: 0, height: 1, width: model.window.columns)
    canvas.fill(area, style: Style(.text, on: .title))
    var column = canvas.put(" recvscope", row: 0, column: 0, style: Style(.titleStrong, on: .title)) + 2
    column = canvas.put(
      model.title.fitted(to: max(0, model.window.columns / 3 - 6)), row: 0, column: column,
      style: Style(.title))
    let help = model.helpWord
    canvas.put(help.text, row: 0, column: help.area.column, style: Style(.titleStrong, on: .title))
    var end = help.area.column - 2
    // From the right, and what finds no room is left out: the last ones first.
    for part in parts.reversed() {
      let width = SafeText.width(part.text)
      if end - width < column + 2 { continue }
      // What has a colour of its own to stand on keeps it.
      let style = part.role == .frozen ? Style(.frozen) : Style(part.role, on: .title)
      canvas.put(part.text, row: 0, before: end, style: style)
      end -= width + 3
    }
  }

  private var parts: [(text: String, role: Role)] {
    guard let extent = model.sockets.extent else { return [] }
    let summary = model.sockets.summary
    let sockets = summary.sockets
    let flow = model.rates.receivedInAll
    let rate = flow > 0 ? "  \(Units.size(flow))/s" : ""
    var parts: [(String, Role)] = [
      (model.table.moments.text(summary.latest), .title),
      ("\(Units.count(sockets)) socket\(sockets == 1 ? "" : "s")", .title),
      ("\(Units.count(summary.receives)) recv  \(Units.size(summary.receivedBytes))\(rate)", .title),
    ]
    if extent.evictedBytes > 0 || extent.records.lowerBound > 0 {
      parts.append(("oldest \(Units.size(extent.evictedBytes)) dropped", .warning))
    } else {
      parts.append(("memory \(100 * extent.memory / max(1, extent.limit)) %", .title))
    }
    if model.isCapturing { parts.append(("wire", .title)) }
    if let sign = model.recording { parts.append((sign.text, sign.isWhole ? .titleStrong : .warning)) }
    // Behind all others: it is never left out.
    if let words = model.shakeProgress { parts.append((words, model.shake.found > 0 ? .warning : .title)) }
    if let words = model.trialsProgress { parts.append((words, .title)) }
    if let frozen = model.frozen {
      parts.insert(("FROZEN +\(Units.count(extent.records.upperBound - frozen.sequence))", .frozen), at: 0)
    }
    return parts
  }
}
