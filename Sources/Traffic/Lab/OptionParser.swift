extension CommandParser {
  /// `listen` and `connect`: one address and options, in any order.
  mutating func takeOpening(_ place: OptionRule.Place) throws(SyntaxError) -> Command {
    var options = OptionReader(place)
    var address: (text: AddressText, start: Int)?
    while true {
      cursor.skipBlanks()
      guard let byte = cursor.byte else { break }
      if byte == UInt8(ascii: "-") {
        try options.take(&cursor)
      } else if address == nil {
        let start = cursor.position
        address = (try cursor.takeAddress(), start)
      } else {
        let start = cursor.position
        throw cursor.error(
          "unexpected \(cursor.text(cursor.takeWord())): \(place) takes one address", at: start)
      }
    }
    guard let address else {
      throw cursor.error("expected an address, such as 9000, host:9000 or ./path")
    }
    let settled = try options.settled(for: address.text, at: address.start, cursor)
    return place == .listen ? .listen(address.text, settled) : .connect(address.text, settled)
  }

  mutating func takeSet() throws(SyntaxError) -> Command {
    .set(try takeName(), try takeSettings(isNeeded: true))
  }

  /// Options to the end of the line.
  mutating func takeSettings(isNeeded: Bool) throws(SyntaxError) -> [Setting] {
    var options = OptionReader(.set)
    while true {
      cursor.skipBlanks()
      guard let byte = cursor.byte else { break }
      guard byte == UInt8(ascii: "-") else {
        let start = cursor.position
        throw cursor.error(
          "unexpected \(cursor.text(cursor.takeWord())): expected an option such as --recv 10", at: start)
      }
      try options.take(&cursor)
    }
    guard !isNeeded || !options.settings.isEmpty else {
      throw cursor.error("expected an option such as --recv 10")
    }
    return options.settings.map(\.setting)
  }
}
