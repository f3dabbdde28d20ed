@testable import Traffic

extension FramingCase {
  static let lengths: [FramingCase] = [
    FramingCase(
      "one byte", "length:u8",
      [.message("\u{3}abc", head: 1), .message("\0", head: 1), .message("\u{5}ab", head: 1, nil, .cut)]),
    FramingCase(
      "the highest byte first", "length:u16be",
      [.message([0, 3, 1, 2, 3], head: 2), .message([0, 0], head: 2)]),
    FramingCase(
      "the lowest byte first, and cut in the length", "length:u16le",
      [.message([3, 0, 1, 2, 3], head: 2), .message([3], head: 1, nil, .cut)]),
    FramingCase("three bytes", "length:u24be", [.message([0, 0, 2, 1, 2], head: 3)]),
    FramingCase("four bytes with themselves", "length:u32be+0", [.message([0, 0, 0, 6, 1, 2], head: 4)]),
    FramingCase("four bytes, the lowest first", "length:u32le", [.message([2, 0, 0, 0, 1, 2], head: 4)]),
    FramingCase("eight bytes", "length:u64be", [.message([0, 0, 0, 0, 0, 0, 0, 1, 9], head: 8)]),
    FramingCase(
      "eight bytes, the lowest first", "length:u64le", [.message([1, 0, 0, 0, 0, 0, 0, 0, 9], head: 8)]),
    FramingCase(
      "in a header that it does not count", "length:u16be@2+6",
      [
        .message([9, 9, 0, 2, 8, 8, 1, 2], head: 4), .message([9, 9, 0, 0, 8, 8], head: 4),
        .message([9], head: 1, nil, .cut),
      ]),
    FramingCase("counts more than comes", "length:u8-2", [.message([6, 1, 2, 3], head: 1)]),
    FramingCase(
      "shorter than its own header", "length:u16be+0",
      [.message([0, 3, 7], head: 2), .message([0, 1], head: 2, nil, .bad), .rest([0, 3, 7], .bad)]),
    FramingCase(
      "too long is told at once, and the next one is found", "length:u8 max 4",
      [
        .message([3, 1, 2, 3], head: 1), .message([4, 1, 2, 3, 4], head: 1, nil, .tooLong),
        .message([1, 1], head: 1),
      ]),
    FramingCase(
      "too long, and never complete", "length:u32be max 1k",
      [.message("HTTP", head: 4, nil, .tooLong, length: 0x4854_5450 + 4), .none("/1.1 200 OK")]),
    FramingCase(
      "a length that is negative where it is read with a sign", "length:u64be",
      [.message([UInt8](repeating: 0xff, count: 8), head: 8, nil, .tooLong), .rest([1, 2], .tooLong)]),
    FramingCase(
      "the largest length that there is", "length:u64le+9",
      [.message([UInt8](repeating: 0xff, count: 7) + [0x7f], head: 8, nil, .tooLong), .rest([1], .tooLong)]),
    FramingCase(
      "decimal text", "length:text",
      [
        .message("5 hello", head: 2), .message("010\n0123456789", head: 4), .message("0:", head: 2),
        .message("12", head: 2, nil, .cut),
      ]),
    FramingCase("netstrings", "length:text+1", [.message("5:hello,", head: 2), .message("0:,", head: 2)]),
    FramingCase(
      "text that is no number", "length:text",
      [.message("1 a", head: 2), .message("x", head: 1, nil, .bad), .rest("yz", .bad)]),
    FramingCase(
      "text that is too large a number", "length:text",
      [.message("99999999999999999999", head: 20, nil, .tooLong), .rest(" abc", .tooLong)]),
    FramingCase(
      "varints of one to three bytes", "varint",
      [
        .message([2, 1, 2], head: 1), .message([0], head: 1),
        .message([0xac, 0x02] + [UInt8](repeating: 7, count: 300), head: 2),
        .message([0x80, 0x80, 0x00], head: 3),
        .message([0x80], head: 1, nil, .cut),
      ]),
    FramingCase("a varint behind a byte", "varint@1", [.message([9, 2, 1, 2], head: 2)]),
    FramingCase(
      "a varint that never ends", "varint",
      [.message([UInt8](repeating: 0xff, count: 10), head: 10, nil, .tooLong), .rest([0xff, 1], .tooLong)]),
    FramingCase(
      "a varint that is too long", "varint max 10",
      [.message([10] + [UInt8](repeating: 1, count: 10), head: 1, nil, .tooLong), .message([1, 1], head: 1)]),
  ]

  static let presets: [FramingCase] = [
    FramingCase(
      "a request and an exception stuck together", "modbus",
      [
        .message([0, 1, 0, 0, 0, 6, 1, 3, 0, 0, 0, 2], head: 6, .readHoldingRegisters),
        .message([0, 1, 0, 0, 0, 3, 1, 0x83, 2], head: 6, .exception),
        .message([0, 2, 0, 0, 0, 5, 1, 43, 14, 1, 0], head: 6, .function),
        .message([0, 2, 0], head: 3, nil, .cut),
      ]),
    FramingCase(
      "another protocol", "modbus",
      [.message([0, 1, 0, 1], head: 4, nil, .bad), .rest([0, 6, 1, 3], .bad)]),
    FramingCase(
      "a length below two", "modbus",
      [.message([0, 1, 0, 0, 0, 1], head: 6, nil, .bad), .rest([1, 3], .bad)]),
    FramingCase(
      "a length that Modbus does not have", "modbus",
      [
        .message([0, 1, 0, 0, 1, 0] + [UInt8](repeating: 1, count: 256), head: 6, nil, .tooLong),
        .message([0, 2, 0, 0, 0, 2, 1, 7], head: 6, .function),
      ]),
    FramingCase(
      "records of a handshake", "tls",
      [
        .message([22, 3, 1, 0, 3, 1, 2, 3], head: 5, .handshake),
        .message([20, 3, 3, 0, 1, 1], head: 5, .changeCipherSpec),
        .message([23, 3, 3, 0, 0], head: 5, .applicationData),
        .message([21, 3, 3, 0, 2, 1, 0], head: 5, .alert),
        .message([23, 3, 3, 0, 9, 1], head: 5, .applicationData, .cut),
      ]),
    FramingCase("no TLS", "tls", [.message("G", head: 1, nil, .bad), .rest("ET / HTTP/1.1", .bad)]),
    FramingCase(
      "no TLS in the second byte", "tls", [.message([22, 9], head: 2, nil, .bad), .rest([1, 0], .bad)]),
    FramingCase(
      "a record that is too long", "tls",
      [
        .message([23, 3, 3, 0xff, 0xff], head: 5, .applicationData, .tooLong, length: 0x10004),
        .none([1, 2, 3]),
      ]),
    FramingCase(
      "packets with lengths of one and two bytes", "mqtt",
      [
        .message([0x10, 4, 1, 2, 3, 4], head: 2, .connect), .message([0x20, 2, 0, 0], head: 2, .connack),
        .message([0x30, 0x80, 0x01] + [UInt8](repeating: 7, count: 128), head: 3, .publish),
        .message([0xc0, 0], head: 2, .pingreq), .message([0xe0], head: 1, nil, .cut),
      ]),
    FramingCase(
      "a length of five bytes", "mqtt",
      [.message([0x30, 0xff, 0xff, 0xff, 0xff], head: 5, nil, .bad), .rest([0x01, 1], .bad)]),
    FramingCase(
      "a type that is reserved", "mqtt", [.message([0x00], head: 1, nil, .bad), .rest([0, 0xc0, 0], .bad)]),
  ]
}
