import Traffic

/// Draws the whole screen: nothing is read but the model, and from the journal what is in view.
public func view(_ model: Model, _ journal: Journal) -> Frame {
  View(model: model, journal: journal).draw()
}

private struct View {
  let model: Model
  let journal: Journal

  func draw() -> Frame {
    let layout = model.layout
    let canvas = Canvas(rows: layout.rows, columns: layout.columns)
    let least = "\(Layout.leastColumns)×\(Layout.leastRows) cells are the least that recvscope needs"
    if let text = layout.isUsable ? nil : least {
      put(text, in: Rect(row: 0, column: 0, height: layout.rows, width: layout.columns), on: canvas)
      return canvas.frame
    }
    drawLines(layout, on: canvas)
    TitleBar(model: model).draw(on: canvas)
    if let help = model.overlay?.help {
      title("Keys", of: layout.help, isFocused: true, on: canvas)
      HelpPane(help: help, text: model.helpText).draw(on: canvas, in: layout.help)
    } else if let compare = model.overlay?.compare {
      title(compare.title, of: layout.help, isFocused: true, on: canvas)
      ComparePane(state: compare).draw(on: canvas, in: layout.help)
    } else if let statistics = model.overlay?.statistics {
      title(statistics.title, of: layout.help, isFocused: true, on: canvas)
      StatisticsPane(state: statistics, page: model.statisticsPage(statistics)).draw(
        on: canvas, in: layout.help)
    } else if model.overlay?.isShake == true {
      title(model.shakeTitle, of: layout.help, isFocused: true, on: canvas)
      ShakePane(model: model, page: model.shakePage, journal: journal).draw(on: canvas, in: layout.help)
    } else if model.overlay?.isTrials == true {
      title(model.trialsTitle, of: layout.help, isFocused: true, on: canvas)
      TrialsPane(model: model, page: model.trialsPage).draw(on: canvas, in: layout.help)
    } else if let needs = model.lessonNeeds {
      put(needs, in: layout.help, on: canvas)
    } else {
      drawPanes(layout, on: canvas)
    }
    PromptPane(model: model).draw(on: canvas, layout)
    if let picker = model.overlay?.picker {
      PickerPane(picker: picker, layout: model.layout(of: picker)).draw(on: canvas)
    }
    return canvas.frame
  }

  private func drawLines(_ layout: Layout, on canvas: Canvas) {
    let (last, right) = (layout.rows - 1, layout.columns - 1)
    canvas.horizontal(row: 1, from: 0, through: right)
    canvas.horizontal(row: last - 2, from: 0, through: right)
    canvas.horizontal(row: last, from: 0, through: right)
    canvas.vertical(column: 0, from: 1, through: last)
    canvas.vertical(column: right, from: 1, through: last)
    if model.overlay?.hidesPanes == true || model.lessonNeeds != nil { return }
    if let lesson = layout.lesson {
      if layout.isLessonBeside {
        canvas.vertical(column: lesson.column - 1, from: 1, through: last - 2)
      } else {
        canvas.horizontal(row: lesson.rows.upperBound, from: 0, through: right)
      }
    }
    let top = layout.records.row - 1
    if let sockets = layout.sockets {
      canvas.vertical(column: sockets.columns.upperBound, from: top, through: last - 2)
    }
    for pane in [layout.bytes, layout.inspector, layout.lanes, layout.output].compactMap({ $0 }) {
      canvas.horizontal(row: pane.row - 1, from: pane.column - 1, through: pane.columns.upperBound)
    }
  }

  private func put(_ text: String, in rect: Rect, on canvas: Canvas) {
    for (index, line) in Paragraph.lines(text, width: max(1, rect.width)).prefix(rect.height).enumerated() {
      canvas.put(line, row: rect.row + index, column: rect.column)
    }
  }

