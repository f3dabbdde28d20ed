/// What a lab says of itself, in the comment at its top.
public struct LabHead: Sendable, Equatable {
  /// The first line, which asks what the lab answers; empty if there is no comment.
  public var title = ""
  public struct Paragraph: Sendable, Equatable {
    public var text: String
    /// It is set in: lines of a program, say, which stay lines.
    public var isCode: Bool
  }

  /// The rest.
  public var paragraphs: [Paragraph] = []

  /// - Parameters:
  ///   - text: of the whole file.
  ///   - name: that may stand before the title.
  public init(_ text: String, named name: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let comment = lines.drop { !$0.hasPrefix("#") }.prefix { $0.hasPrefix("#") }.map { line in
      line.drop { $0 == "#" }.trimmed
    }
    guard let first = comment.first?.drop(while: { $0 == " " }) else { return }
    title = String(first.hasPrefix("\(name).lab: ") ? first.dropFirst(name.count + 6) : first)
    paragraphs = comment.dropFirst().split(separator: "").map { lines in
      let isCode = lines.allSatisfy { $0.hasPrefix("  ") }
      return Paragraph(
        text: isCode
          ? lines.joined(separator: "\n") : lines.map { $0.drop { $0 == " " } }.joined(separator: " "),
        isCode: isCode)
    }
  }

  /// The title up to its question mark: what stands behind it may be the answer. Nil if it asks nothing.
  public var question: String? { title.firstIndex(of: "?").map { String(title[...$0]) } }
}

extension Substring {
  /// Without blanks at its end.
  fileprivate var trimmed: String {
    String(self[..<(lastIndex { !$0.isWhitespace }.map(index(after:)) ?? startIndex)])
  }
}
