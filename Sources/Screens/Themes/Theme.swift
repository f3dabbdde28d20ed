/// How every role looks.
public struct Theme: Sendable, Equatable {
  public let name: String
  /// One or two sentences for the list of themes.
  public let about: String
  private var looks: [Role: Look]

  init(name: String, about: String, looks: [Role: Look]) {
    self.name = name
    self.about = about
    self.looks = looks
  }

  public func look(_ style: Style) -> Look {
    let ink = looks[style.ink] ?? Look()
    // Every paper lies on that of plain text; an ink's own background shows where there is no paper.
    let base = looks[.text] ?? Look()
    if style.paper == .text { return ink.background == nil ? ink.on(base) : ink }
    return ink.on((looks[style.paper] ?? Look()).on(base, isPaper: true))
  }

  /// Attributes alone: what is used where no theme can be found.
  public static let plain = Theme(
    name: "plain", about: "Attributes alone.",
    looks: [
      .title: attributes(.reverse), .titleStrong: attributes([.bold, .reverse]), .strong: attributes(.bold),
      .paneTitleFocused: attributes([.bold, .reverse]), .columnTitle: attributes(.underline),
      .cursorRow: attributes(.reverse), .cursorRowUnfocused: attributes(.underline),
      .selectedChunk: attributes(.reverse), .chunkStart: attributes(.underline),
      .byteCursor: attributes([.bold, .reverse, .underline]), .key: attributes(.bold),
      .error: attributes(.bold),
      .exposed: attributes([.bold, .reverse]), .frozen: attributes([.bold, .reverse]),
      .helpTitle: attributes(.bold), .endOfStream: attributes(.bold),
    ])

  private static func attributes(_ attributes: Look.Attributes) -> Look {
    var look = Look()
    look.attributes = attributes
    return look
  }
}
