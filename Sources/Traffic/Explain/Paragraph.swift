/// Words set in lines of a width.
public enum Paragraph {
  /// - Parameter width: in cells of a terminal; a word that is wider has a line of its own.
  public static func lines(_ text: String, width: Int) -> [String] {
    guard width > 0 else { return [] }
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
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
}
