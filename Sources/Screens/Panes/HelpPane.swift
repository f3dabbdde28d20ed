import Traffic

/// The keys, drawn from the key map, with why one is off now.
enum HelpPane {
  struct Line {
    var keys = ""
    var text = ""
    var isHeading = false
    var isOff = false
    /// Its blanks count, so it is cut rather than set anew.
    var isVerbatim = false
  }

  /// Lines of help that a window shows.
  static func height(_ model: Model) -> Int { max(1, model.rows - 5) }

  /// The first line shown when the last one is.
  static func lastTop(_ model: Model) -> Int { max(0, lines(model).count - height(model)) }

  private static func keyWidth(_ width: Int) -> Int { min(16, width / 3) }
  /// - Parameter width: of the pane, as all here.
  private static func textWidth(_ width: Int) -> Int { width - keyWidth(width) - 5 }

  /// The lines for a window of the model's width; what has no room in one goes on in the next.
  static func lines(_ model: Model) -> [Line] {
    let width = model.columns - 2
    return entries(model).flatMap { entry in
      let keys = Paragraph.lines(entry.keys, width: max(1, keyWidth(width)))
      let words = Paragraph.lines(entry.text, width: max(1, textWidth(width)))
      let text = entry.isVerbatim ? [entry.text] : words
      return (0..<max(1, keys.count, text.count)).map { place in
        var line = entry
        line.keys = place < keys.count ? keys[place] : ""
        line.text = place < text.count ? text[place] : ""
        return line
      }
    }
  }

  private static func entries(_ model: Model) -> [Line] {
    var lines: [Line] = []
    for group in ActionRule.Group.allCases {
      if !lines.isEmpty { lines.append(Line()) }
      lines.append(Line(text: group.rawValue, isHeading: true))
      for binding in model.keys.bindings
      where ActionRule.rule(binding.action).group == group && !binding.chords.isEmpty {
        let obstacle = model.obstacle(binding.action)
        lines.append(
          Line(
            keys: binding.chords.map(\.label).joined(separator: " "),
            text: obstacle.map { "\(binding.action.sentence) — off: \($0)" } ?? binding.action.sentence,
            isOff: obstacle != nil))
      }
    }
    lines.append(Line())
    lines.append(Line(text: "Bursts at hand", isHeading: true))
    lines.append(Line(keys: "F1 … F12", text: "send the burst that has this key; see the bottom line"))
    lines += model.keyedBursts.map {
      Line(keys: $0.key.label, text: "\($0.burst.name) — \($0.burst.line)", isVerbatim: true)
    }
    lines.append(Line())
    lines.append(Line(text: "In a prompt", isHeading: true))
    lines += [
      Line(keys: "Enter", text: "do it"), Line(keys: "Esc", text: "leave it"),
      Line(keys: "↑ ↓", text: "lines typed before"),
      Line(keys: "Tab", text: "complete the word; in the send prompt: the next socket"),
      Line(keys: "^S", text: "in the send prompt: save the burst, by a name and a key F1 to F12"),
      Line(keys: "^A ^E ^W ^U ^K", text: "begin, end, delete word, to begin, to end"),
    ]
    lines.append(Line())
    lines.append(Line(text: "Commands for the : prompt", isHeading: true))
    lines += CommandRule.all.map { Line(keys: $0.name.rawValue, text: "\($0.usage) — \($0.meaning)") }
    return lines
  }

  /// - Returns: true if there are more lines below.
  static func draw(_ model: Model, on canvas: Canvas, in rect: Rect) -> Bool {
    canvas.fill(rect, style: Style(.text, on: .help))
    let lines = self.lines(model)
    let keyWidth = keyWidth(rect.width)
    for (index, line) in lines.dropFirst(model.helpTop).prefix(rect.height).enumerated() {
      let row = rect.row + index
      if line.isHeading {
        canvas.put(
          line.text, row: row, column: rect.column + 1, style: Style(.helpTitle, on: .help), clip: rect)
        continue
      }
      let keyStyle = Style(line.isOff ? .muted : .key, on: .help)
      canvas.put(
        line.keys.fitted(to: keyWidth), row: row, column: rect.column + 2, style: keyStyle, clip: rect)
      let start = rect.column + keyWidth + 4
      canvas.put(
        line.text.fitted(to: textWidth(rect.width)), row: row, column: start,
        style: Style(line.isOff ? .muted : .text, on: .help), clip: rect)
    }
    return lines.count - model.helpTop > rect.height
  }
}
