extension SyntaxError {
  /// Columns of the source that are shown around a mistake in a very long line.
  private static let window = 160

  /// The error for a terminal: `file:line:column: message`, the source line, and a caret under the column.
  ///
  /// Tabs become blanks up to the next multiple of 8 and all else that is not safe to print its stand-in, so that the
  /// caret stands right and nothing in the source reaches the terminal as a command.
  /// - Parameter file: what stands before the line number; nil leaves out file and line.
  public func rendered(in file: String?) -> String {
    let place = file.map { "\(SafeText.string($0)):\(line):\(column): " } ?? "column \(column): "
    var shown = ""
    var width = 0
    var caret = 0
    let first = max(0, column - 1 - Self.window / 2)
    if first > 0 {
      shown = "…"
      width = 1
    }
    for (index, character) in source.dropFirst(first).prefix(Self.window).enumerated() {
      let cells = character == "\t" ? 8 - width % 8 : SafeText.width(String(character))
      shown += character == "\t" ? String(repeating: " ", count: cells) : SafeText.string(String(character))
      width += cells
      if first + index < column - 1 { caret = width }
    }
    return "\(place)\(SafeText.string(message))\n\(shown)\n\(String(repeating: " ", count: caret))^\n"
  }
}
