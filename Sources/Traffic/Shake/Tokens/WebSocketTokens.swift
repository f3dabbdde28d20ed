/// A frame of WebSocket (RFC 6455, 5.2).
enum WebSocketTokens {
  static func take(_ message: FramedMessage, _ writer: inout TokenWriter) {
    writer.take(1, "first byte (FIN, opcode)")
    guard let second = writer.byte else { return }
    writer.take(1, "length")
    writer.take(second & 0x7f == 127 ? 8 : second & 0x7f == 126 ? 2 : 0, "extended length")
    let isMasked = second & 0x80 != 0
    let key = Array(writer.rest.prefix(isMasked ? 4 : 0))
    writer.take(key.count, "mask key")
    guard message.kind == .text, !message.notes.contains(.compressed) else {
      return writer.take(upTo: writer.limit, "payload")
    }
    guard key.count == 4 else { return writer.takeData(writer.rest.count, "payload") }
    // Where its characters end shows behind the mask only.
    var text = Array(writer.rest)
    for index in text.indices { text[index] ^= key[index & 3] }
    text.withUnsafeBytes { writer.takeData($0, "payload") }
  }
}
