/// The first line of an HTTP message (RFC 9112, 3 and 4).
enum HTTPStartLine {
  case request(HTTPMethod)
  case response(status: Int)
  case bad

  /// - Parameter line: without its line end.
  init(_ line: UnsafeRawBufferPointer) {
    self = line.starts(with: "HTTP/".utf8) ? Self.status(line) : Self.request(line)
  }

  /// `HTTP/1.1 200 OK`; the reason may be missing.
  private static func status(_ line: UnsafeRawBufferPointer) -> HTTPStartLine {
    let digits = 9..<12
    guard line.count >= digits.upperBound, isVersion(line, at: 0), line[8] == 0x20,
      line[digits].allSatisfy(\.isDigit), line.count == digits.upperBound || line[digits.upperBound] == 0x20
    else { return .bad }
    let status = line[digits].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    return status < 100 ? .bad : .response(status: status)
  }

  /// `GET /path HTTP/1.1`
  private static func request(_ line: UnsafeRawBufferPointer) -> HTTPStartLine {
    guard let space = ByteScan.first(0x20, in: line), space > 0, line.count >= space + 11,
      line[..<space].allSatisfy(\.isHTTPToken), line[line.count - 9] == 0x20,
      isVersion(line, at: line.count - 8)
    else { return .bad }
    let method = line[..<space]
    if method.elementsEqual("HEAD".utf8) { return .request(.head) }
    return .request(method.elementsEqual("CONNECT".utf8) ? .connect : .other)
  }

  /// HTTP/1.0 or 1.1. Later versions are framed otherwise.
  private static func isVersion(_ line: UnsafeRawBufferPointer, at place: Int) -> Bool {
    let word = UInt64(bigEndian: line.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    return word == 0x4854_5450_2f31_2e31 || word == 0x4854_5450_2f31_2e30
  }
}

extension UInt8 {
  /// True for what names of methods and fields are made of (RFC 9110, 5.6.2).
  var isHTTPToken: Bool {
    // A bit for each of them: ! # $ % & ' * + - . 0…9, then A…Z ^ _ ` a…z | ~
    let marks: (UInt64, UInt64) = (0x03ff_6cfa_0000_0000, 0x57ff_ffff_c7ff_fffe)
    return self < 0x80 && (self < 64 ? marks.0 >> UInt64(self) : marks.1 >> UInt64(self - 64)) & 1 == 1
  }
}
