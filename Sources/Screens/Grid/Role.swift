/// What a cell means; a theme says how that looks.
public enum Role: UInt8, CaseIterable, Sendable {
  case text, muted, strong
  case title, titleStrong
  case border, paneTitle, paneTitleFocused, columnTitle
  /// Papers: backgrounds that lie under any ink.
  case cursorRow, cursorRowUnfocused, chunkEven, chunkOdd, selectedChunk, selectedBytes, chunkStart,
    byteCursor
  case prompt
  case chunkEdge
  case received, sent, message, connection, endOfStream, warning, error, good, mark
  case byteNull, bytePrintable, byteWhitespace, byteOther, byteNonASCII
  case key, keyWord
  case exposed, frozen, caret, preview
  case laneSend, laneReceive, laneMessage, laneSegment, laneGap, sparkline
  case help, helpTitle

  /// The name that a theme file uses: words with hyphens, `byte-null`.
  public var name: String {
    var name = ""
    var followsCapital = false
    for letter in "\(self)" {
      if letter.isUppercase, !followsCapital { name += "-" }
      name += letter.lowercased()
      followsCapital = letter.isUppercase
    }
    return name
  }
}
