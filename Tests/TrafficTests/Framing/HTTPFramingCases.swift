@testable import Traffic

extension FramingCase {
  private static let get = FramedPart.http("GET / HTTP/1.1\r\nHost: a\r\n\r\n", .request).sent
  private static let head = FramedPart.http("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", .request).sent
  private static let connect = FramedPart.http("CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n", .request).sent
  private static let ok = FramedPart.http("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", "ok", .response)
  private static let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

  static let http: [FramingCase] = [
    FramingCase(
      "keep-alive, pipelined requests, a body of a request", "http",
      [
        get, get, .http("POST /x HTTP/1.1\r\ncontent-length:3\r\n\r\n", "a\r\n", .request).sent, ok, ok,
        .http("HTTP/1.1 404 \r\nContent-Length: 0\r\n\r\n", .response), get,
        .http("HTTP/1.0 200\r\nCONTENT-LENGTH: 1\r\n\r\n", "x", .response),
      ]),
    FramingCase(
      "an answer of 4097 bytes", "http",
      [
        get,
        .http(
          "HTTP/1.1 200 OK\r\nContent-Length: 4056\r\n\r\n", String(repeating: "a", count: 4056), .response),
        get, ok,
      ]),
    FramingCase(
      "chunks, an extension, trailers", "http",
      [
        get,
        .http(
          chunked, "4;a=\"b\"\r\nabcd\r\n00A \r\n0123456789\r\n0\r\nX: y\r\n folded\r\n\r\n", .response, nil,
          [.chunkExtension, .obsFold]), get, .http(chunked, "0\r\n\r\n", .response),
        .http("POST / HTTP/1.1\r\nTransfer-Encoding: gzip, Chunked\r\n\r\n", "1\r\na\r\n0\r\n\r\n", .request)
          .sent,
      ]),
    FramingCase(
      "no body: HEAD, 204, 304, and 1xx before the response", "http",
      [
        head, .http("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", .response), get,
        .http("HTTP/1.1 204 No Content\r\n\r\n", .response), get,
        .http("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", .response), get,
        .http("HTTP/1.1 100 Continue\r\n\r\n", .interim),
        .http("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n", .interim), ok,
        head, .http(chunked, .response), get, ok,
      ]),
    FramingCase(
      "up to the end of stream", "http",
      [get, .http("HTTP/1.1 200 OK\r\nServer: x\r\n\r\n", "abc\r\n\r\nHTTP/1.1 200 OK\r\n", .response)]),
    FramingCase(
      "up to a reset", "http", isReset: true,
      [get, .http("HTTP/1.1 200 OK\r\n\r\n", "abc", .response, .cut)]),
    FramingCase(
      "cut in its body", "http",
      [get, .http("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", "abc", .response, .cut)]),
    FramingCase("cut in its head", "http", [.message("GET / HTT", head: 9, nil, .cut).sent]),
    FramingCase(
      "responses whose requests nobody saw", "http",
      [
        .http("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n", "a", .response, nil, .assumedGet),
        .http("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n", "b", .response, nil, .assumedGet),
      ]),
    FramingCase(
      "a request that comes after its response is not taken for the next one", "http",
      [
        .http("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n", "a", .response, nil, .assumedGet), head, get,
        ok,
      ]),
    FramingCase(
      "LF alone, length and chunked, a folded length", "http",
      [
        .http("GET / HTTP/1.1\nHost: a\n\n", .request, nil, .bareLF).sent,
        .http(
          "HTTP/1.1 200 OK\r\nContent-Length: 50\r\nTransfer-Encoding:\r\n chunked\r\n\r\n",
          "1\na\n0\r\n\r\n",
          .response, nil, [.lengthAndChunked, .obsFold, .bareLF]), get,
        .http("HTTP/1.1 200 OK\r\nContent-Length:\r\n\t2\r\n\r\n", "ok", .response, nil, .obsFold),
      ]),
    FramingCase(
      "empty lines before a request", "http", [.none("\r\n").sent, get, .none("\r\n\n").sent, get]),
    FramingCase(
      "the same length twice, and two lengths", "http",
      [
        .http("POST / HTTP/1.1\r\nContent-Length: 1, 1\r\nContent-Length: 1\r\n\r\n", "a", .request).sent,
        .http("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", .request, .bad).sent,
        .rest("ab", .bad).sent,
      ]),
    FramingCase(
      "a length that is no number", "http",
      [.http("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", .request, .bad).sent, .rest("a", .bad).sent]),
    FramingCase(
      "a length that nobody can count to", "http",
      [
        .http("POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n", .request, .tooLong).sent,
        .rest("a", .tooLong).sent,
      ]),
    FramingCase(
      "the largest length that there is", "http",
      [
        .http("POST / HTTP/1.1\r\nContent-Length: 9223372036854775807\r\n\r\n", .request, .tooLong).sent,
        .rest("a", .tooLong).sent,
      ]),
    FramingCase(
      "a request that is not chunked at last", "http",
      [
        .http("POST / HTTP/1.1\r\nTransfer-Encoding: chunked, gzip\r\n\r\n", .request, .bad).sent,
        .rest("a", .bad).sent,
      ]),
    FramingCase(
      "a chunk size that is none", "http",
      [get, .http(chunked, "1\r\na\r\nxyz\r\n", .response, .bad), .rest("0\r\n\r\n", .bad)]),
    FramingCase(
      "a chunk size that nobody can count to", "http",
      [get, .http(chunked, "ffffffffffffffff\r\n", .response, .tooLong), .rest("a", .tooLong)]),
    FramingCase(
      "a chunk that is longer than it says", "http",
      [get, .http(chunked, "1\r\nab", .response, .bad), .rest("\r\n", .bad)]),
    FramingCase(
      "no HTTP", "http",
      [
        .message([0x16], head: 1, nil, .bad), .rest([3, 1], .bad), .message("x\r\n", head: 3, nil, .bad).sent,
      ]),
    FramingCase(
      "HTTP/2", "http",
      [.message("PRI * HTTP/2.0\r\n", head: 16, nil, .bad).sent, .rest("\r\nSM\r\n\r\n", .bad).sent]),
    FramingCase(
      "a space before the colon", "http",
      [
        .message("GET / HTTP/1.1\r\nContent-Length : 5\r\n", head: 36, .request, .bad).sent,
        .rest("\r\nhello", .bad).sent,
      ]),
    FramingCase(
      "a line that never ends", "http",
      [
        .message("GET /" + String(repeating: "a", count: 65_531), head: 65_536, nil, .tooLong).sent,
        .rest("aaa", .tooLong).sent,
      ]),
    FramingCase(
      "a tunnel", "http",
      [
        connect, .http("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", .response),
        .message([22, 3, 1], .tunnel).sent,
        .message([22, 3, 3], .tunnel),
      ]),
    FramingCase(
      "a tunnel that is refused", "http",
      [connect, .http("HTTP/1.1 403 No\r\nContent-Length: 1\r\n\r\n", "x", .response), get, ok]),
    FramingCase(
      "a tunnel that nobody has answered yet", "http",
      [connect, .message([22, 3, 1], .tunnel, nil, .assumedTunnel).sent]),
    FramingCase(
      "an upgrade to what is not known", "http",
      [
        .http("GET / HTTP/1.1\r\nUpgrade: h2c\r\n\r\n", .request).sent,
        .http("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n", .response),
        .message([0, 0, 6], .tunnel),
        .message("PRI", .tunnel).sent,
      ]),
  ]

