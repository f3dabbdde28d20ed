/// Names what stands where in a message, in the words of its framing.
public enum MessageTokens {
  /// The tokens of some bytes, in order and without gaps, whatever the bytes are. Where more than one message
  /// lies in them, the names from the second one on say which. What is no message of the framing is `rest`.
  /// - Returns: none without a framing.
  public static func tokens(of bytes: [UInt8], as framing: Framing?) -> [MessageToken] {
    guard let framing, framing != .unframed else { return [] }
    let messages = messages(of: bytes, as: framing)
    return bytes.withUnsafeBytes { bytes in
      var writer = TokenWriter(bytes)
      for message in messages {
        let isRest = message.kind == .rest
        writer.begin(isRest ? nil : message.number)
        writer.limit = min(bytes.count, Int(clamping: message.range.lowerBound))
        takeBetween(framing, &writer)
        writer.limit = min(bytes.count, Int(clamping: message.range.upperBound))
        if !isRest { take(message, framing, &writer) }
        writer.take(upTo: writer.limit, "rest")
      }
      writer.limit = bytes.count
      takeBetween(framing, &writer)
      return writer.tokens
    }
  }

  /// Where a cut lies, in words: `inside the header Host`, `between CR and LF of the request line`.
  /// - Parameter offset: bytes before the cut.
  /// - Returns: an empty text where there are no bytes on one of its sides.
  public static func place(_ offset: Int, in tokens: [MessageToken]) -> String {
    guard let last = tokens.last, offset > 0, offset < last.range.upperBound else { return "" }
    var (low, high) = (0, tokens.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle].range.upperBound > offset { high = middle } else { low = middle + 1 }
    }
    let token = tokens[low]
    var (before, after) = (low, low)
    if offset == token.range.lowerBound { before -= 1 }
    if isSeparator(tokens[before]) { before = max(0, before - 1) }
    if isSeparator(tokens[after]) { after = min(tokens.count - 1, after + 1) }
    if before < after { return "between \(article(tokens[before].name)) and \(article(tokens[after].name))" }
    if token.range.count == 2, token.name.hasPrefix("CRLF") {
      return "between CR and LF\(token.name.dropFirst(4))"
    }
    if token.range.count == 2, token.name.hasPrefix("empty line") {
      return "between CR and LF of the \(token.name)"
    }
    return "inside \(article(token.name))"
  }

  /// It only parts two others, which tell better where a cut lies.
  private static func isSeparator(_ token: MessageToken) -> Bool {
    token.name.hasPrefix(TokenWriter.separator)
  }

  /// A record has its number for a name.
  private static func article(_ name: String) -> String { name.hasPrefix("record ") ? name : "the \(name)" }

  private static func messages(of bytes: [UInt8], as framing: Framing) -> [FramedMessage] {
    // In a dialogue the frames come behind another message, the upgrade.
    let isFrame = framing == .http && bytes.first.map { !$0.isHTTPToken && $0 != 0x0d && $0 != 0x0a } ?? false
    var (cutter, messages) = (MessageCutter(isFrame ? .webSocket : framing), [FramedMessage]())
    bytes.withUnsafeBytes { cutter.take($0, .sent, at: 0, time: 0, into: &messages) }
    cutter.end(.sent, isClean: true, into: &messages)
    return messages
  }

  private static func take(_ message: FramedMessage, _ framing: Framing, _ writer: inout TokenWriter) {
    switch framing {
    case .unframed: break
    case .fixed: writer.take(upTo: writer.limit, "record \(message.number)", isNumbered: true)
    case .gap: writer.take(upTo: writer.limit, "content")
    case .delimiter, .slip, .cobs: DelimitedTokens.take(message, framing, &writer)
    case .length, .varint, .tls, .modbus, .mqtt: HeaderTokens.take(framing, &writer)
    case .json: JSONTokens.take(&writer)
    case .http, .webSocket: takeHTTP(message, framing, &writer)
    case .resp: RESPTokens.take(message, &writer)
    }
  }

  private static func takeHTTP(_ message: FramedMessage, _ framing: Framing, _ writer: inout TokenWriter) {
    // As the cutter has it: neither G of GET nor H of HTTP begins a frame.
    let isHTTP: (UInt8) -> Bool = { framing == .http ? $0.isHTTPToken : "GH".utf8.contains($0) }
    switch message.kind {
    case .request, .response, .interim: HTTPTokens.take(&writer)
    case .tunnel: writer.take(upTo: writer.limit, "tunnel data")
    // It is cut or bad before its kind is known.
    case nil where writer.byte.map(isHTTP) == true: HTTPTokens.take(&writer)
    default: WebSocketTokens.take(message, &writer)
    }
  }

  /// What belongs to no message, up to the next one.
  private static func takeBetween(_ framing: Framing, _ writer: inout TokenWriter) {
    while !writer.isAtEnd {
      switch framing {
      case .http, .webSocket, .resp:
        let end = ByteScan.first(0x0a, in: writer.rest).map { writer.position + $0 + 1 }
        writer.take(upTo: end ?? writer.limit, "empty line")
      case .json: writer.take(upTo: writer.limit, "white space")
      case .slip: writer.take(1, "END")
      case .cobs: writer.take(1, "zero byte")
      case .unframed, .fixed, .delimiter, .length, .varint, .gap, .tls, .modbus, .mqtt:
        writer.take(upTo: writer.limit, "rest")
      }
    }
  }
}
