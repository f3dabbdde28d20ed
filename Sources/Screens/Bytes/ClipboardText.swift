import Traffic

/// Bytes in a form, for the terminal's clipboard.
struct ClipboardText {
  /// Terminals take about 75 kB in one OSC 52; hex takes three letters a byte, and base64 a third more.
  private static let limit = 16 << 10

  let text: String
  /// What is said of it.
  let words: String

  /// Nil if none of the bytes is held any more.
  init?(_ source: CopySource, as form: CopyForm, _ journal: Journal) {
    var pieces = source.pieces(journal)
    guard let bytes = pieces.next(limit: Self.limit) else { return nil }
    let isCut = Int64(bytes.count) + pieces.missing < source.count
    text = form.text(bytes)
    words =
      "copied \(bytes.count) B\(isCut ? ", the first of \(source.count)" : "")"
      + " to the terminal's clipboard (OSC 52)" + CopyPieces.words(missing: pieces.missing)
  }
}

extension CopyPieces {
  /// What is said of bytes that are gone; empty if none are.
  static func words(missing: Int64) -> String {
    missing == 0 ? "" : "; \(missing) B are no longer held and left out"
  }
}