  private static let upgrade = FramedPart.http(
    "GET /ws HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: foo, WebSocket\r\n\r\n", .request
  ).sent
  private static let upgraded = FramedPart.http(
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n", .response)
  /// A frame of a client, with a mask key.
  private static let hello = FramedPart.message(
    [0x81, 0x85, 1, 2, 3, 4] + Array("hello".utf8), head: 6, .text)

  static let webSocket: [FramingCase] = [
    FramingCase(
      "frames behind the upgrade", "websocket",
      [
        upgrade, upgraded, hello.sent, .message([0x89, 0x80, 1, 2, 3, 4], head: 6, .ping).sent,
        .message([0x8a, 0x00], head: 2, .pong), .message([0x81, 0x01, 0x61], head: 2, .text),
        .message([0x88, 0x02, 3, 0xe8], head: 2, .close),
      ]),
    FramingCase(
      "frames behind the upgrade, as HTTP", "http",
      [upgrade, upgraded, hello.sent, .message([0x82, 0], head: 2, .binary)]),
    FramingCase(
      "an upgrade that is refused", "websocket",
      [upgrade, .http("HTTP/1.1 400 Bad\r\nContent-Length: 0\r\n\r\n", .response), get, ok]),
    FramingCase(
      "frames from the first byte on, with lengths of all widths", "websocket",
      [
        .message([0x82, 126, 0, 126] + [UInt8](repeating: 7, count: 126), head: 4, .binary),
        .message([0x82, 127, 0, 0, 0, 0, 0, 0, 1, 0] + [UInt8](repeating: 7, count: 256), head: 10, .binary),
        hello.sent,
        .message([0x01, 0x01, 0x61], head: 2, .text, nil, .fragment), .message([0x89, 0], head: 2, .ping),
        .message([0x80, 0x01, 0x62], head: 2, .continuation),
        .message([0xc1, 0x01, 0x62], head: 2, .text, nil, .compressed),
        .message([0x82, 126, 0], head: 3, nil, .cut),
      ]),
    FramingCase(
      "a control frame that is too long", "websocket",
      [.message([0x89, 126], head: 2, nil, .bad), .rest([0, 126, 1], .bad)]),
    FramingCase(
      "a kind of frame that is none", "websocket", [.message([0x83], head: 1, nil, .bad), .rest([0], .bad)]),
    FramingCase(
      "a fragment of a control frame", "websocket", [.message([0x09], head: 1, nil, .bad), .rest([0], .bad)]),
    FramingCase(
      "a length with the highest bit", "websocket",
      [.message([0x82, 127, 0x80, 0, 0, 0, 0, 0, 0, 1], head: 10, nil, .bad), .rest([1], .bad)]),
    FramingCase(
      "the largest length that there is", "websocket",
      [
        .message([0x82, 127, 0x7f] + [UInt8](repeating: 0xff, count: 7), head: 10, .binary, .tooLong),
        .rest([1], .tooLong),
      ]),
  ]
}
