extension CommandParser {
  /// `frame NAME [sent|received] [from OFFSET] FRAMING`
  mutating func takeFrame() throws(SyntaxError) -> Command {
    let name = try takeName()
    cursor.skipBlanks()
    var way: Direction?
    if cursor.accept(word: "sent") { way = .sent } else if cursor.accept(word: "received") { way = .received }
    cursor.skipBlanks()
    var offset = 0
    if cursor.accept(word: "from") { offset = try takeNumber("an offset", in: 0...Int.max) }
    cursor.skipBlanks()
    return .frame(name, way, from: Int64(offset), try cursor.takeFraming())
  }
}
