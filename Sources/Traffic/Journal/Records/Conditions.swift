/// What the kernel said beside the bytes of one call: flags that came out of recvmsg(2), and the socket's nature.
public struct Conditions: OptionSet, Hashable, Sendable {
  public let rawValue: UInt32

  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// MSG_TRUNC came back: the datagram was longer than the buffer, and the rest is gone.
  public static let truncated = Conditions(rawValue: 1 << 0)
  /// MSG_CTRUNC came back: control data (stamps, TCP_INQ) did not fit and is missing.
  public static let controlTruncated = Conditions(rawValue: 1 << 1)
  /// MSG_EOR came back: the end of a record.
  public static let endOfRecord = Conditions(rawValue: 1 << 2)
  /// MSG_OOB came back: the byte is urgent data.
  public static let outOfBand = Conditions(rawValue: 1 << 3)
  /// The read stopped at the urgent mark (SIOCATMARK, sockatmark(3)).
  public static let atMark = Conditions(rawValue: 1 << 4)
  /// The socket keeps boundaries: a return of 0 is an empty datagram, not an end.
  public static let datagram = Conditions(rawValue: 1 << 5)
  /// SO_RCVTIMEO was set when the call was made.
  public static let timed = Conditions(rawValue: 1 << 6)
  /// mark: it says why its socket could not be opened. No call of its own is in the journal.
  public static let unopened = Conditions(rawValue: 1 << 7)

  /// recv on TCP: the peer's FIN has been received; bytes before it may still be queued. On a Unix stream it is asked for only
  /// where MSG_WAITALL was cut: the peer has ended its sending side.
  public static let peerEnded = Conditions(rawValue: 1 << 8)
  /// recv, accept: our own close, set, pause or shutdown ended the call with the signal that interrupts it. See `Interruption`.
  public static let interruptedToClose = Conditions(rawValue: 1 << 9)
  public static let interruptedToSet = Conditions(rawValue: 1 << 10)
  public static let interruptedToPause = Conditions(rawValue: 1 << 11)

  public static let interruptedToShutDown = Conditions(rawValue: 1 << 13)
  /// recv that stopped at the urgent mark: SO_OOBINLINE leaves the urgent byte in line, so the next one returns it.
  public static let urgentInline = Conditions(rawValue: 1 << 12)
  /// recv that stopped at the urgent mark: the urgent byte was read with MSG_OOB before.
  /// No call that stops there can return the byte itself, so two bits say it together.
  public static let urgentRead: Conditions = [.atMark, .outOfBand]

  /// send: a relay passed on what it had received. See `Record.origin`.
  public static let relayed = Conditions(rawValue: 1 << 14)
  /// send, release: the bytes are not those that were received, but what somebody has put in their place.
  public static let changed = Conditions(rawValue: 1 << 15)

  /// send of a relay with `--proof`: all that was sent before had been received, or that is not known.
  public static let proven = Conditions(rawValue: 1 << 18)
  public static let unproven = Conditions(rawValue: 1 << 19)

  /// recv: the one call for an edge that epoll told (EPOLLET).
  public static let edge = Conditions(rawValue: 1 << 16)

  /// mark: it asks for statistics of what came before.
  public static let statistics = Conditions(rawValue: 1 << 17)

  /// Every one of them.
  static let all: [Conditions] = [
    .truncated, .controlTruncated, .endOfRecord, .outOfBand, .atMark, .datagram, .timed, .unopened,
    .peerEnded, .interruptedToClose, .interruptedToSet, .interruptedToPause,
    .interruptedToShutDown,
    .urgentInline, .relayed, .changed, .proven, .unproven, .edge, .statistics,
  ]
}
