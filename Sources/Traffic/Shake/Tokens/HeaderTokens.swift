/// Messages with a header of a few numbers, one of which is their length.
enum HeaderTokens {
  static func take(_ framing: Framing, _ writer: inout TokenWriter) {
    switch framing {
    case .length(let prefix):
      writer.take(prefix.offset, "header")
      if prefix.number == .text {
        writer.take(writer.rest.prefix { $0.isDigit }.count, "length")
        writer.take(1, TokenWriter.separator)
      } else {
        writer.take(prefix.number.width, "length")
      }
      writer.takeData(writer.rest.count, "content")
    case .varint(let prefix):
      writer.take(prefix.offset, "header")
      takeVarint(atMost: 10, "length", &writer)
      writer.takeData(writer.rest.count, "content")
    case .mqtt:
      writer.take(1, "type byte")
      takeVarint(atMost: 4, "remaining length", &writer)
      writer.take(upTo: writer.limit, "content")
    case .tls: take([(1, "content type"), (2, "version"), (2, "length")], rest: "fragment", &writer)
    case .modbus:
      take(
        [(2, "transaction id"), (2, "protocol id"), (2, "length"), (1, "unit id"), (1, "function")],
        rest: "data", &writer)
    case .unframed, .fixed, .delimiter, .slip, .cobs, .gap, .json, .http, .webSocket, .resp: break
    }
  }

  private static func take(_ fields: [(Int, String)], rest: String, _ writer: inout TokenWriter) {
    for (count, name) in fields { writer.take(count, name) }
    writer.take(upTo: writer.limit, rest)
  }

  private static func takeVarint(atMost most: Int, _ name: String, _ writer: inout TokenWriter) {
    let more = writer.rest.prefix(most).prefix { $0 >= 0x80 }.count
    writer.take(min(most, more + 1), name)
  }
}
