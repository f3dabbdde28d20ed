/// How the name of a Unix socket is written. A name is any bytes (unix(7)), so what is no UTF-8 stands as `\xHH`, and a `\`
/// as two: no two names are written alike.
public enum UnixName {
  /// A path in the file system. One that begins with @ would look like an abstract name.
  public static func text(path: some Collection<UInt8>) -> String {
    path.first == UInt8(ascii: "@") ? escape(UInt8(ascii: "@")) + escaped(path.dropFirst()) : escaped(path)
  }

  /// An abstract name, without the zero byte before it.
  public static func text(abstract name: some Collection<UInt8>) -> String { "@" + escaped(name) }

  private static func escaped(_ bytes: some Collection<UInt8>) -> String {
    var text = ""
    var rest = bytes.makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    var place = bytes.startIndex
    while true {
      switch parser.parseScalar(from: &rest) {
      case .valid(let encoded):
        let scalar = Unicode.UTF8.decode(encoded)
        text.unicodeScalars.append(contentsOf: scalar == "\\" ? ["\\", "\\"] : [scalar])
        bytes.formIndex(&place, offsetBy: encoded.count)
      case .error(let length):
        for _ in 0..<length {
          text += escape(bytes[place])
          bytes.formIndex(after: &place)
        }
      case .emptyInput: return text
      }
    }
  }

  private static func escape(_ byte: UInt8) -> String {
    "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
}
