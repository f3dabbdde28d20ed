@testable import Traffic

extension FramingCase {
  static let simple: [FramingCase] = [
    FramingCase("nothing is a message", "none", [.none("abc")]),
    FramingCase(
      "four bytes each", "fixed 4", [.message("abcd"), .message("efgh"), .message("ij", nil, .cut)]),
    FramingCase(
      "lines, an empty one, and one without an end", "newline",
      [
        .message("one\n", tail: 1), .message("\n", tail: 1), .message("two\r\n", tail: 1),
        .message("three", nil, .cut),
      ]),
    FramingCase("a UTF-8 character cut in a line", "newline", [.message("é€😀\n", tail: 1)]),
    FramingCase(
      "a CR without LF ends nothing", "crlf",
      [.message("a\rb\r\r\n", tail: 2), .message("\r\n", tail: 2), .message("c\r", nil, .cut)]),
    FramingCase("zero bytes", "nul", [.message("a\0", tail: 1), .message("\0", tail: 1)]),
    FramingCase(
      "a delimiter that begins like itself", "delimiter 'aab'",
      [.message("aaab", tail: 3), .message("aab", tail: 3), .message("xaacaab", tail: 3)]),
    FramingCase(
      "a delimiter that repeats itself", "delimiter 'aa'",
      [.message("aa", tail: 2), .message("aa", tail: 2), .message("a", nil, .cut)]),
    FramingCase(
      "frames with escapes, ENDs before them, and one that is cut", "slip",
      [
        .none([0xc0, 0xc0]), .message([1, 0xdb, 0xdc, 0xdb, 0xdd, 2, 0xc0], tail: 1), .none([0xc0]),
        .message([3, 0xc0], tail: 1), .message([4, 0xdb], nil, .cut),
      ]),
    FramingCase(
      "an escape that is none: the next frame is good", "slip",
      [
        .message([1, 0xdb, 2, 0xc0], tail: 1, nil, .bad), .message([1, 0xdb, 0xc0], tail: 1, nil, .bad),
        .message([5, 0xc0], tail: 1),
      ]),
    FramingCase(
      "codes up to the longest one", "cobs",
      [
        .none([0]), .message([1, 0], tail: 1), .message([1, 1, 0], tail: 1),
        .message([3, 0x11, 0x22, 2, 0x33, 0], tail: 1),
        .message([0xff] + (1...254).map { UInt8($0) } + [0], tail: 1), .none([0]),
        .message([5, 1], nil, .cut),
      ]),
    FramingCase(
      "a zero where none may be: the next frame is good", "cobs",
      [.message([3, 0x11, 0], tail: 1, nil, .bad), .message([2, 0x11, 0], tail: 1)]),
    FramingCase(
      "pauses end messages", "gap 1ms",
      [
        .message("abc"), .message("de").after(1_000_000), .message("f").after(2_000_000),
        .message("other").sent, .message("way").sent.after(5_000_000),
      ]),
    FramingCase("a pause that is too short ends none", "gap 1s", [.message("abcdef")]),
  ]
}
