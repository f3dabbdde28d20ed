/// One way of an HTTP/1.1 connection (RFC 9112): requests or responses, as each one's first line says. Knows
/// of the other way by the exchange. Behind an upgrade to WebSocket its frames follow.
struct HTTPCutter: Cutter {
  private enum Place {
    case start, fields, trailers
    /// So many bytes, those up to the end of stream, and those of a tunnel.
    case body, untilEnd, tunnel
    case chunkSize, chunk
    /// CR and LF behind a chunk.
    case chunkEnd, chunkLF
    case frames
  }

  /// Frames may come without a request that upgrades.
  private let takesFrames: Bool
  private var place = Place.start
  private var lines = HTTPLineReader()
  private var startLine = HTTPStartLine.bad
  private var head = HTTPHead()
  /// Bytes of a body or a chunk that are to come.
  private var left: Int64 = 0
  private var frames = HeaderCutter(WebSocketHeader())
  /// This way sends the requests; nil before its first message.
  private var asks: Bool?

  init(takesFrames: Bool) { self.takesFrames = takesFrames }

  var isWholeAtEnd: Bool { place == .untilEnd || place == .tunnel }

  mutating func take(_ reader: inout MessageReader) {
    while !reader.isAtEnd {
      switch place {
      case .start: takeStart(&reader)
      case .fields: takeField(&reader)
      case .trailers: takeTrailer(&reader)
      case .body:
        left = reader.skip(left)
        if left == 0 { end(&reader) }
      case .untilEnd, .tunnel: reader.position = reader.bytes.count
      case .chunkSize: takeChunkSize(&reader)
      case .chunk:
        left = reader.skip(left)
        if left == 0 { place = .chunkEnd }
      case .chunkEnd, .chunkLF: takeChunkEnd(&reader)
      case .frames: frames.take(&reader)
      }
    }
  }

  mutating func pass(_ count: Int64, _ reader: inout MessageReader) -> Bool {
    switch place {
    case .body, .chunk:
      guard left >= count else { return false }
      left -= count
      if left == 0 { if place == .body { end(&reader) } else { place = .chunkEnd } }
      return true
    case .untilEnd, .tunnel: return true
    case .frames: return frames.pass(count, &reader)
    case .start, .fields, .trailers, .chunkSize, .chunkEnd, .chunkLF: return false
    }
  }

  private mutating func takeStart(_ reader: inout MessageReader) {
    if reader.isAtStart {
      let byte = reader.bytes[reader.position]
      if let next = switched(byte, reader) {
        place = next
        if next == .tunnel {
          reader.open.kind = .tunnel
          reader.open.content = reader.open.start
          if reader.exchange.switched == nil { reader.open.notes = .assumedTunnel }
        }
        return
      }
      // Empty lines before a message belong to none (RFC 9112, 2.2).
      if byte == 0x0d || byte == 0x0a {
        reader.position += 1
        return reader.leaveOut()
      }
      if !byte.isHTTPToken {
        reader.position += 1
        return reader.lose(.bad)
      }
    }
    guard let line = line(&reader, HTTPStartLine.init) else { return }
    startLine = line
    head = HTTPHead()
    place = .fields
    switch line {
    case .request:
      asks = true
      reader.open.kind = .request
    case .response(let status):
      asks = false
      reader.open.kind = (100..<200).contains(status) && status != 101 ? .interim : .response
    case .bad: reader.lose(.bad)
    }
  }

  /// What this way carries in place of HTTP, as the first byte behind a message and the exchange tell.
  private func switched(_ byte: UInt8, _ reader: MessageReader) -> Place? {
    switch reader.exchange.switched {
    case .tunnel: return .tunnel
    case .webSocket: return .frames
    case nil: break
    }
    // Neither G of GET nor H of HTTP can begin a frame, and what is no token begins no request.
    if takesFrames, asks == nil, byte != UInt8(ascii: "G"), byte != UInt8(ascii: "H") { return .frames }
    guard asks == true else { return nil }
    if reader.exchange.isConnectOpen { return .tunnel }
    return reader.exchange.isUpgradeOpen && byte >= 0x80 ? .frames : nil
  }

