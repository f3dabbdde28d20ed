import Traffic

/// The prompt, the notice in its place, and the bottom line with keys, a preview or a mistake.
struct PromptPane {
  private static let mostLines = 4

  let model: Model

  func draw(on canvas: Canvas, _ layout: Layout) {
    if case .prompt(let prompt) = model.overlay {
      draw(prompt, on: canvas, layout.promptArea, layout.keyArea)
    } else {
      drawNotice(on: canvas, layout.promptArea)
    }
    KeyLinePane(line: KeyLine(model)).draw(on: canvas)
  }

  private func drawNotice(on canvas: Canvas, _ area: Rect) {
    if case .leaving? = model.overlay {
      canvas.put(
        "Leave? \(model.loss ?? "")".fitted(to: area.width - 2), row: area.row, column: area.column + 1,
        style: Style(.warning), clip: area)
    } else if let burst = model.toldBurst {
      BurstLine(model: model).draw(burst, on: canvas, in: area)
    } else if let notice = model.notice {
      draw(notice, on: canvas, area)
    } else if let words = model.askingWords ?? model.findWords {
      canvas.put(
        words.fitted(to: area.width - 2), row: area.row, column: area.column + 1, style: Style(.warning),
        clip: area)
    } else {
      canvas.put(
        hint.fitted(to: area.width - 2), row: area.row, column: area.column + 1, style: Style(.muted),
        clip: area)
    }
  }

  /// A mistake that is longer than a line takes those above it too: what is to be done stands at its end.
  private func draw(_ notice: Notice, on canvas: Canvas, _ area: Rect) {
    let isError = notice.kind == .error
    let text = SafeText.string((isError ? "! " : "") + notice.text)
    var lines = isError ? Paragraph.lines(text, width: area.width - 2) : [text]
    if lines.count > Self.mostLines { lines = [text] }
    let top = area.row - lines.count + 1
    if lines.count > 1 {
      canvas.fill(
        Rect(row: top, column: area.column, height: lines.count, width: area.width), style: Style(.text))
      for row in top - 1...area.row {
        let isTop = row == top - 1
        let edges = isTop ? ["├", "┤"] : ["│", "│"]
        canvas.put(edges[0], row: row, column: area.column - 1, style: Style(.border))
        canvas.put(edges[1], row: row, column: area.columns.upperBound, style: Style(.border))
        if isTop {
          canvas.put(
            String(repeating: "─", count: area.width), row: row, column: area.column, style: Style(.border))
        }
      }
    }
    for (index, line) in lines.enumerated() {
      canvas.put(
        line.fitted(to: area.width - 2), row: top + index, column: area.column + 1,
        style: Style(isError ? .error : .warning))
    }
  }

  /// What the row under the cursor is, for those who look for the next step.
  private var hint: String {
    if model.overlay?.hidesPanes == true { return "" }
    if let frozen = model.frozen, let extent = model.sockets.extent {
      let more = extent.records.upperBound - frozen.sequence
      return "frozen: \(Units.count(more)) newer records wait; \(model.keys.label(.freeze) ?? "") goes on"
    }
    if model.bytes.anchor != nil {
      let (copy, end) = (model.keys.label(.copy) ?? "", model.keys.label(.cancel) ?? "")
      return "selecting: moving takes more or less, \(copy) copies, \(end) ends it"
    }
    if let lesson = model.lesson, model.window.focus != .lesson, lesson.state.stop != nil {
      let words = lesson.isShown ? model.keys.label(.nextPane) : model.keys.label(.lesson)
      return "the lesson waits; \(words ?? "") goes to it"
    }
    if model.window.focus == .lesson { return "" }
    if model.window.focus == .output, let program = model.typeTarget {
      return
        "\(model.keys.label(.sendPrompt) ?? "") types to \(model.sockets.name(program)): \"yes\\n\", \"\\x03\" for ^C"
    }
    if !model.table.follows, model.table.current != nil {
      return "view is held at this record; \(model.keys.label(.follow) ?? "") follows the newest"
    }
    if let target = model.sendTarget {
      return "following; \(model.keys.label(.sendPrompt) ?? "") sends on \(model.sockets.name(target))"
    }
    return "following"
  }

  private func draw(_ prompt: Prompt, on canvas: Canvas, _ area: Rect, _ bottom: Rect) {
    canvas.fill(area, style: Style(.text, on: .prompt))
    var column = canvas.put(
      prompt.label + " ", row: area.row, column: area.column + 1, style: Style(.key, on: .prompt), clip: area)
    let room = max(4, area.columns.upperBound - column - 1)
    let before = SafeText.width(prompt.editor.textBeforeCursor)
    let shift = max(0, before - room + 1)
    var mistake: Int?
    let reading = prompt.reading
    if case .mistake(let error) = reading {
      mistake = SafeText.width(String(error.source.prefix(max(0, error.column - 1))))
    }
    let start = column - shift
    let clip = Rect(row: area.row, column: column, height: 1, width: room)
    column = start
    for scalar in prompt.editor.scalars {
      let glyph = Glyph(scalar)
      let isWrong = prompt.isRefused && mistake.map { column - start >= $0 } == true
      canvas.put(
        glyph, row: area.row, column: column, style: Style(isWrong ? .error : .text, on: .prompt), clip: clip)
      column += glyph.width
    }
    canvas.cursor = Frame.Position(row: area.row, column: start + before)
    canvas.fill(bottom, style: .text)
    drawReading(prompt, reading, caret: mistake.map { start + $0 }, on: canvas, bottom)
  }

  private func drawReading(
    _ prompt: Prompt, _ reading: Prompt.Reading, caret: Int?, on canvas: Canvas, _ area: Rect
  ) {
    func put(_ text: String, _ role: Role, at column: Int? = nil) {
      canvas.put(
        text.fitted(to: area.width - 2), row: area.row, column: column ?? area.column + 1, style: Style(role),
        clip: area)
    }
    if let notice = model.notice { return put(notice.text, notice.kind == .error ? .error : .warning) }
    if !prompt.choices.isEmpty { return put(prompt.choices.joined(separator: "  "), .preview) }
    switch reading {
    case .nothing: put(prompt.obstacle ?? prompt.hint, prompt.obstacle == nil ? .muted : .warning)
    case .place: put(RecordPlace.meaning, .preview)
    case .command(_, let preview), .burst(_, let preview):
      put(preview, prompt.missesFiles ? .warning : .preview)
    case .label(_, let preview): put(preview, .preview)
    case .file: put(prompt.hint, .preview)
    case .pattern(let pattern):
      if case .find(let find) = prompt.kind { put(find.preview(pattern), .preview) }
    case .filter, .query: put(prompt.hint, .preview)
    case .refused(let message): put(message, prompt.isRefused ? .error : .warning)
    case .mistake(let error):
      guard let caret, prompt.isRefused || prompt.kind != .command else { return put(prompt.hint, .muted) }
      let role: Role = prompt.isRefused ? .error : .warning
      let width = SafeText.width(error.message)
      // Behind the caret, or before it, or with the column where it has scrolled away or there is no room.
      if caret >= area.column, caret + 2 + width < area.columns.upperBound {
        put("^ \(error.message)", role, at: caret)
      } else if caret - 1 - width > area.column, caret < area.columns.upperBound {
        put("\(error.message) ^", role, at: caret - 1 - width)
      } else {
        put("column \(error.column): \(error.message)", role)
      }
    }
  }
}
