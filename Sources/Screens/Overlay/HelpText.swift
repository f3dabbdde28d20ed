import Traffic

/// What the help says: the keys, as the key map has them, with why one is off now.
struct HelpText {
  struct Line {
    var keys = ""
    var text = ""
    var isHeading = false
    var isOff = false
    /// Its blanks count, so it is cut rather than set anew.
    var isVerbatim = false
  }

  let keyWidth: Int
  let textWidth: Int
  /// What has no room in one goes on in the next.
  let lines: [Line]

  /// - Parameters:
  ///   - bursts: those that a key sends.
  ///   - first: the keys that are wanted most now.
  ///   - width: of the pane.
  ///   - obstacle: why an action cannot be done now.
  init(
    _ keys: KeyMap, _ bursts: [(key: Chord, burst: NamedBurst)], first: ActionRule.Group?, width: Int,
    obstacle: (Action) -> String?
  ) {
    let keyWidth = min(16, width / 3)
    let textWidth = width - keyWidth - 5
    (self.keyWidth, self.textWidth) = (keyWidth, textWidth)
    let entries =
      Self.actions(keys, first, obstacle) + Self.marks + Self.bursts(bursts) + Self.prompt + Self.commands
    lines = entries.flatMap { entry in
      let keys = Paragraph.lines(entry.keys, width: max(1, keyWidth))
      let text = entry.isVerbatim ? [entry.text] : Paragraph.lines(entry.text, width: max(1, textWidth))
      return (0..<max(1, keys.count, text.count)).map { place in
        var line = entry
        line.keys = place < keys.count ? keys[place] : ""
        line.text = place < text.count ? text[place] : ""
        return line
      }
    }
  }

  private static func actions(
    _ keys: KeyMap, _ first: ActionRule.Group?, _ obstacle: (Action) -> String?
  ) -> [Line] {
    var lines: [Line] = []
    let groups = (first.map { [$0] } ?? []) + ActionRule.Group.allCases.filter { $0 != first }
    for group in groups {
      if !lines.isEmpty { lines.append(Line()) }
      lines.append(Line(text: group.rawValue, isHeading: true))
      for binding in keys.bindings
      where ActionRule.rule(binding.action).group == group && !binding.chords.isEmpty {
        let obstacle = obstacle(binding.action)
        lines.append(
          Line(
            keys: binding.chords.map(\.label).joined(separator: " "),
            text: obstacle.map { "\(binding.action.sentence) — off: \($0)" } ?? binding.action.sentence,
            isOff: obstacle != nil))
      }
    }
    return lines
  }

  private static func bursts(_ bursts: [(key: Chord, burst: NamedBurst)]) -> [Line] {
    [
      Line(), Line(text: "Bursts at hand", isHeading: true),
      Line(keys: "F1 … F12", text: "send the burst that has this key; see the bottom line"),
    ]
      + bursts.map {
        Line(keys: $0.key.label, text: "\($0.burst.name) — \($0.burst.line)", isVerbatim: true)
      }
  }

  private static let marks = [
    Line(), Line(text: "Marks", isHeading: true),
    Line(keys: "▕", text: "among the bytes: a chunk begins, what one recv returned or one send took"),
    Line(keys: "╎ ╫", text: "with messages (M): one begins; a chunk ends inside one, half a message"),
    Line(
      keys: "╰msg",
      text: "a message, below the call that completed it; cut: recv 2–3 are the calls it came in"),
    Line(keys: "↻", text: "in a lane of the wire: a retransmission, some of it was on the wire before"),
  ]

  private static let prompt = [
    Line(), Line(text: "In a prompt", isHeading: true),
    Line(keys: "Enter", text: "do it"), Line(keys: "Esc", text: "leave it"),
    Line(keys: "↑ ↓", text: "lines typed before"),
    Line(keys: "Tab", text: "complete the word; in the send prompt: the next socket"),
    Line(keys: "^S", text: "in the send prompt: save the burst, by a name and a key F1 to F12"),
    Line(keys: "^A ^E ^W ^U ^K", text: "begin, end, delete word, to begin, to end"),
  ]

  private static let commands =
    [Line(), Line(text: "Commands for the : prompt", isHeading: true)]
    + CommandRule.all.filter { $0.place != .lab }.map {
      Line(keys: $0.name.rawValue, text: "\($0.usage) — \($0.meaning)")
    }
}