  /// A line, when it has all come. Nil too where it is too long.
  private mutating func line<Value>(
    _ reader: inout MessageReader, _ read: (UnsafeRawBufferPointer) -> Value
  ) -> Value? {
    switch lines.take(&reader, read) {
    case .cut: return nil
    case .tooLong:
      reader.lose(.tooLong)
      return nil
    case .whole(let value, let isBare):
      if isBare { reader.open.notes.insert(.bareLF) }
      return value
    }
  }

  private mutating func takeField(_ reader: inout MessageReader) {
    guard let line = line(&reader, HTTPFieldLine.init) else { return }
    switch line {
    case .field(let name, let value): head.begin(name, value)
    case .other: head.begin(nil)
    case .fold(let more):
      reader.open.notes.insert(.obsFold)
      if !head.fold(more) { reader.lose(.tooLong) }
    case .bad: reader.lose(.bad)
    case .end:
      head.endField()
      reader.open.content = reader.here
      switch startLine {
      case .request(let method): endRequestHead(method, &reader)
      case .response(let status): endResponseHead(status, &reader)
      case .bad: reader.lose(.bad)
      }
    }
  }

  private mutating func endRequestHead(_ method: HTTPMethod, _ reader: inout MessageReader) {
    reader.exchange.request(method, asksForWebSocket: head.namesWebSocket)
    // Without `chunked` at the end nobody knows how long it is (RFC 9112, 6.3).
    if head.hasTransferEncoding, !head.isChunked { return reader.lose(.bad) }
    beginBody(otherwise: .start, &reader)
  }

  private mutating func endResponseHead(_ status: Int, _ reader: inout MessageReader) {
    if (100..<200).contains(status), status != 101 { return end(&reader) }
    let method = reader.exchange.answer()
    if method == nil { reader.open.notes.insert(.assumedGet) }
    switch (status, method) {
    case (101, _):
      reader.exchange.change(to: head.namesWebSocket ? .webSocket : .tunnel)
      end(&reader)
    case (200..<300, .connect):
      reader.exchange.change(to: .tunnel)
      end(&reader)
    case (204, _), (304, _), (_, .head): end(&reader)
    default: beginBody(otherwise: .untilEnd, &reader)
    }
  }

  /// - Parameter otherwise: where nothing says how long the body is: `start` for none.
  private mutating func beginBody(otherwise: Place, _ reader: inout MessageReader) {
    if head.hasTransferEncoding {
      if head.length != nil || head.brokenLength != nil { reader.open.notes.insert(.lengthAndChunked) }
      place = head.isChunked ? .chunkSize : .untilEnd
    } else if let broken = head.brokenLength {
      reader.lose(broken)
    } else if let length = head.length {
      let (last, isHuge) = reader.here.addingReportingOverflow(length)
      if isHuge { return reader.lose(.tooLong) }
      reader.open.end = last
      left = length
      place = .body
      if length == 0 { end(&reader) }
    } else {
      place = otherwise
      if place == .start { end(&reader) }
    }
  }

  private mutating func takeChunkSize(_ reader: inout MessageReader) {
    guard let line = line(&reader, HTTPChunkLine.init) else { return }
    switch line {
    case .size(let size, let hasExtension):
      if hasExtension { reader.open.notes.insert(.chunkExtension) }
      left = size
      place = size == 0 ? .trailers : .chunk
    case .bad: reader.lose(.bad)
    case .tooLong: reader.lose(.tooLong)
    }
  }

  private mutating func takeChunkEnd(_ reader: inout MessageReader) {
    let byte = reader.bytes[reader.position]
    reader.position += 1
    switch (place, byte) {
    case (.chunkEnd, 0x0d): place = .chunkLF
    case (.chunkEnd, 0x0a):
      reader.open.notes.insert(.bareLF)
      place = .chunkSize
    case (_, 0x0a): place = .chunkSize
    default: reader.lose(.bad)
    }
  }

  private mutating func takeTrailer(_ reader: inout MessageReader) {
    guard let line = line(&reader, HTTPFieldLine.init) else { return }
    switch line {
    case .end: end(&reader)
    case .fold: reader.open.notes.insert(.obsFold)
    case .field, .other: break
    case .bad: reader.lose(.bad)
    }
  }

  private mutating func end(_ reader: inout MessageReader) {
    reader.close()
    place = .start
  }
}
