/// How a role looks: `bold #ffd787 on #303030`. What is nil is left to what lies under it.
public struct Look: Hashable, Sendable {
  public struct Attributes: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let bold = Attributes(rawValue: 1)
    public static let dim = Attributes(rawValue: 2)
    public static let italic = Attributes(rawValue: 4)
    public static let underline = Attributes(rawValue: 8)
    public static let reverse = Attributes(rawValue: 16)

    static let names: [(String, Attributes)] = [
      ("bold", .bold), ("dim", .dim), ("italic", .italic), ("underline", .underline), ("reverse", .reverse),
    ]
  }

  public var foreground: Color?
  public var background: Color?
  public var attributes: Attributes = []

  /// A word of a look that means nothing, with its place in the text in characters from 0.
  struct UnknownWord: Error {
    var word: String
    var place: Int
    var expected: String
  }

  public init() {}

  /// Reads attributes and a colour in any order, and a background after `on`.
  init(parsing text: String, palette: [String: Color] = [:]) throws(UnknownWord) {
    var isBackground = false
    var place = 0
    for word in text.split(separator: " ", omittingEmptySubsequences: false).map(String.init) {
      defer { place += word.count + 1 }
      if word.isEmpty { continue }
      if word == "on" {
        isBackground = true
      } else if let attribute = Attributes.names.first(where: { $0.0 == word }) {
        attributes.insert(attribute.1)
      } else if let color = palette[word] ?? Color(word) {
        if isBackground { background = color } else { foreground = color }
      } else {
        throw UnknownWord(
          word: word, place: place,
          expected:
            "expected bold, dim, italic, underline, reverse, on, or a colour: default, red, bright-red, 0 to 255, #rrggbb"
        )
      }
    }
  }

  /// This look written on another, whose background shows; a paper's own background lies over the other's.
  func on(_ paper: Look, isPaper: Bool = false) -> Look {
    var look = self
    look.background = isPaper ? background ?? paper.background : paper.background ?? background
    look.foreground = foreground ?? paper.foreground
    look.attributes.formUnion(paper.attributes)
    return look
  }
}
