import Traffic

/// Draws trials: how far they are, the bars or the plot, and what there is to say of the chosen one.
struct TrialsPane {
  private static let barWidth = 40
  /// Cells of counts, shares and the blanks around them.
  private static let numbers = 9
  private static let leastBar = 10

  let model: Model
  let page: TrialsPage

  private var state: TrialsState { model.trials }

  func draw(on canvas: Canvas, in rect: Rect) {
    canvas.fill(rect, style: .text)
    guard let news = state.news else { return }
    let words = TrialsWords(state: state, key: model.keys.label(.choose) ?? "", width: page.width)
    drawProgress(news, words.progress, on: canvas, in: rect)
    if news.isSweep {
      SweepPane(shown: ShownSweep(state: state, page: page, sweep: news.sweep)).draw(on: canvas, in: rect)
    } else {
      drawBars(news, on: canvas, in: rect)
    }
    for (index, line) in words.lines(most: page.wordsHeight).enumerated() {
      canvas.put(
        line.text, row: page.wordsRow + index, column: page.column, style: Style(line.role), clip: rect)
    }
  }

  private func drawProgress(_ news: TrialsNews, _ words: String, on canvas: Canvas, in rect: Rect) {
    let width = min(Self.barWidth, max(4, page.width / 3))
    let part = Double(news.done) / Double(news.request.total)
    let bar = Bar.text(part, width: width)
    let column = canvas.put(
      bar, row: page.row, column: page.column, style: Style(.sparkline), clip: rect)
    canvas.put(
      String(repeating: "░", count: width - bar.count), row: page.row, column: column, style: Style(.muted),
      clip: rect)
    let isShort = news.isOver && news.done < news.request.total
    canvas.put(
      words.fitted(to: page.width - width - 1), row: page.row, column: page.column + width + 1,
      style: Style(isShort ? .warning : .strong),
      clip: rect)
  }

  // MARK: Bars

  private func drawBars(_ news: TrialsNews, on canvas: Canvas, in rect: Rect) {
    let lines = state.lines.enumerated().dropFirst(state.top).prefix(page.lines)
    let labels = labels(news)
    for (place, line) in lines {
      let row = page.chartRow + (place - state.top) * page.lineHeight
      switch line {
      case .blank: break
      case .head(let socket):
        canvas.put(
          "\(socket): recv returned".fitted(to: page.width), row: row, column: page.column,
          style: Style(.strong), clip: rect)
      case .bar(let socket, let outcome):
        let isShown = state.shown.map { $0 == (outcome.first, socket) } ?? false
        draw(
          labels.texts[place] ?? "", labels.width, outcome.count, news, row: row,
          isChosen: place == state.cursor, isShown: isShown, on: canvas, in: rect)
      case .others(_, let count):
        draw(
          labels.texts[place] ?? "", labels.width, count, news, row: row, isChosen: false, isShown: false,
          on: canvas, in: rect)
      }
    }
    if state.lines.count - state.top > page.lines {
      canvas.put(
        " ↓ more ", row: page.chartRow + page.chartHeight, before: rect.columns.upperBound - 1,
        style: Style(.key), clip: rect)
    }
  }

  private func countWidth(_ news: TrialsNews) -> Int { Units.count(news.request.total).count }

  /// Cells that an outcome may take, so that there is room for bars.
  private func mostLabel(_ news: TrialsNews) -> Int {
    let room = page.width - 2 - 2 - countWidth(news) - Self.numbers - 2
    return max(6, room - max(Self.leastBar, room / 3))
  }

  /// What each line in view is called, cut to one width.
  private func labels(_ news: TrialsNews) -> (texts: [Int: String], width: Int) {
    let most = mostLabel(news)
    var texts: [Int: String] = [:]
    for place in state.lines.indices.dropFirst(state.top).prefix(page.lines) {
      switch state.lines[place] {
      case .blank, .head: break
      case .bar(_, let row): texts[place] = row.results.text(in: most)
      case .others: texts[place] = "others, not told apart".fitted(to: most)
      }
    }
    return (texts, texts.values.map(\.count).max() ?? 0)
  }

  private func draw(
    _ label: String, _ width: Int, _ count: Int, _ news: TrialsNews, row: Int, isChosen: Bool, isShown: Bool,
    on canvas: Canvas, in rect: Rect
  ) {
    let paper: Role = isChosen ? .cursorRow : .text
    if isChosen {
      let area = Rect(row: row, column: page.column, height: page.lineHeight, width: page.width)
      canvas.fill(area.clamped(to: rect), style: Style(.text, on: paper))
      canvas.put("▸", row: row, column: page.column, style: Style(.strong, on: paper), clip: rect)
    }
    var column = page.column + 2
    canvas.put(
      label, row: row, column: column, style: Style(isShown ? .strong : .text, on: paper),
      clip: rect)
    column += width + 2 + countWidth(news)
    canvas.put(Units.count(count), row: row, before: column, style: Style(.strong, on: paper), clip: rect)
    canvas.put(
      news.tally.percent(count), row: row, before: column + Self.numbers, style: Style(.muted, on: paper),
      clip: rect)
    column += Self.numbers + 2
    let room = page.column + page.width - column
    // They grow with the runs, the longest up to the edge.
    let progress = news.isOver ? 1 : Double(news.done) / Double(news.request.total)
    let bar = Bar.text(Double(count) / Double(max(1, state.most)) * progress, width: max(1, room))
    canvas.put(bar, row: row, column: column, style: Style(.received, on: paper), clip: rect)
  }
}
