import Glibc

/// An option of setsockopt(2) by the name of its man page, and its value as it was given.
struct OptionName {
  let name: String
  let value: String

  init(level: CInt, option: CInt, bytes: [UInt8]) {
    name = Self.names[Key(level: level, option: option)] ?? "\(Self.level(level)) \(option)"
    value = Self.text(bytes)
  }

  private struct Key: Hashable {
    var level: CInt
    var option: CInt
  }

  private static func level(_ level: CInt) -> String {
    switch level {
    case SOL_SOCKET: "SOL_SOCKET"
    case CInt(IPPROTO_TCP): "IPPROTO_TCP"
    case CInt(IPPROTO_UDP): "IPPROTO_UDP"
    case CInt(IPPROTO_IP): "IPPROTO_IP"
    case CInt(IPPROTO_IPV6): "IPPROTO_IPV6"
    default: "level \(level)"
    }
  }

  /// An int as a number; a linger or a timeval as its two; anything else as its bytes.
  private static func text(_ bytes: [UInt8]) -> String {
    func number<Number: FixedWidthInteger>(_ type: Number.Type, _ offset: Int) -> String {
      "\(bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: type) })"
    }
    switch bytes.count {
    case 1: return "\(bytes[0])"
    case 4: return number(Int32.self, 0)
    case 8: return "\(number(Int32.self, 0)),\(number(Int32.self, 4))"
    case 16: return "\(number(Int64.self, 0)),\(number(Int64.self, 8))"
    default: return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
  }

  private static let names: [Key: String] = {
    let socket: [(CInt, String)] = [
      (SO_DEBUG, "SO_DEBUG"), (SO_REUSEADDR, "SO_REUSEADDR"), (SO_DONTROUTE, "SO_DONTROUTE"),
      (SO_BROADCAST, "SO_BROADCAST"), (SO_SNDBUF, "SO_SNDBUF"), (SO_RCVBUF, "SO_RCVBUF"),
      (SO_KEEPALIVE, "SO_KEEPALIVE"), (SO_OOBINLINE, "SO_OOBINLINE"), (SO_PRIORITY, "SO_PRIORITY"),
      (SO_LINGER, "SO_LINGER"), (SO_REUSEPORT, "SO_REUSEPORT"), (SO_PASSCRED, "SO_PASSCRED"),
      (SO_RCVLOWAT, "SO_RCVLOWAT"), (SO_RCVTIMEO, "SO_RCVTIMEO"), (SO_SNDTIMEO, "SO_SNDTIMEO"),
      (SO_BINDTODEVICE, "SO_BINDTODEVICE"), (SO_TIMESTAMP, "SO_TIMESTAMP"), (SO_MARK, "SO_MARK"),
      (SO_BUSY_POLL, "SO_BUSY_POLL"), (SO_MAX_PACING_RATE, "SO_MAX_PACING_RATE"),
      (SO_INCOMING_CPU, "SO_INCOMING_CPU"), (SO_ZEROCOPY, "SO_ZEROCOPY"),
    ]
    // Numbers of linux/tcp.h, which older systems' headers lack in part.
    let tcp: [(CInt, String)] = [
      (1, "TCP_NODELAY"), (2, "TCP_MAXSEG"), (3, "TCP_CORK"), (4, "TCP_KEEPIDLE"), (5, "TCP_KEEPINTVL"),
      (6, "TCP_KEEPCNT"), (7, "TCP_SYNCNT"), (8, "TCP_LINGER2"), (9, "TCP_DEFER_ACCEPT"),
      (10, "TCP_WINDOW_CLAMP"), (12, "TCP_QUICKACK"), (13, "TCP_CONGESTION"), (18, "TCP_USER_TIMEOUT"),
      (23, "TCP_FASTOPEN"), (25, "TCP_NOTSENT_LOWAT"), (30, "TCP_FASTOPEN_CONNECT"), (31, "TCP_ULP"),
      (36, "TCP_INQ"),
    ]
    let udp: [(CInt, String)] = [(1, "UDP_CORK"), (103, "UDP_SEGMENT"), (104, "UDP_GRO")]
    let four: [(CInt, String)] = [
      (1, "IP_TOS"), (2, "IP_TTL"), (8, "IP_PKTINFO"), (10, "IP_MTU_DISCOVER"), (11, "IP_RECVERR"),
      (32, "IP_MULTICAST_IF"), (33, "IP_MULTICAST_TTL"), (34, "IP_MULTICAST_LOOP"),
      (35, "IP_ADD_MEMBERSHIP"), (36, "IP_DROP_MEMBERSHIP"),
    ]
    let six: [(CInt, String)] = [
      (16, "IPV6_UNICAST_HOPS"), (17, "IPV6_MULTICAST_IF"), (18, "IPV6_MULTICAST_HOPS"),
      (20, "IPV6_ADD_MEMBERSHIP"), (21, "IPV6_DROP_MEMBERSHIP"), (25, "IPV6_RECVERR"), (26, "IPV6_V6ONLY"),
      (49, "IPV6_RECVPKTINFO"), (67, "IPV6_TCLASS"),
    ]
    var names: [Key: String] = [:]
    let levels: [(CInt, [(CInt, String)])] = [
      (SOL_SOCKET, socket), (CInt(IPPROTO_TCP), tcp), (CInt(IPPROTO_UDP), udp), (CInt(IPPROTO_IP), four),
      (CInt(IPPROTO_IPV6), six),
    ]
    for (level, options) in levels {
      for (option, name) in options { names[Key(level: level, option: option)] = name }
    }
    return names
  }()
}
