@testable import Traffic

extension FramingCase {
  static let json: [FramingCase] = [
    FramingCase(
      "two objects stuck together, and white space", "json",
      [
        .message(#"{"a":1}"#, .object), .message(#"{"b":[2,{}]}"#, .object), .none("\r\n \t"),
        .message("[]", .array),
        .none("\n"),
      ]),
    FramingCase(
      "every kind of value", "json",
      [
        .message(#""a""#, .string), .message(#""""#, .string), .none(" "), .message("-0.5e+10", .number),
        .none(" "),
        .message("true", .boolean), .message("false", .boolean), .message("null", .null),
        .message("12", .number),
        .message("{}", .object), .message("0", .number),
      ]),
    FramingCase(
      "escapes, quotes and brackets in strings", "json",
      [.message(#"{"\"}\\":"[\u00e9\n]\\"}"#, .object), .message(#"["}{\\\""]"#, .array)]),
    FramingCase("characters of two, three and four bytes", "json", [.message("{\"é\":\"€😀\"}", .object)]),
    FramingCase(
      "no UTF-8 in a string", "json",
      [
        .message(Array(#"{"a":""#.utf8) + [0xe9] + Array(#""}"#.utf8), .object, nil, .invalidUTF8),
        .message(Array("\"".utf8) + [0xed, 0xa0, 0x80] + Array("\"".utf8), .string, nil, .invalidUTF8),
      ]),
    FramingCase(
      "a line end in a string", "json",
      [.message("\"a\nb\"", .string, nil, .controlCharacter), .message("1", .number)]),
    FramingCase(
      "mistakes inside brackets end where these close", "json",
      [
        .message("{a:1}", .object, .bad), .message("[1,]", .array, .bad),
        .message(#"{"a" 1,"]"}"#, .object, .bad),
        .message("[01]", .array, .bad), .message("[1.]", .array, .bad), .message(#"["\x"]"#, .array, .bad),
        .message(#"{"\u12":1}"#, .object, .bad), .message("[nul]", .array, .bad),
        .message("{,}", .object, .bad),
        .message("[1]", .array),
      ]),
    FramingCase("brackets that do not match", "json", [.message("[1}", .array, .bad), .rest("{}", .bad)]),
    FramingCase(
      "text before a value", "json",
      [.message("[]", .array), .message("h", nil, .bad), .rest("ello {}", .bad)]),
    FramingCase("a number that is none", "json", [.message("1.x", .number, .bad), .rest("{}", .bad)]),
    FramingCase("half an object", "json", [.message(#"{"a":"#, .object, .cut)]),
    FramingCase("half a number", "json", [.message("1e", .number, .cut)]),
    FramingCase(
      "deeper than is followed", "json",
      [
        .message(String(repeating: "[", count: 1024) + String(repeating: "]", count: 1024), .array),
        .message(
          String(repeating: "[", count: 1025) + "1,2" + String(repeating: "]", count: 1025), .array, .tooLong,
          .tooDeep),
        .message("1", .number),
      ]),
  ]

  static let resp: [FramingCase] = [
    FramingCase(
      "every kind of RESP2, stuck together", "resp",
      [
        .message("+OK\r\n", .simpleString), .message("-ERR no\r\n", .error), .message(":-1000\r\n", .integer),
        .message("$5\r\nhel\r\n\r\n", .bulkString), .message("$0\r\n\r\n", .bulkString),
        .message("$-1\r\n", .null),
        .message("*0\r\n", .array), .message("*-1\r\n", .null),
        .message("*2\r\n$3\r\nGET\r\n$1\r\nk\r\n", .array), .message("*2\r\n*1\r\n:1\r\n*0\r\n", .array),
        .message("$5\r\nhe", .bulkString, .cut),
      ]),
    FramingCase(
      "RESP3", "resp",
      [
        .message("_\r\n", .null), .message("#t\r\n", .boolean), .message(",1.5\r\n", .double),
        .message("(123456789012345678901234567890\r\n", .bigNumber), .message("!5\r\nERR x\r\n", .bulkError),
        .message("=5\r\ntxt:a\r\n", .verbatimString), .message("%1\r\n+a\r\n:1\r\n", .map),
        .message("~1\r\n+a\r\n", .set), .message(">2\r\n+a\r\n*1\r\n$-1\r\n", .push),
        .message("|1\r\n+ttl\r\n:1\r\n*1\r\n|1\r\n+a\r\n:2\r\n:3\r\n", .array),
        .message("|0\r\n+a\r\n", .simpleString),
      ]),
    FramingCase(
      "lengths that nobody knew", "resp",
      [
        .message("$?\r\n;4\r\nabcd\r\n;1\r\ne\r\n;0\r\n", .bulkString),
        .message("*?\r\n:1\r\n*?\r\n.\r\n$?\r\n;0\r\n.\r\n", .array), .message("+a\r\n", .simpleString),
      ]),
    FramingCase(
      "commands as one types them", "resp",
      [
        .message("PING\r\n", .inline), .none("\r\n"), .message("SET a b\n", .inline),
        .message("+x\r\n", .simpleString),
      ]),
    FramingCase(
      "a length that is none", "resp", [.message("$x", .bulkString, .bad), .rest("\r\n+OK\r\n", .bad)]),
    FramingCase(
      "a length below -1", "resp", [.message("$-2\r\n", .bulkString, .bad), .rest("+OK\r\n", .bad)]),
    FramingCase(
      "a length without digits", "resp", [.message("*\r\n", .array, .bad), .rest("+OK\r\n", .bad)]),
    FramingCase(
      "a length that nobody can count to", "resp",
      [.message("$9999999999999999999", .bulkString, .tooLong), .rest("\r\n", .tooLong)]),
    FramingCase(
      "no CR and LF behind a string", "resp", [.message("$1\r\nab", .bulkString, .bad), .rest("\r\n", .bad)]),
    FramingCase("LF alone", "resp", [.message("+OK\n", .simpleString, .bad), .rest("+OK\r\n", .bad)]),
    FramingCase(
      "no type", "resp",
      [.message("+OK\r\n", .simpleString), .message([0x16], nil, .bad), .rest([3, 1], .bad)]),
    FramingCase(
      "deeper than is followed", "resp",
      [
        .message(String(repeating: "*1\r\n", count: 128) + ":1\r\n", .array),
        .message(String(repeating: "*1\r\n", count: 129), .array, .tooLong, .tooDeep),
        .rest(":1\r\n", .tooLong),
      ]),
  ]
}
