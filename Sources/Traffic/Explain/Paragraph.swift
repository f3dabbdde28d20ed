/// Words set in lines of a width.
public enum Paragraph {
  private static let units: Set<Substring> = [
    "ns", "µs", "ms", "s", "min", "h", "B", "KiB", "MiB", "GiB", "TiB",
  ]

  /// - Parameter width: in cells of a terminal; a word that is wider has a line of its own.
  public static func lines(_ text: String, width: Int) -> [String] {
    guard width > 0 else { return [] }
    var lines: [String] = []
    var line = ""
    for word in unbreakable(text) {
      if line.isEmpty {
        line = String(word)
      } else if SafeText.width(line) + 1 + SafeText.width(word) <= width {
        line += " " + word
      } else {
        lines.append(line)
        line = String(word)
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }

  /// The words, a number's groups of digits and its unit kept together: `0.004 543`, `1.2 ms,`.
  private static func unbreakable(_ text: String) -> [String] {
    var words: [String] = []
    var endsInDigit = false
    for word in text.split(separator: " ") {
      let isUnit = units.contains(word.prefix { $0.isLetter })
      let isGroup = word.first?.isWholeNumber == true && word.prefix { $0.isWholeNumber }.count == 3
      if endsInDigit, isUnit || isGroup, let before = words.popLast() {
        words.append("\(before) \(word)")
      } else {
        words.append(String(word))
      }
      endsInDigit = word.last?.isWholeNumber == true
    }
    return words
  }
}
