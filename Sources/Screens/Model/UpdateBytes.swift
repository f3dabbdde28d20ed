import Traffic

/// What the bytes are moved, selected, searched and copied by.
extension Model {
  /// Changes where the bytes stand; the table's cursor goes to the item that was come to.
  mutating func moveInBytes(_ journal: Journal, _ move: (inout BytesState, ByteStream) -> Item.ID?) {
    guard let stream = bytes.stream(sockets, journal), let item = move(&bytes, stream) else { return }
    table.go(to: item, source(journal), height: layout.tableRows)
  }

  /// Begins a selection at the byte cursor, or ends it.
  mutating func toggleSelection(_ journal: Journal) {
    if bytes.anchor == nil { beginSelection(journal) } else { bytes.anchor = nil }
  }

  /// Moves the byte cursor and takes the selection along, begun where it is not yet.
  mutating func extendSelection(_ move: Move, _ journal: Journal) {
    if bytes.anchor == nil { beginSelection(journal) }
    moveInBytes(journal) { $0.take(move, $1, page: 1) }
  }

  private mutating func beginSelection(_ journal: Journal) {
    window.focus = .bytes
    moveInBytes(journal) { $0.beginSelection($1) }
    if bytes.anchor == nil { say("there is no byte of the stream here to begin at") }
  }

  // MARK: Copying

  mutating func openCopies(_ journal: Journal) {
    overlay = .picker(Picker(copiesOf: copySource, journal))
  }

  mutating func copy(_ form: CopyForm, _ journal: Journal) -> [Effect] {
    guard let source = copySource else { return [] }
    guard let copy = ClipboardText(source, as: form, journal) else {
      notice = Notice(kind: .error, text: "nothing copied: these bytes are no longer held")
      return []
    }
    say(copy.words)
    return [.copy(copy.text)]
  }

  mutating func takeSaved(_ request: SaveRequest, _ outcome: SaveOutcome) {
    switch outcome {
    case .written(let missing): say(request.words(missing: missing))
    case .failed(let sentence):
      // The name comes back to be changed, unless something else is typed by now.
      if overlay == nil {
        notice = nil
        let kind = Prompt.Kind.save(request.form, request.source)
        overlay = .prompt(Prompt(kind, text: request.path, refusal: sentence))
      } else {
        notice = Notice(kind: .error, text: sentence)
      }
    }
  }
}
