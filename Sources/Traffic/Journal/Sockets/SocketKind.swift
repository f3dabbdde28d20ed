/// The kinds of socket, by the names of the command line.
public enum SocketKind: String, CaseIterable, Sendable {
  case tcp
  case udp
  case unix
  case unixDatagram = "unix-dgram"
  case seqpacket

  /// True where one recv() returns one datagram or record, never bytes of two.
  public var keepsBoundaries: Bool {
    switch self {
    case .tcp, .unix: false
    case .udp, .unixDatagram, .seqpacket: true
    }
  }

  /// True where listen(2), accept(2) and a connection exist.
  public var isConnectionOriented: Bool {
    switch self {
    case .tcp, .unix, .seqpacket: true
    case .udp, .unixDatagram: false
    }
  }

  /// True for AF_UNIX, whose addresses are paths or abstract names.
  public var isUnix: Bool {
    switch self {
    case .unix, .unixDatagram, .seqpacket: true
    case .tcp, .udp: false
    }
  }
}
