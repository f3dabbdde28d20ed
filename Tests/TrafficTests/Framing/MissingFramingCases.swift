@testable import Traffic

extension FramingCase {
  /// Bytes that are no longer held.
  static let missing: [FramingCase] = [
    FramingCase(
      "gone within a message whose end is known", "length:u8",
      [.message("\u{5}abcde", head: 1, nil, .evicted, gone: 2), .message("\u{1}f", head: 1)]),
    FramingCase(
      "gone with a length", "length:u8",
      [
        .message("\u{1}a", head: 1), .message("\u{5}abcde", head: 6, nil, .evicted, gone: 6),
        .rest("\u{1}f", .midStream),
      ]),
    FramingCase(
      "gone in a line: the next one may have begun before", "newline",
      [
        .message("one\n", tail: 1), .message("twothree", nil, .evicted, gone: 5),
        .message("four\n", tail: 1, nil, .midStream), .message("five\n", tail: 1),
      ]),
    FramingCase(
      "gone in messages of one size", "fixed 4",
      [
        .message("abcd"), .message("efgh", nil, .evicted, gone: 2), .message("ijkl"),
        .message("mnop+ab", nil, .evicted, gone: 7), .message("c", nil, .midStream), .message("defg"),
      ]),
    FramingCase(
      "gone in a body", "http",
      [
        .http("GET / HTTP/1.1\r\n\r\n", .request).sent,
        FramedPart(
          bytes: Array("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n123456789".utf8), head: 38,
          kind: .response,
          broken: .evicted, gone: 4), .http("GET / HTTP/1.1\r\n\r\n", .request).sent,
        .http("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n", "a", .response),
      ]),
    FramingCase(
      "gone in a request: what its response answers is not known", "http",
      [
        .message("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", head: 28, .request, .evicted, gone: 4).sent,
        .http("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n", "a", .response, nil, .assumedGet),
        .rest("GET / HTTP/1.1\r\n\r\n", .midStream).sent,
      ]),
    FramingCase(
      "gone in a string", "resp",
      [.message("$5\r\nabcde\r\n", .bulkString, .evicted, gone: 4), .rest("+OK\r\n", .midStream)]),
    FramingCase(
      "gone in a value", "json", [.message("[1,2,3]", .array, .evicted, gone: 3), .rest("[]", .midStream)]),
    FramingCase(
      "gone between frames", "cobs",
      [
        .message([2, 1, 0], tail: 1), .message([2, 1, 0], nil, .evicted, gone: 3),
        .message([1, 0], tail: 1, nil, .midStream), .message([2, 1, 0], tail: 1),
      ]),
  ]
}
