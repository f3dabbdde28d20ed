import Testing

@testable import Traffic

/// Bytes, written as the tokens that have to be found in them.
struct TokenCase: Sendable, CustomTestStringConvertible {
  struct Part: Sendable {
    var bytes: [UInt8]
    var name: String

    init(_ text: String, _ name: String) { (bytes, self.name) = (Array(text.utf8), name) }
    init(_ bytes: [UInt8], _ name: String) { (self.bytes, self.name) = (bytes, name) }
  }

  var title: String
  var framing: Framing
  var parts: [Part]

  init(_ title: String, _ framing: String, _ parts: [Part]) {
    self.title = title
    // A case that cannot be read fails its own test.
    self.framing = (try? Framing(parsing: framing)) ?? .unframed
    self.parts = parts
  }

  var testDescription: String { "\(framing.text): \(title)" }
  var bytes: [UInt8] { parts.flatMap(\.bytes) }

  var tokens: [MessageToken] {
    var start = 0
    return parts.map { part in
      defer { start += part.bytes.count }
      return MessageToken(start..<start + part.bytes.count, part.name)
    }
  }

  static let all = http + binary + text

  private static let end = Part("\r\n", "empty line")

  static let http: [TokenCase] = [
    TokenCase(
      "a request, and a second one behind an empty line", "http",
      [
        Part("POST", "method"), Part(" ", "separator"), Part("/x", "target"), Part(" ", "separator"),
        Part("HTTP/1.1", "version"), Part("\r\n", "CRLF of the request line"), Part("Host", "header Host"),
        Part(": ", "separator"), Part("a", "value of Host"), Part("\r\n", "CRLF of the header Host"),
        Part("Content-Length", "header Content-Length"), Part(":", "separator"),
        Part("3", "value of Content-Length"), Part("\r\n", "CRLF of the header Content-Length"), end,
        Part("a", "body"), Part("é", "character é of the body"), Part("\r\n", "empty line of message 2"),
        Part("GET", "method of message 2"), Part(" ", "separator of message 2"),
        Part("/", "target of message 2"), Part(" ", "separator of message 2"),
        Part("HTTP/1.0", "version of message 2"), Part("\n", "LF of the request line of message 2"),
        Part("\n", "empty line of message 2"),
      ]),
    TokenCase(
      "a response in chunks with a trailer", "http",
      [
        Part("HTTP/1.1", "version"), Part(" ", "separator"), Part("200", "status"), Part(" ", "separator"),
        Part("All OK", "reason"), Part("\r\n", "CRLF of the status line"),
        Part("Transfer-Encoding", "header Transfer-Encoding"), Part(": ", "separator"),
        Part("gzip,", "value of Transfer-Encoding"), Part("\r\n", "CRLF of the header Transfer-Encoding"),
        Part(" chunked", "folded value of Transfer-Encoding"),
        Part("\r\n", "CRLF of the header Transfer-Encoding"), end,
        Part("0a", "chunk size"), Part(";x=1", "chunk extension"), Part("\r\n", "CRLF of the chunk size"),
        Part("0123456789", "chunk data"), Part("\r\n", "CRLF of the chunk"), Part("0", "last chunk"),
        Part("\r\n", "CRLF of the last chunk"), Part("X", "trailer X"), Part(": ", "separator"),
        Part("y", "value of X"), Part("\r\n", "CRLF of the trailer X"), end,
      ]),
    TokenCase(
      "a request that is cut", "http",
      [
        Part("GET", "method"), Part(" ", "separator"), Part("/", "target"), Part(" ", "separator"),
        Part("HTTP/1.1", "version"), Part("\r\n", "CRLF of the request line"), Part("Hos", "header Hos"),
      ]),
    TokenCase(
      "no request", "http",
      [Part("nonsense", "first line"), Part("\r\n", "CRLF of the first line"), Part("more\n", "rest")]),
    TokenCase(
      "a header that is none", "http",
      [
        Part("GET", "method"), Part(" ", "separator"), Part("/", "target"), Part(" ", "separator"),
        Part("HTTP/1.1", "version"), Part("\r\n", "CRLF of the request line"),
        Part("Host : a", "header line"), Part("\r\n", "CRLF of the header line"), Part("\r\n", "rest"),
      ]),
    TokenCase(
      "frames behind the upgrade in another message", "http",
      [
        Part([0x82], "first byte (FIN, opcode)"), Part([0xfe], "length"), Part([0, 2], "extended length"),
        Part([1, 2, 3, 4], "mask key"), Part([9, 9], "payload"),
        Part([0x89], "first byte (FIN, opcode) of message 2"), Part([0], "length of message 2"),
      ]),
    TokenCase(
      "text behind a mask", "websocket",
      [
        Part([0x81], "first byte (FIN, opcode)"), Part([0x83], "length"),
        Part([1, 2, 3, 4], "mask key"), Part([0x61 ^ 1], "payload"),
        Part([0xc3 ^ 2, 0xa9 ^ 3], "character é of the payload"),
      ]),
    TokenCase(
      "64 bits of length, cut", "websocket",
      [
        Part([0x82], "first byte (FIN, opcode)"), Part([0x7f], "length"), Part([0, 0, 0], "extended length"),
      ]),
  ]

