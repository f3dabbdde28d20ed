import Traffic

extension ByteBuffer {
  /// A paragraph for people. What a lesson sets off by two blanks, `type  : again --recv 4  and see`, is code, as is what a
  /// comment has between backquotes.
  mutating func append(prose text: String, classes: String? = nil) {
    append("<p")
    if let classes {
      append(" class=\"")
      append(text: classes)
      append("\"")
    }
    append(">")
    for (place, piece) in Self.pieces(of: text).enumerated() {
      append(place % 2 == 0 ? "" : "<code>")
      append(html: piece)
      append(place % 2 == 0 ? "" : "</code>")
    }
    append("</p>\n")
  }

  /// Text and code by turns.
  private static func pieces(of text: String) -> [String] {
    var pieces: [String] = []
    var rest = text[...]
    while let blanks = rest.firstRange(of: "  ") {
      // The blank that stays is the one outside of the code.
      let isCode = pieces.count % 2 == 1
      pieces.append(String(rest[..<blanks.lowerBound]) + (isCode ? "" : " "))
      rest = rest[blanks.upperBound...].drop { $0 == " " }
      if isCode { rest = " " + rest }
    }
    // A lesson ends code before a dot with one blank, which is not printed.
    if pieces.count % 2 == 1, let end = rest.firstIndex(where: { ".?!,".contains($0) }),
      end > rest.startIndex,
      rest[rest.index(before: end)] == " "
    {
      return pieces + [String(rest[..<rest.index(before: end)]), String(rest[end...])]
    }
    if pieces.isEmpty {
      let quoted = text.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
      return quoted.count % 2 == 1 ? quoted : [text]
    }
    return pieces.count % 2 == 0 ? pieces + [String(rest)] : [text]
  }

  /// Lines to write on.
  mutating func append(ruled title: String, lines: Int) {
    append("<div class=\"ruled\"><p>")
    append(html: title)
    append("</p>")
    for _ in 0..<lines { append("<i></i>") }
    append("</div>\n")
  }
}
