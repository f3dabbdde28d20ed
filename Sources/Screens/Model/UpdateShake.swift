import Traffic

/// What a shake came to, over the panes.
extension Model {
  /// Looks what became of cuts, and opens the pane when a shake begins and nothing else lies over the panes.
  mutating func settleShake(_ journal: Journal) {
    let hasBegun = shake.look(journal, before: frozen?.sequence ?? .max)
    if hasBegun, overlay == nil, frozen == nil { overlay = .shake }
    if overlay?.isShake == true {
      let page = shakePage
      shake.settle(page.strip, height: page.stripHeight)
    }
  }

  var shakePage: ShakePage { ShakePage(shake, in: layout.help) }

  var shakeTitle: String {
    guard let start = shake.report?.start else { return "Cuts" }
    let bytes = start.messages.reduce(0) { $0 + $1.count }
    let count = start.messages.count
    let what =
      count == 1 ? "a message of \(Units.count(bytes)) B" : "\(count) messages of \(Units.count(bytes)) B"
    return "Cuts of \(what)\(start.framing.map { " (\($0))" } ?? "") for \(start.target)"
  }

  /// How far a shake is, for those who do not look at it: `shake 120/199, 3 found`.
  var shakeProgress: String? {
    guard shake.isGoingOn, overlay?.isShake != true else { return nil }
    let found = shake.found > 0 ? ", \(Units.count(shake.found)) found" : ""
    return "shake \(Units.count(shake.done))/\(Units.count(shake.total))\(found)"
  }

  mutating func takeInShake(_ chord: Chord, _ journal: Journal) -> [Effect] {
    guard let action = keys.action(chord, in: .finding) else { return takeUnbound(chord) }
    let page = shakePage
    if let move = action.move {
      shake.take(move, in: page.strip, height: page.stripHeight)
      return []
    }
    if [.suspend, .redraw, .help, .commandPrompt].contains(action) { return perform(action, journal) }
    if action == .stopBurst { return stopShaking() }
    if [.findNext, .nextPane].contains(action) {
      goToFinding(isBackward: false)
    } else if [.findPrevious, .previousPane].contains(action) {
      goToFinding(isBackward: true)
    } else if action == .choose {
      showConnection(journal)
    } else if [.cancel, .shake, .quit].contains(action) {
      overlay = nil
    } else {
      // It may have opened while somebody pressed keys for the panes.
      say("\(action.word): \(keys.label(.cancel) ?? "") closes the cuts first")
    }
    return []
  }

  private mutating func goToFinding(isBackward: Bool) {
    if !shake.goToFinding(isBackward: isBackward) {
      say("nothing was found\(shake.isGoingOn ? " so far" : "")")
    }
  }

  private mutating func stopShaking() -> [Effect] {
    if shake.isRunning { return [.stopShaking] }
    say("nothing is shaken now")
    return []
  }

  /// Shows the connection that the chosen cell's verdict is of, with the record of it under the cursor.
  private mutating func showConnection(_ journal: Journal) {
    guard let cell = shake.cell, let sequence = shake.record(of: cell) else {
      return say("this cut was not tried\(shake.isGoingOn ? " yet" : "")")
    }
    guard let item = journal.item(sequence) else { return say("its record is no longer held") }
    overlay = nil
    window.focus = .records
    if item.socket != .none { changeList { $0.select(.socket(item.socket)) } }
    go(to: item.id, journal)
    say("cut after byte \(cell.offset): \(keys.label(.shake) ?? "") goes back to the cuts")
  }

  /// A click chooses a cell; the wheel goes line by line.
  mutating func takeInShake(_ pointer: Pointer) {
    let page = shakePage
    switch pointer.act {
    case .press:
      if let cell = page.cell(row: pointer.row, column: pointer.column, top: shake.top) { shake.choose(cell) }
    case .wheelUp: shake.take(.line(-3), in: page.strip, height: page.stripHeight)
    case .wheelDown: shake.take(.line(3), in: page.strip, height: page.stripHeight)
    case .release, .drag: break
    }
  }
}
