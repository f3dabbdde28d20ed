import Traffic

/// Searching what is recorded: beside the screen, which goes to matches as they become known.
extension Model {
  /// Of the socket that is looked at: the one whose bytes have the keys, or that is selected. With everything in view, of all.
  mutating func openFind(isBackward: Bool) {
    let bytes = self.bytes.socket == .none ? nil : self.bytes.socket
    var socket = bytes
    var isEverywhere = window.focus != .bytes
    if case .socket(let selected) = list.selection, sockets.info(selected)?.role != .listener {
      (socket, isEverywhere) = (selected, false)
    }
    let find = FindPrompt(
      isBackward: isBackward, socket: socket, name: socket.map(sockets.name) ?? "",
      isEverywhere: isEverywhere || socket == nil)
    overlay = .prompt(Prompt(.find(find)))
  }

  mutating func startFinding(_ pattern: FindPattern, _ prompt: FindPrompt, _ journal: Journal) -> [Effect] {
    let request = FindRequest(id: (bytes.lastFind?.id ?? 0) + 1, pattern: pattern, socket: prompt.scope)
    return open(request, words: prompt.words, isBackward: prompt.isBackward, from: 0, journal)
  }

  /// Goes to the next match, or to the one before; a search that was ended is made again.
  mutating func goOnFinding(isBackward: Bool, _ journal: Journal) -> [Effect] {
    guard let last = bytes.lastFind else { return [] }
    let step = isBackward ? 0 : 1
    guard bytes.find == nil else {
      want(isBackward: isBackward, step: step, journal)
      goToFound(journal)
      return []
    }
    let request = FindRequest(id: last.id + 1, pattern: last.pattern, socket: last.socket)
    let words = last.socket.map(sockets.name) ?? "all sockets"
    return open(request, words: words, isBackward: isBackward, from: step, journal)
  }

  private mutating func open(
    _ request: FindRequest, words: String, isBackward: Bool, from step: Int, _ journal: Journal
  ) -> [Effect] {
    bytes.lastFind = request
    bytes.find = FindState(request, words: words)
    want(isBackward: isBackward, step: step, journal)
    return [.find(request)]
  }

  /// From the byte under the cursor, or the one behind it; before it. Where the newest is followed, back from the very end.
  private mutating func want(isBackward: Bool, step: Int, _ journal: Journal) {
    let end = journal.extent.records.upperBound
    if isBackward, table.follows {
      bytes.find?.want(isBackward: true, end, 0, end: end)
      return
    }
    var place = 0
    if let stretch = table.current?.stretch, stretch.socket == bytes.socket,
      stretch.direction == bytes.direction, stretch.range.contains(bytes.cursor)
    {
      place = Int(bytes.cursor - stretch.range.lowerBound) + step
    }
    bytes.find?.want(isBackward: isBackward, table.cursor.sequence, place, end: end)
  }

  /// Goes to the match that was asked for, if it is known by now.
  mutating func goToFound(_ journal: Journal) {
    let held = journal.extent.records
    guard let match = bytes.find?.next(from: held.lowerBound, before: frozen?.sequence ?? .max),
      let stretch = match.stretch(in: journal)
    else { return }
    if layout.bytes != nil { window.focus = .bytes }
    go(to: Item.ID(record: match.sequence), journal)
    bytes.show(stretch, journal)
  }

  mutating func endFinding() -> [Effect] {
    (bytes.find, bytes.found) = (nil, nil)
    return [.stopFinding]
  }

  /// What is said of the search that is open; nil while none is.
  var findWords: String? {
    guard let find = bytes.find else { return nil }
    let keys = [
      keys.label(.findNext).map { "\($0) next" }, keys.label(.findPrevious).map { "\($0) before" },
      keys.label(.cancel).map { "\($0) ends it" },
    ]
    return find.text(
      isAtMatch: bytes.anchor == nil && bytes.selection != nil, at: bytes.cursor,
      keys: (find.matches.count == 0 ? keys.suffix(1) : keys[...]).compactMap { $0 }.joined(separator: ", "))
  }
}
