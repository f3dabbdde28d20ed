/// Bytes that go out in the place of a message.
public struct EditedMessage: Sendable, Equatable {
  /// Why they cannot.
  public struct Refusal: Error, Equatable { public let message: String }

  /// One after another, each sent by itself.
  public private(set) var sends: [[UInt8]]

  /// - Parameter sends: header and all, at least one.
  public init(_ sends: [[UInt8]]) { self.sends = sends }

  /// The same with the length of all of it where the framing has one: in its header, or behind
  /// Content-Length.
  public func withLength(_ framing: Framing) throws(Refusal) -> EditedMessage {
    let bytes = sends.flatMap { $0 }
    var fixed = bytes
    switch framing {
    case .length(let prefix): fixed = try Self.fix(bytes, prefix)
    case .modbus: fixed = try Self.fix(bytes, LengthPrefix(.u16be, at: 4, excess: 6))
    case .tls: fixed = try Self.fix(bytes, LengthPrefix(.u16be, at: 3, excess: 5))
    case .varint(let prefix): fixed = try Self.fixVarint(bytes, at: prefix.offset)
    case .mqtt: fixed = try Self.fixVarint(bytes, at: 1)
    case .http where bytes.first?.isHTTPToken == true: fixed = Self.fixContentLength(bytes)
    case .http, .webSocket: fixed = try Self.fixFrame(bytes)
    case .unframed, .fixed, .delimiter, .slip, .cobs, .gap, .json, .resp: break
    }
    return cut(fixed)
  }

  /// Refuses what does not end where a message ends.
  public func checked(_ framing: Framing) throws(Refusal) {
    let bytes = sends.flatMap { $0 }
    var (cutter, messages) = (MessageCutter(framing), [FramedMessage]())
    if framing == .http, bytes.first?.isHTTPToken != true { cutter = MessageCutter(.webSocket) }
    bytes.withUnsafeBytes { cutter.take($0, .received, at: 0, time: 0, into: &messages) }
    // A response to HEAD has a length and no body.
    let announced = cutter.unfinished(.received)
    let isHead = framing == .http && announced?.end != nil && announced?.message.payload.isEmpty == true
    if !isHead { cutter.end(.received, isClean: true, into: &messages) }
    guard !bytes.isEmpty, messages.allSatisfy({ $0.broken == nil }) else {
      throw Refusal(
        message: "that is no whole message of \(framing.text); raw behind the burst sends it as it is")
    }
  }

  /// The bytes, sent as before: what there is more or less goes with the first send.
  private func cut(_ bytes: [UInt8]) -> EditedMessage {
    let more = bytes.count - sends.reduce(0) { $0 + $1.count }
    var (rest, cut) = (bytes[...], [[UInt8]]())
    for (place, send) in sends.enumerated() {
      let count = place == sends.count - 1 ? rest.count : max(0, send.count + (place == 0 ? more : 0))
      cut.append(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    return EditedMessage(cut)
  }

  private static func tooShort(_ needed: Int) -> Refusal {
    Refusal(message: "a message's header alone has \(needed) bytes; raw behind the burst sends it as it is")
  }

  private static func fix(_ bytes: [UInt8], _ prefix: LengthPrefix) throws(Refusal) -> [UInt8] {
    if prefix.number == .text {
      guard let end = bytes.dropFirst(prefix.offset).firstIndex(where: { !$0.isDigit }) else {
        throw tooShort(prefix.offset + 2)
      }
      let length = Int64(bytes.count - end - 1 - (prefix.excess ?? 0))
      return try replace(bytes, prefix.offset..<end, .text, length)
    }
    let content = prefix.offset + prefix.number.width
    guard bytes.count >= content else { throw tooShort(content) }
    let length = Int64(bytes.count - (prefix.excess ?? content))
    return try replace(
      bytes, prefix.offset..<content, .fixed(bytes: prefix.number.width), length,
      isLittleEndian: prefix.number.isLittleEndian)
  }

  private static func fixVarint(_ bytes: [UInt8], at offset: Int) throws(Refusal) -> [UInt8] {
    guard let last = bytes.dropFirst(offset).firstIndex(where: { $0 < 0x80 }) else {
      throw tooShort(offset + 1)
    }
    return try replace(bytes, offset..<last + 1, .varint, Int64(bytes.count - last - 1))
  }

  private static func replace(
    _ bytes: [UInt8], _ place: Range<Int>, _ code: LengthCode, _ length: Int64, isLittleEndian: Bool = false
  ) throws(Refusal) -> [UInt8] {
    guard (0...code.largest).contains(length) else {
      throw Refusal(message: "\(place.count) bytes cannot tell a length of \(length)")
    }
    var bytes = bytes
    bytes.replaceSubrange(place, with: code.written(length, NumberForm(isLittleEndian: isLittleEndian)))
    return bytes
  }

  /// A frame of WebSocket (RFC 6455, 5.2), its mask as it is.
  private static func fixFrame(_ bytes: [UInt8]) throws(Refusal) -> [UInt8] {
    guard bytes.count >= 2 else { throw tooShort(2) }
    let width = bytes[1] & 0x7f == 127 ? 8 : bytes[1] & 0x7f == 126 ? 2 : 0
    let head = 2 + width + (bytes[1] & 0x80 != 0 ? 4 : 0)
    guard bytes.count >= head else { throw tooShort(head) }
    let length = Int64(bytes.count - head)
    let short = length > 0xffff ? 127 : length > 125 ? 126 : UInt8(length)
    let number =
      short < 126 ? [] : LengthCode.fixed(bytes: short == 127 ? 8 : 2).written(length, NumberForm())
    return [bytes[0], bytes[1] & 0x80 | short] + number + bytes[(2 + width)...]
  }

  /// Where there is no body the length may be that of another one: it stays.
  private static func fixContentLength(_ bytes: [UInt8]) -> [UInt8] {
    var (start, field) = (0, 0..<0)
    while let end = bytes[start...].firstIndex(of: 0x0a) {
      let line = bytes[start..<end]
      if line.isEmpty || line.elementsEqual([0x0d]) {
        let length = bytes.count - end - 1
        if field.isEmpty || length == 0 { return bytes }
        return Array(bytes[..<field.lowerBound]) + Array(" \(length)".utf8)
          + Array(bytes[field.upperBound...])
      }
      if let colon = line.firstIndex(of: UInt8(ascii: ":")),
        HTTPFieldLine.isSame(line[..<colon], "content-length")
      {
        field = colon + 1..<(line.last == 0x0d ? end - 1 : end)
      }
      start = end + 1
    }
    return bytes
  }
}
