/// A text between quotes as it is written, for the place of something within it: escapes are longer than what they mean.
struct QuotedSource {
  private var rest: Substring.UnicodeScalarView
  private let hasEscapes: Bool
  private let isLong: Bool
  /// Where the next scalar is written.
  private(set) var place: TOMLPlace

  /// - Parameters:
  ///   - lines: all lines from that of the first quote on.
  ///   - place: of the first quote.
  init(_ lines: Substring, at place: TOMLPlace) {
    rest = lines.unicodeScalars.dropFirst(place.column - 1)
    self.place = place
    hasEscapes = rest.first == "\""
    isLong = rest.starts(with: "\"\"\"".unicodeScalars) || rest.starts(with: "'''".unicodeScalars)
    step(isLong ? 3 : 1)
    // A line end right behind the quotes is none of the text.
    if isLong, rest.first?.isLineEnd == true { stepOne() }
    stepOverJoint()
  }

  /// Passes so many scalars of the text.
  mutating func pass(_ count: Int) {
    for _ in 0..<count where !rest.isEmpty {
      if hasEscapes, rest.first == "\\" {
        let letter = rest.dropFirst().first
        step(letter == "u" ? 6 : letter == "U" ? 10 : 2)
      } else {
        stepOne()
      }
      stepOverJoint()
    }
  }

  /// A backslash at the end of a line joins what follows, without the white space between.
  private mutating func stepOverJoint() {
    while hasEscapes, isLong, rest.first == "\\", rest.dropFirst().first?.properties.isWhitespace == true {
      step(1)
      while rest.first?.properties.isWhitespace == true { step(1) }
    }
  }

  /// A line end is one scalar of the text, however it is written.
  private mutating func stepOne() { step(rest.starts(with: "\r\n".unicodeScalars) ? 2 : 1) }

  private mutating func step(_ count: Int) {
    for _ in 0..<count {
      guard let scalar = rest.popFirst() else { return }
      place.column += 1
      if scalar == "\n" { place = TOMLPlace(line: place.line + 1, column: 1) }
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isLineEnd: Bool { self == "\n" || self == "\r" }
}
