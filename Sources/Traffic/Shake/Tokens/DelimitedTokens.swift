/// Messages that end with bytes that never stand in them, or not without an escape.
enum DelimitedTokens {
  static func take(_ message: FramedMessage, _ framing: Framing, _ writer: inout TokenWriter) {
    let end = min(writer.limit, Int(clamping: message.payload.upperBound))
    switch framing {
    case .slip: takeEscaped(upTo: end, &writer)
    case .cobs: takeCodes(upTo: end, &writer)
    case .delimiter(let delimiter): takeContent(upTo: end, delimiter, &writer)
    case .unframed, .fixed, .length, .varint, .gap, .json, .http, .tls, .webSocket, .resp, .modbus, .mqtt:
      break
    }
  }

  private static func takeContent(upTo end: Int, _ delimiter: [UInt8], _ writer: inout TokenWriter) {
    let count = end - writer.position
    let isLine = delimiter == [0x0a] && end < writer.limit
    // A CR before a newline belongs to it, though the framing does not ask for it.
    let hasCR = isLine && count > 0 && writer.rest[count - 1] == 0x0d
    let content = writer.rest.prefix(hasCR ? count - 1 : count)
    writer.takeText(UnsafeRawBufferPointer(rebasing: content), "content")
    writer.take(upTo: writer.limit, hasCR ? "CRLF" : name(delimiter))
  }

  private static func name(_ delimiter: [UInt8]) -> String {
    switch delimiter {
    case [0x0a]: "newline"
    case [0x0d, 0x0a]: "CRLF"
    case [0x00]: "NUL"
    default: "delimiter"
    }
  }

  private static func takeEscaped(upTo end: Int, _ writer: inout TokenWriter) {
    while writer.position < end {
      let content = UnsafeRawBufferPointer(rebasing: writer.rest.prefix(end - writer.position))
      guard let escape = ByteScan.first(0xdb, in: content) else {
        writer.take(upTo: end, "content")
        break
      }
      writer.take(escape, "content")
      writer.take(upTo: min(end, writer.position + 2), "escape")
    }
    writer.take(upTo: writer.limit, "END")
  }

  private static func takeCodes(upTo end: Int, _ writer: inout TokenWriter) {
    while writer.position < end, let code = writer.byte {
      writer.take(1, "code byte")
      writer.take(upTo: min(end, writer.position + Int(code) - 1), "content")
    }
    writer.take(upTo: writer.limit, "zero byte")
  }
}
