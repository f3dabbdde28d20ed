/// Socket options to set before a socket is used, by the names of the command line; nil leaves the kernel's
/// value.
public struct SocketOptions: Sendable, Equatable {
  /// SO_RCVBUF in bytes; the kernel grants twice that, within net.core.rmem_max. See socket(7).
  public var receiveBuffer: Int?
  /// SO_SNDBUF in bytes; likewise.
  public var sendBuffer: Int?
  /// TCP_NODELAY: Nagle's algorithm is off. See tcp(7).
  public var noDelay: Bool?
  /// TCP_CORK: no partial segments, for at most 200 ms.
  public var cork: Bool?
  /// TCP_QUICKACK; not permanent, so it is set again after each recv.
  public var quickAck: Bool?
  /// SO_LINGER in whole seconds as the kernel counts them; 0 makes close(2) send an RST.
  public var linger: Nanoseconds?
  /// SO_KEEPALIVE
  public var keepAlive: Bool?
  /// SO_REUSEPORT
  public var reusePort: Bool?

  public init() {}
}
