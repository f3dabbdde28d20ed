/// A message of HTTP/1.1 (RFC 9112): first line, fields, body.
enum HTTPTokens {
  /// More of a field's name helps nobody; it may have thousands of bytes.
  private static let longestName = 64

  static func take(_ writer: inout TokenWriter) {
    takeStartLine(&writer)
    let head = takeFields("header", &writer)
    if head.hasTransferEncoding, head.isChunked { takeChunks(&writer) }
    writer.takeData(writer.rest.count, "body")
  }

  /// The next line without its end, and whether it has one.
  private static func line(_ writer: TokenWriter) -> (text: UnsafeRawBufferPointer, isWhole: Bool) {
    let rest = writer.rest
    guard let end = ByteScan.first(0x0a, in: rest) else { return (rest, false) }
    let hasCR = end > 0 && rest[end - 1] == 0x0d
    return (UnsafeRawBufferPointer(rebasing: rest[..<(hasCR ? end - 1 : end)]), true)
  }

  private static func takeStartLine(_ writer: inout TokenWriter) {
    let (line, isWhole) = line(writer)
    let isResponse = line.starts(with: "HTTP/".utf8)
    if isWhole, case .bad = HTTPStartLine(line) {
      writer.take(line.count, "first line")
      return writer.takeLineEnd(of: "first line")
    }
    let end = writer.position + line.count
    let first = ByteScan.first(0x20, in: line) ?? line.count
    writer.take(first, isResponse ? "version" : "method")
    writer.take(upTo: min(end, writer.position + 1), TokenWriter.separator)
    let rest = UnsafeRawBufferPointer(rebasing: line[min(line.count, first + 1)...])
    // A reason has blanks in it, and a target may.
    let second = (isResponse ? ByteScan.first(0x20, in: rest) : rest.lastIndex(of: 0x20)) ?? rest.count
    writer.takeData(second, isResponse ? "status" : "target")
    writer.take(upTo: min(end, writer.position + 1), TokenWriter.separator)
    writer.takeData(end - writer.position, isResponse ? "reason" : "version")
    writer.takeLineEnd(of: isResponse ? "status line" : "request line")
  }

  /// Fields up to the empty line behind them.
  /// - Parameter word: what they are called: headers, trailers.
  private static func takeFields(_ word: String, _ writer: inout TokenWriter) -> HTTPHead {
    var head = HTTPHead()
    var name = ""
    while !writer.isAtEnd {
      let (line, isWhole) = line(writer)
      switch isWhole ? HTTPFieldLine(line) : .other {
      case .end:
        head.endField()
        writer.take(upTo: writer.position + (writer.byte == 0x0d ? 2 : 1), "empty line")
        return head
      case .fold(let more):
        _ = head.fold(more)
        writer.takeData(line.count, "folded value of \(name)")
      case .field(let field, let value):
        head.begin(field, value)
        name = takeField(word, line, &writer)
      case .other:
        head.begin(nil)
        name = takeField(word, line, &writer)
      case .bad:
        name = "line"
        writer.take(line.count, "\(word) line")
      }
      writer.takeLineEnd(of: "\(word) \(name)")
    }
    return head
  }

  /// - Returns: the name of the field, as it is written.
  private static func takeField(
    _ word: String, _ line: UnsafeRawBufferPointer, _ writer: inout TokenWriter
  ) -> String {
    let colon = ByteScan.first(UInt8(ascii: ":"), in: line) ?? line.count
    let name = EscapedText.escaped(Array(line[..<min(colon, longestName)]))
    writer.take(colon, "\(word) \(name)")
    let rest = line[colon...]
    let blanks = rest.dropFirst().prefix { $0 == 0x20 || $0 == 0x09 }.count
    writer.take(rest.isEmpty ? 0 : 1 + blanks, TokenWriter.separator)
    writer.takeData(max(0, rest.count - 1 - blanks), "value of \(name)")
    return name
  }

  private static func takeChunks(_ writer: inout TokenWriter) {
    while !writer.isAtEnd {
      let (line, isWhole) = line(writer)
      let digits = line.prefix { $0.hexDigit != nil }.count
      guard isWhole, case .size(let size, _) = HTTPChunkLine(line) else {
        writer.take(digits, "chunk size")
        return writer.take(upTo: writer.limit, "rest")
      }
      let name = size == 0 ? "last chunk" : "chunk size"
      writer.take(digits, name)
      writer.take(line.count - digits, "chunk extension")
      writer.takeLineEnd(of: name)
      if size == 0 {
        _ = takeFields("trailer", &writer)
        return
      }
      writer.takeData(Int(clamping: size), "chunk data")
      writer.takeLineEnd(of: "chunk")
    }
  }
}