  private func drawPanes(_ layout: Layout, on canvas: Canvas) {
    if let rect = layout.lesson {
      let pane = LessonPane(model: model)
      title(model.lessonTitle, of: rect, isFocused: model.window.focus == .lesson, on: canvas)
      canvas.put(
        pane.more(in: rect), row: rect.row - 1, before: rect.columns.upperBound - 1, style: Style(.key))
      pane.draw(on: canvas, in: rect)
    }
    if let rect = layout.sockets {
      title("Sockets", of: rect, isFocused: model.window.focus == .sockets, on: canvas)
      SocketsPane(model: model, journal: journal).draw(on: canvas, in: rect)
    }
    title(recordsTitle, of: layout.records, isFocused: model.window.focus == .records, on: canvas)
    RecordsPane(model: model, journal: journal).draw(on: canvas, in: layout.records)
    if let rect = layout.summary { SummaryLine(model: model, journal: journal).draw(on: canvas, in: rect) }
    if let rect = layout.bytes {
      title(bytesTitle, of: rect, isFocused: model.window.focus == .bytes, on: canvas)
      BytesPane(model: model, journal: journal).draw(on: canvas, in: rect)
    }
    if let rect = layout.inspector {
      let pane = InspectorPane(model: model, journal: journal, rect: rect)
      title("Inspector", of: rect, isFocused: model.window.focus == .inspector, on: canvas)
      let key = model.window.focus == .inspector ? nil : model.keys.label(.nextPane)
      canvas.put(
        pane.more(behind: key), row: rect.row - 1, before: rect.columns.upperBound - 1, style: Style(.key))
      pane.draw(on: canvas)
    }
    if let rect = layout.lanes {
      title("Lanes \(model.lanes.mode.title)", of: rect, isFocused: model.window.focus == .lanes, on: canvas)
      LanesPane(model: model, journal: journal).draw(on: canvas, in: rect)
    }
    if let rect = layout.output {
      title(outputTitle, of: rect, isFocused: model.window.focus == .output, on: canvas)
      if model.output.bottom != nil {
        canvas.put(" ↓ more ", row: rect.row - 1, before: rect.columns.upperBound - 1, style: Style(.key))
      }
      OutputPane(model: model).draw(on: canvas, in: rect)
    }
  }

  private func title(_ text: String, of rect: Rect, isFocused: Bool, on canvas: Canvas) {
    let role: Role = isFocused ? .paneTitleFocused : .paneTitle
    canvas.put(
      " \(text.fitted(to: rect.width - 4)) ", row: rect.row - 1, column: rect.column + 1, style: Style(role))
  }

  private var outputTitle: String {
    let program = model.outputProgram ?? (model.programs.count == 1 ? model.programs.first : nil)
    return program.map { "Output of \(model.sockets.name($0))" } ?? "Output"
  }

  private var recordsTitle: String {
    guard case .socket(let socket) = model.list.selection, let info = model.sockets.info(socket) else {
      // Segments become known after the calls that they passed between.
      let order = model.table.filter.showsSegments ? "became known" : "happened"
      let isAll = !model.table.filter.hidesBookkeeping || model.table.filter.words != nil
      let what = isAll ? "Everything, in the order it \(order)" : "In the order it \(order)"
      return [condition == nil ? what : "Everything", condition, filterWords].compactMap { $0 }.joined(
        separator: "   ")
    }
    var parts = [info.name] + (condition.map { [$0] } ?? [])
    switch (info.role, info.local, info.peer) {
    case (.listener, let local?, _): parts.append("listens on \(local)")
    case (.client, let local?, let peer?): parts.append("\(local) → \(peer)")
    case (_, let local?, let peer?): parts.append("\(local) ← \(peer)")
    case (_, let local?, nil): parts.append(local)
    case (_, nil, let peer?): parts.append("→ \(peer)")
    case (_, nil, nil): break
    }
    if info.isExposed { parts.append("EXPOSED to the network") }
    // How a watched program receives is its own.
    if !info.isWatched {
      parts.append(
        "recv(\(info.policy.size)) \(info.policy.mode.rawValue)\(info.policy.isEdge ? " edge" : "")")
    }
    if let words = filterWords { parts.append(words) }
    return parts.joined(separator: "   ")
  }

  /// What is not shown, and by which key it is.
  private var filterWords: String? {
    if let words = model.table.filter.words { return words }
    guard model.table.filter.hidesBookkeeping, let key = model.keys.label(.filter) else { return nil }
    return "\(key) shows bookkeeping too"
  }

  /// What hides rows stands first: it is never cut off.
  private var condition: String? { model.table.search.map { "where \($0.filter.text)" } }

  private var bytesTitle: String {
    let bytes = model.bytes
    guard bytes.socket != .none else { return "Bytes" }
    var title = "Bytes \(bytes.streamWords(model.sockets))"
    if let range = bytes.selection {
      let word = bytes.anchor == nil ? "found" : "selecting"
      title += "   \(word) \(range.lowerBound)–\(range.upperBound - 1), \(range.count) B"
    } else if !bytes.selected.isEmpty {
      title +=
        "   \(bytes.selected.lowerBound)–\(bytes.selected.upperBound - 1), \(bytes.selected.count) B selected"
    }
    let hasNoRoom = model.bytes.choices.parts == .both && !bytes.shape.showsText
    let words = model.bytes.choices.words(hasNoRoom: hasNoRoom)
    return words.isEmpty ? title : "\(title)   \(words)"
  }
}
