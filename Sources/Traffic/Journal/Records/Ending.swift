/// How a side of a socket was ended: by shutdown(2), or by close(2).
public enum Ending: UInt32, CaseIterable, Sendable {
  /// SHUT_RD
  case read
  /// SHUT_WR: the half-close; the peer reads an end of stream.
  case write
  /// SHUT_RDWR
  case both
  /// close(2); on TCP with a FIN, or an RST if unread data was queued.
  case normal
  /// close(2) after SO_LINGER 0: an RST.
  case reset

  public var word: String { "\(self)" }
}
