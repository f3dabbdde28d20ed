import Fuzzing
import Testing

@testable import Traffic

@Suite("The tokens of a message")
struct MessageTokensTests {
  @Test("Each framing names what stands where", arguments: TokenCase.all)
  func names(input: TokenCase) {
    #expect(MessageTokens.tokens(of: input.bytes, as: input.framing) == input.tokens)
  }

  @Test("Without a framing, and without bytes, there are none")
  func none() {
    #expect(MessageTokens.tokens(of: [1], as: nil).isEmpty)
    #expect(MessageTokens.tokens(of: [1], as: .unframed).isEmpty)
    for input in TokenCase.all { #expect(MessageTokens.tokens(of: [], as: input.framing).isEmpty) }
  }

  @Test("What is cut anywhere is named to its end", arguments: TokenCase.all)
  func truncated(input: TokenCase) {
    for count in 0...input.bytes.count { expectTiles(Array(input.bytes.prefix(count)), input.framing) }
  }

  @Test("Any bytes are named to their end, as any framing")
  func hostile() {
    var random = SplitMix(state: 16)
    let changes = BrokenBytes(pieces: [
      "\r\n", "\r", "\n", "Transfer-Encoding: chunked\r\n", "GET / HTTP/1.1\r\n", "$3\r\n", "$-1\r\n",
      "*?\r\n",
      "9223372036854775807\r\n", "\"", "\\u", "{", "]", "é", "\u{7f}", "\u{0}",
    ])
    for round in 0..<3000 {
      let input = TokenCase.all[round % TokenCase.all.count]
      let other = TokenCase.all[random.below(TokenCase.all.count)]
      var bytes = input.bytes
      if round % 7 == 0 { bytes = (0..<random.below(40)).map { _ in UInt8(random.below(256)) } }
      changes.change(&bytes, other.bytes, &random)
      expectTiles(bytes, random.below(4) == 0 ? other.framing : input.framing)
    }
  }

  private func expectTiles(_ bytes: [UInt8], _ framing: Framing) {
    let tokens = MessageTokens.tokens(of: bytes, as: framing)
    var end = 0
    for token in tokens {
      if token.range.lowerBound != end || token.range.isEmpty || token.name.isEmpty {
        Issue.record("\(framing.text), \(EscapedText.literal(bytes)): \(token) behind \(end)")
      }
      end = token.range.upperBound
    }
    if end != bytes.count { Issue.record("\(framing.text), \(EscapedText.literal(bytes)) ends at \(end)") }
    for offset in 0...bytes.count {
      let isInside = offset > 0 && offset < bytes.count
      if MessageTokens.place(offset, in: tokens).isEmpty == isInside {
        Issue.record("\(framing.text), \(EscapedText.literal(bytes)): place of \(offset)")
      }
    }
  }

  struct Cut: Sendable {
    var framing: Framing
    var before: [UInt8]
    var after: [UInt8]
    var place: String

    init(_ framing: Framing, _ before: String, _ after: String, _ place: String) {
      self.init(framing, Array(before.utf8), Array(after.utf8), place)
    }

    init(_ framing: Framing, _ before: [UInt8], _ after: [UInt8], _ place: String) {
      (self.framing, self.before, self.after, self.place) = (framing, before, after, place)
    }
  }

  private static let head = "POST /index HTTP/1.1\r\nContent-Length: 2\r\n\r\n"
  private static let chunked = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
  private static let cuts: [Cut] = [
    Cut(.http, "P", "OST / HTTP/1.1\r\n\r\n", "inside the method"),
    Cut(.http, "POST", " / HTTP/1.1\r\n\r\n", "between the method and the target"),
    Cut(.http, "POST ", "/ HTTP/1.1\r\n\r\n", "between the method and the target"),
    Cut(.http, "POST /", "index HTTP/1.1\r\n\r\n", "inside the target"),
    Cut(.http, "POST / H", "TTP/1.1\r\n\r\n", "inside the version"),
    Cut(.http, "POST / HTTP/1.1\r", "\n\r\n", "between CR and LF of the request line"),
    Cut(.http, "POST / HTTP/1.1\r\nH", "ost: a\r\n\r\n", "inside the header Host"),
    Cut(.http, "POST / HTTP/1.1\r\nHost:", " a\r\n\r\n", "between the header Host and the value of Host"),
    Cut(.http, "POST / HTTP/1.1\r\nHost: a\r", "\n\r\n", "between CR and LF of the header Host"),
    Cut(.http, "POST / HTTP/1.1\r\n\r", "\n", "between CR and LF of the empty line"),
    Cut(.http, head, "ab", "between the empty line and the body"),
    Cut(.http, head + "ab", head + "cd", "between the body and the method of message 2"),
    Cut(.http, chunked + "1", "0\r\n0123456789abcdef\r\n0\r\n\r\n", "inside the chunk size"),
    Cut(.http, chunked + "3\r", "\nabc\r\n0\r\n\r\n", "between CR and LF of the chunk size"),
    Cut(.http, chunked + "3\r\nabc\r", "\n0\r\n\r\n", "between CR and LF of the chunk"),
    Cut(.http, chunked + "0\r\n\r", "\n", "between CR and LF of the empty line"),
    Cut(.resp, "-", "ERR no\r\n", "between the type byte and the value"),
    Cut(.resp, "$1", "2\r\nhello world!\r\n", "inside the length"),
    Cut(.resp, "$5\r\nhello\r", "\n", "between CR and LF of the data"),
    Cut(.mqtt, [0x30, 0x80], [1] + Array(repeating: 0, count: 128), "inside the remaining length"),
    Cut(
      .webSocket, [0x82, 0x7e, 0], [126] + Array(repeating: 0, count: 126), "inside the extended length"),
    Cut(.webSocket, [0x82, 0x81, 1], [2, 3, 4, 5], "inside the mask key"),
    Cut(.webSocket, [0x82, 0x81, 1, 2, 3], [4, 5], "inside the mask key"),
    Cut(
      .modbus, [0, 1, 0, 0, 0, 2, 1, 7], [0, 2, 0, 0, 0, 2, 1, 7],
      "between the function and the transaction id of message 2"),
    Cut(
      .json, Array("[\"a".utf8) + [0xc3], [0xa9] + Array("\"]".utf8), "inside the character é of the string"),
    Cut(.json, "[\"a\\", "n\"]", "inside the escape of the string"),
    Cut(.delimiter([0x0a]), [0x61, 0xe2, 0x82], [0xac, 0x0a], "inside the character € of the content"),
    Cut(.delimiter([0x0a]), "a\r", "\n", "between CR and LF"),
    Cut(.fixed(3), "ab", "cdef", "inside record 1"),
    Cut(.fixed(2), "ab", "cd", "between record 1 and record 2"),
  ]

  @Test("Each cut that broke a parser lies at an edge, and has words", arguments: cuts)
  func edges(cut: Cut) throws {
    let message = cut.before + cut.after
    let tokens = MessageTokens.tokens(of: message, as: cut.framing)
    #expect(MessageTokens.place(cut.before.count, in: tokens) == cut.place)
    let plan = try CutPlan(.edges, of: [message], tokens: [tokens], seed: 0)
    #expect(plan.places.contains(CutPlaces(message: 0, offsets: [cut.before.count])))
  }

  @Test("A name of a header that has no end is no name without an end")
  func longName() {
    let name = String(repeating: "a", count: 60_000)
    let tokens = MessageTokens.tokens(of: Array("GET / HTTP/1.1\r\n\(name): b\r\n\r\n".utf8), as: .http)
    #expect(tokens.allSatisfy { $0.name.utf8.count < 100 })
  }
}
