/// A value of RESP, with those inside it.
enum RESPTokens {
  static func take(_ message: FramedMessage, _ writer: inout TokenWriter) {
    if message.kind == .inline {
      takeLine("inline command", &writer)
    } else {
      while !writer.isAtEnd { takeValue(&writer) }
    }
  }

  private static func takeValue(_ writer: inout TokenWriter) {
    let type = writer.byte.flatMap(RESPType.init(rawValue:))
    writer.take(1, "type byte")
    switch type {
    case .bulkString, .bulkError, .verbatimString, .chunk:
      let length = takeNumber("length", &writer)
      // -1 and an empty chunk have no data, and no line end of it.
      guard let length, length > 0 || type != .chunk else { return }
      writer.takeData(Int(clamping: length), "data")
      writer.takeLineEnd(of: "data")
    case .array, .map, .attribute, .set, .push: _ = takeNumber("count", &writer)
    case .simpleString, .error, .integer, .null, .boolean, .double, .bigNumber, nil:
      takeLine("value", &writer)
    }
  }

  /// - Returns: how much follows; nil if nothing does, or nobody knows yet.
  private static func takeNumber(_ name: String, _ writer: inout TokenWriter) -> Int64? {
    let digits = writer.rest.prefix { $0 != 0x0d && $0 != 0x0a }
    var number = RESPNumber()
    for byte in digits where number.accept(byte) != nil {
      writer.take(digits.count, name)
      return nil
    }
    writer.take(digits.count, name)
    writer.takeLineEnd(of: name)
    guard case .count(let count) = number.value else { return nil }
    return count
  }

  private static func takeLine(_ name: String, _ writer: inout TokenWriter) {
    let end = writer.rest.firstIndex { $0 == 0x0d || $0 == 0x0a } ?? writer.rest.count
    writer.takeData(end, name)
    writer.takeLineEnd(of: name)
  }
}
