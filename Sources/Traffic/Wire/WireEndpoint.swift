/// An IP address and a port as the wire has them. One of IPv4 is kept as it is mapped into IPv6, so that a socket of either
/// family is found by what its segments say.
public struct WireEndpoint: Hashable, Sendable {
  /// The sixteen bytes of the address, in network order.
  let high: UInt64
  let low: UInt64
  public let port: UInt16

  private static let mappedPrefix: UInt64 = 0xffff_0000_0000

  init(high: UInt64, low: UInt64, port: UInt16) {
    (self.high, self.low, self.port) = (high, low, port)
  }

  public init(ipv4 address: UInt32, port: UInt16) {
    self.init(high: 0, low: Self.mappedPrefix | UInt64(address), port: port)
  }

  /// True for an address of IPv4.
  public var isIPv4: Bool { high == 0 && low >> 32 == Self.mappedPrefix >> 32 }

  /// The address as headers have it: four bytes, or sixteen.
  public var addressBytes: [UInt8] {
    isIPv4 ? Array(mappedBytes[12...]) : mappedBytes
  }

  /// The address in sixteen bytes, as IPv6 has it.
  public var mappedBytes: [UInt8] { Self.bytes(of: high) + Self.bytes(of: low) }

  private static func bytes(of word: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * UInt64($0))) }
  }

  /// True for 0.0.0.0 and ::, where a socket is bound to every address.
  public var isWildcard: Bool { high == 0 && (low == 0 || low == Self.mappedPrefix) }

  /// True if what goes to an endpoint comes to a socket that is bound to this one.
  public func takes(_ endpoint: WireEndpoint) -> Bool {
    port == endpoint.port && (isWildcard || (high, low) == (endpoint.high, endpoint.low))
  }

  /// True for 127.0.0.0/8 and ::1.
  public var isLoopback: Bool { isIPv4 ? low >> 24 & 0xff == 127 : high == 0 && low == 1 }

  /// The address with another port.
  public func at(port: UInt16) -> WireEndpoint { WireEndpoint(high: high, low: low, port: port) }

  /// The address alone.
  public var withoutPort: WireEndpoint { at(port: 0) }

  /// An order of all endpoints, so that of two the same one comes first whoever sends.
  public func isOrdered(before other: WireEndpoint) -> Bool {
    (high, low, port) < (other.high, other.low, other.port)
  }

  /// An address as `SocketInfo` has it, `127.0.0.1:80` or `[fe80::1%eth0]:80`; nil for any other text.
  public init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
      return nil
    }
    let host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      // What follows % is the interface, which no header has.
      let inner = host.dropFirst().dropLast()
      guard let groups = Self.groups(inner.prefix { $0 != "%" }) else { return nil }
      self.init(high: Self.joined(groups[..<4]), low: Self.joined(groups[4...]), port: port)
    } else if let address = Self.dotted(host) {
      self.init(ipv4: address, port: port)
    } else {
      return nil
    }
  }

  private static func joined(_ groups: ArraySlice<UInt16>) -> UInt64 {
    groups.reduce(0) { $0 << 16 | UInt64($1) }
  }

  private static func dotted(_ text: Substring) -> UInt32? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let bytes = parts.compactMap { UInt8($0) }
    guard parts.count == 4, bytes.count == 4 else { return nil }
    return bytes.reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// The eight groups of an address of IPv6; see RFC 4291, section 2.2.
  private static func groups(_ text: Substring) -> [UInt16]? {
    guard let gap = text.firstRange(of: "::") else {
      let groups = side(text)
      return groups?.count == 8 ? groups : nil
    }
    guard let before = side(text[..<gap.lowerBound]), let after = side(text[gap.upperBound...]),
      before.count + after.count < 8
    else { return nil }
    return before + Array(repeating: 0, count: 8 - before.count - after.count) + after
  }

  private static func side(_ text: Substring) -> [UInt16]? {
    if text.isEmpty { return [] }
    var groups: [UInt16] = []
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    for (place, part) in parts.enumerated() {
      if place == parts.count - 1, part.contains(".") {
        guard let address = dotted(part) else { return nil }
        groups += [UInt16(address >> 16), UInt16(address & 0xffff)]
      } else {
        guard part.count <= 4, let group = UInt16(part, radix: 16) else { return nil }
        groups.append(group)
      }
    }
    return groups
  }
}

extension Substring {
  fileprivate func firstRange(of wanted: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(wanted) { return start..<index(start, offsetBy: wanted.count) }
      start = index(after: start)
    }
    return nil
  }
}
