extension CommandParser {
  /// `stats [NAME] [--json]`
  mutating func takeStatistics() throws(SyntaxError) -> Command {
    var name: String?
    cursor.skipBlanks()
    if let byte = cursor.byte, byte != UInt8(ascii: "-") { name = try takeName() }
    cursor.skipBlanks()
    let start = cursor.position
    switch cursor.text(cursor.takeWord()) {
    case "": return .statistics(name, isJSON: false)
    case "--json": return .statistics(name, isJSON: true)
    default: throw cursor.error("expected --json or nothing", at: start)
    }
  }
}
