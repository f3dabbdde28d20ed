/// Everything that `listen`, `connect` and `relay` take besides addresses.
public struct SessionOptions: Sendable, Equatable {
  /// What becomes of a connection when its receiving side has ended and nothing is left to send.
  public enum AtEnd: String, CaseIterable, Sendable {
    /// It stays open until told otherwise: the sending side may still be used.
    case stay
    /// close(2), as a textbook's loop does.
    case close
  }

  /// `--as NAME`; nil takes `server` or `client`, with a number if that is taken.
  public var name: String?
  public var kind = SocketKind.tcp
  /// False if the kind was neither written nor told by the address: `connect NAME` then takes that session's
  /// kind.
  public var isKindKnown = false
  public var policy = ReceivePolicy()
  public var socket = SocketOptions()
  /// `--from ADDRESS`: what bind(2) gives a client before connect(2); nil leaves the choice to the kernel.
  public var from: AddressText?
  /// listen(2)'s backlog; a listener's only.
  public var backlog: Int?
  /// `--accept manual`: accept(2) is called only when told to.
  public var acceptsManually = false
  public var atEnd = AtEnd.stay
  /// What a recorded socket sent goes out again on each connection; nil for none.
  public var replay: ReplayOrder?
  /// A relay's only.
  public var relay = RelayRules()

  public init() {}
}
