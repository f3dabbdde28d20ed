/// The control bits of a TCP header; see RFC 9293, section 3.1.
public struct TCPFlags: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let fin = TCPFlags(rawValue: 1 << 0)
  public static let syn = TCPFlags(rawValue: 1 << 1)
  public static let rst = TCPFlags(rawValue: 1 << 2)
  public static let psh = TCPFlags(rawValue: 1 << 3)
  public static let ack = TCPFlags(rawValue: 1 << 4)
  public static let urg = TCPFlags(rawValue: 1 << 5)
  public static let ece = TCPFlags(rawValue: 1 << 6)
  public static let cwr = TCPFlags(rawValue: 1 << 7)

  static let words = ["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"]

  /// Its names, lowest bit first: the order in which Wireshark and tcpdump write them.
  public var names: [String] {
    Self.words.enumerated().filter { rawValue >> UInt8($0.offset) & 1 == 1 }.map(\.element)
  }
}
