import Traffic

/// Copying bytes to the clipboard and to files.
extension Model {
  /// Bytes that are shown in each form before one is chosen: base64 writes six without padding.
  private static let sampleSize = 6

  /// Terminals take about 75 kB in one OSC 52; hex takes three letters a byte, and base64 a third more.
  private static let clipboardLimit = 16 << 10

  /// The bytes that are meant: the selection, or those of the record under the cursor; nil if it has none.
  var copySource: CopySource? {
    if let range = bytes.selection { return .stream(bytes.socket, bytes.direction, range) }
    return bytes.selected.isEmpty ? nil : table.current?.copySource
  }

  mutating func openCopies(_ journal: Journal) {
    var pieces = copySource?.pieces(journal)
    let sample = pieces?.next(limit: Self.sampleSize) ?? []
    let isCut = copySource.map { $0.count > sample.count } ?? false
    overlay = .picker(Picker(.copy(sample: sample, isCut: isCut)))
  }

  mutating func copy(_ form: CopyForm, _ journal: Journal) -> [Effect] {
    guard let source = copySource else { return [] }
    var pieces = source.pieces(journal)
    guard let bytes = pieces.next(limit: Self.clipboardLimit) else {
      notice = Notice(kind: .error, text: "nothing copied: these bytes are no longer held")
      return []
    }
    let isCut = Int64(bytes.count) + pieces.missing < source.count
    notice = Notice(
      kind: .note,
      text: "copied \(bytes.count) B\(isCut ? ", the first of \(source.count)" : "")"
        + " to the terminal's clipboard (OSC 52)\(Self.words(missing: pieces.missing))")
    return [.copy(form.text(bytes))]
  }

  mutating func takeSaved(_ request: SaveRequest, _ outcome: SaveOutcome) {
    switch outcome {
    case .written(let missing):
      notice = Notice(
        kind: .note,
        text: "wrote \(request.source.count - missing) B as \(request.form.name) to \(request.path)"
          + Self.words(missing: missing))
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

  private static func words(missing: Int64) -> String {
    missing == 0 ? "" : "; \(missing) B are no longer held and left out"
  }
}