  static let binary: [TokenCase] = [
    TokenCase(
      "a header before the length", "length:u16be@2",
      [
        Part([1, 2], "header"), Part([0, 3], "length"), Part([7, 8, 9], "content"),
        Part([1, 2], "header of message 2"), Part([0], "length of message 2"),
      ]),
    TokenCase(
      "netstrings", "length:text+1",
      [
        Part("12", "length"), Part(":", "separator"), Part("hello world!,", "content"),
        Part("0", "length of message 2"), Part(":", "separator of message 2"),
        Part(",", "content of message 2"),
      ]),
    TokenCase(
      "two bytes of length", "varint",
      [Part([0x80, 1], "length"), Part(Array(repeating: 1, count: 128), "content")]),
    TokenCase(
      "a packet of 128 bytes, and no packet", "mqtt",
      [
        Part([0x30], "type byte"), Part([0x80, 1], "remaining length"),
        Part(Array(repeating: 0, count: 128), "content"), Part([0], "type byte of message 2"),
        Part([1, 2], "rest"),
      ]),
    TokenCase(
      "a record", "tls",
      [
        Part([22], "content type"), Part([3, 1], "version"), Part([0, 2], "length"),
        Part([1, 2], "fragment"),
      ]),
    TokenCase(
      "a request", "modbus",
      [
        Part([0, 1], "transaction id"), Part([0, 0], "protocol id"), Part([0, 6], "length"),
        Part([1], "unit id"), Part([3], "function"), Part([0, 0, 0, 1], "data"),
      ]),
    TokenCase(
      "three records, the last one cut", "fixed 2",
      [Part("ab", "record 1"), Part("cd", "record 2"), Part("e", "record 3")]),
    TokenCase(
      "escapes", "slip",
      [
        Part([0xc0], "END"), Part([1, 2], "content"), Part([0xdb, 0xdc], "escape"), Part([3], "content"),
        Part([0xc0], "END"), Part([0xc0], "END of message 2"), Part([0xdb], "escape of message 2"),
      ]),
    TokenCase(
      "codes", "cobs",
      [
        Part([3], "code byte"), Part([1, 2], "content"), Part([1], "code byte"), Part([2], "code byte"),
        Part([9], "content"), Part([0], "zero byte"),
      ]),
    TokenCase("anything", "gap 1ms", [Part("hé\r\n", "content")]),
  ]

  static let text: [TokenCase] = [
    TokenCase(
      "a command, an error and a typed one", "resp",
      [
        Part("*", "type byte"), Part("2", "count"), Part("\r\n", "CRLF of the count"),
        Part("$", "type byte"), Part("3", "length"), Part("\r\n", "CRLF of the length"),
        Part("G", "data"), Part("é", "character é of the data"), Part("\r\n", "CRLF of the data"),
        Part("$", "type byte"), Part("-1", "length"), Part("\r\n", "CRLF of the length"),
        Part("-", "type byte of message 2"), Part("ERR x", "value of message 2"),
        Part("\r\n", "CRLF of the value of message 2"), Part("PING", "inline command of message 3"),
        Part("\r\n", "CRLF of the inline command of message 3"),
      ]),
    TokenCase(
      "an object, cut", "json",
      [
        Part("{", "opening brace"), Part("\"k", "key"), Part("é", "character é of the key"),
        Part("\"", "key"),
        Part(":", "colon"), Part(" ", "white space"), Part("[", "opening bracket"), Part("-1.5e3", "number"),
        Part(",", "comma"), Part("null", "literal"), Part(",", "comma"), Part("\"a", "string"),
        Part("\\u00e9", "escape of the string"), Part("\\n", "escape of the string"),
        Part("😀", "character 😀 of the string"), Part("\"", "string"), Part("]", "closing bracket"),
        Part("}", "closing brace"), Part("\n", "white space of message 2"),
        Part("tr", "literal of message 2"),
      ]),
    TokenCase(
      "lines", "newline",
      [
        Part("a", "content"), Part("é", "character é of the content"), Part([0xc3], "content"),
        Part("\n", "newline"), Part("b", "content of message 2"), Part("\r\n", "CRLF of message 2"),
        Part("\u{202e}", "character \\u{202e} of the content of message 3"),
      ]),
    TokenCase("CR and LF", "crlf", [Part("a\n", "content"), Part("\r\n", "CRLF")]),
    TokenCase("NUL", "nul", [Part("a", "content"), Part([0], "NUL")]),
    TokenCase(
      "another", "delimiter \"--\"", [Part("a-b", "content"), Part("--", "delimiter")]),
  ]
}
