import Traffic

/// A search through the bytes in view, which goes on between keys until it has found something.
struct Find: Sendable {
  let pattern: Pattern
  var search: StreamSearch
  /// It began anew at the stream's beginning.
  var hasWrapped = false
}

extension Model {
  /// Bytes that are searched before the next key gets its turn.
  private static let findReach: Int64 = 4 << 20

  /// True while `Message.goOn` is wanted: there is more to search.
  public var isSearching: Bool { find != nil }

  /// Searches from the byte under the cursor, or from the one behind it.
  mutating func startFind(_ pattern: Pattern, behindCursor: Bool, _ journal: Journal) {
    lastPattern = pattern
    guard bytes.socket != .none else { return }
    find = Find(
      pattern: pattern,
      search: StreamSearch(findStream(journal), for: pattern, from: bytes.cursor + (behindCursor ? 1 : 0)))
    goOnFinding(journal)
  }

  private func findStream(_ journal: Journal) -> ByteStream {
    sockets.stream(of: bytes.socket, bytes.direction, in: journal)
  }

  mutating func goOnFinding(_ journal: Journal) {
    guard var current = find else { return }
    switch current.search.find(reach: Self.findReach) {
    case .match(let range):
      find = nil
      bytes.anchor = nil
      if layout.bytes != nil { focus = .bytes }
      moveByte(to: range.lowerBound, journal)
      bytes.found = range
      let place = "\(current.pattern.text) at \(HexLine.offsetText(range.lowerBound))"
      let word = current.hasWrapped ? "\(place), from the beginning again" : place
      notice = Notice(kind: .note, text: "\(word); \(keys.label(.findNext) ?? "") finds the next")
    case .nothing where current.hasWrapped:
      find = nil
      let side = bytes.direction == .received ? "received by" : "sent by"
      notice = Notice(
        kind: .note,
        text: "\(current.pattern.text) is nowhere in what was \(side) \(sockets.name(bytes.socket))")
    case .nothing:
      current.hasWrapped = true
      current.search = StreamSearch(findStream(journal), for: current.pattern, from: 0)
      find = current
      goOnFinding(journal)
    case .notYet:
      find = current
      notice = Notice(kind: .note, text: "searching … \(Units.size(current.search.position)); Esc stops")
    }
  }
}
