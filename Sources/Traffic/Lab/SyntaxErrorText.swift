extension SyntaxError {
  /// Columns of the source that are shown around a mistake in a very long line.
  private static let window = 160

  /// The error for a terminal: `file:line:column: message`, the source line, and a caret under the column.
  ///
  /// Tabs become blanks up to the next multiple of 8 and control characters U+FFFD, so that the caret stands
  /// right and nothing in the source reaches the terminal as a command.
  /// - Parameter file: what stands before the line number; nil leaves out file and line.
  public func rendered(in file: String?) -> String {
    let place = file.map { "\(Self.safe($0)):\(line):\(column): " } ?? "column \(column): "
    var shown = ""
    var width = 0
    var caret = 0
    let first = max(0, column - 1 - Self.window / 2)
    if first > 0 {
      shown = "…"
      width = 1
    }
    for (index, character) in source.dropFirst(first).prefix(Self.window).enumerated() {
      if first + index < column - 1 { caret = width }
      let cells = character == "\t" ? 8 - width % 8 : Self.width(of: character)
      shown += character == "\t" ? String(repeating: " ", count: cells) : Self.safe(String(character))
      width += cells
      if first + index < column - 1 { caret = width }
    }
    return "\(place)\(Self.safe(message))\n\(shown)\n\(String(repeating: " ", count: caret))^\n"
  }

  private static func safe(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
        result.unicodeScalars.append("\u{fffd}")
      default:
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Terminal cells of a character, by its first scalar (Unicode's East Asian Width, wide and fullwidth
  /// ranges).
  private static func width(of character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    switch scalar.value {
    case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff,
      0xfe30...0xfe6f, 0xff00...0xff60, 0xffe0...0xffe6, 0x1f300...0x1faff, 0x20000...0x3fffd:
      return 2
    default:
      return scalar.properties.generalCategory == .nonspacingMark ? 0 : 1
    }
  }
}
