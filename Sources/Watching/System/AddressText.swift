import Glibc
import Traffic

/// How addresses of the kernel are written: `127.0.0.1:9000`, `[::1]:9000`, a path, `@name`.
enum AddressText {
  /// The bytes of a sockaddr; nil for a family that has no addresses here, or too few bytes.
  static func text(_ bytes: [UInt8]) -> String? {
    guard bytes.count >= MemoryLayout<sa_family_t>.size else { return nil }
    switch CInt(bytes.withUnsafeBytes { $0.loadUnaligned(as: sa_family_t.self) }) {
    case AF_INET: return inet(bytes, MemoryLayout<sockaddr_in>.size).map { "\($0.host):\($0.port)" }
    case AF_INET6: return inet(bytes, MemoryLayout<sockaddr_in6>.size).map { "[\($0.host)]:\($0.port)" }
    case AF_UNIX:
      let name = bytes.dropFirst(MemoryLayout<sa_family_t>.size)
      guard let first = name.first else { return "unnamed" }
      if first == 0 { return UnixName.text(abstract: name.dropFirst()) }
      return UnixName.text(path: name.prefix { $0 != 0 })
    default: return nil
    }
  }

  private static func inet(_ bytes: [UInt8], _ size: Int) -> (host: String, port: UInt16)? {
    guard bytes.count >= size else { return nil }
    var host = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let result = bytes.withUnsafeBytes { memory in
      getnameinfo(
        memory.baseAddress!.assumingMemoryBound(to: sockaddr.self), socklen_t(size), &host,
        socklen_t(host.count), nil, 0, NI_NUMERICHOST)
    }
    guard result == 0 else { return nil }
    // The port lies at the same place in both.
    let port = bytes.withUnsafeBytes {
      UInt16(bigEndian: $0.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
    }
    return (String(decoding: host.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self), port)
  }

  /// The port of a sockaddr; nil for a family without.
  static func port(_ bytes: [UInt8]) -> UInt16? { text(bytes).flatMap(port) }

  /// The port of an address in text; nil for one without.
  static func port(_ text: String) -> UInt16? {
    text.lastIndex(of: ":").flatMap { UInt16(text[text.index(after: $0)...]) }
  }

  /// Of getsockname(2); nil if it has none.
  static func local(_ descriptor: CInt) -> String? { ask(descriptor, getsockname) }

  /// Of getpeername(2).
  static func peer(_ descriptor: CInt) -> String? { ask(descriptor, getpeername) }

  private static func ask(
    _ descriptor: CInt,
    _ call: (CInt, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> CInt
  ) -> String? {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let bytes: [UInt8]? = withUnsafeMutableBytes(of: &storage) { memory in
      guard call(descriptor, memory.baseAddress!.assumingMemoryBound(to: sockaddr.self), &length) == 0 else {
        return nil
      }
      return Array(memory.prefix(Int(length)))
    }
    return bytes.flatMap(text)
  }
}
