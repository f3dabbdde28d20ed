import Traffic

/// What passes between two endpoints, both ways.
struct Flow {
  struct ID: Hashable {
    var transport: SegmentHeader.Transport
    var one: WireEndpoint
    var other: WireEndpoint
  }

  /// A segment whose socket is not known yet: accept(2) or connect(2) has not returned.
  struct Waiting {
    var time: Nanoseconds
    var way: Direction
    var segment: Segment
  }

  /// One of its two ends.
  struct End {
    var socket: SocketID?
    /// A new connection between the same endpoints is of a later socket than this.
    var after: SocketID?
    var waiting: [Waiting] = []
    /// There were too many: it is hardly a socket of this run.
    var isGivenUp = false
    /// It has begun with a SYN of its own, and none has come back.
    var isCalling = false
    /// That was answered by an RST: no address of its own will be known.
    var isRefused = false

    mutating func note(_ flags: TCPFlags, _ way: Direction) {
      switch way {
      case .sent: isCalling = isCalling || flags.contains(.syn) && !flags.contains(.ack)
      case .received:
        if isCalling, flags.contains(.rst) { isRefused = true }
        if !flags.isDisjoint(with: [.syn, .rst]) { isCalling = false }
      }
    }
  }

  var tracker = SegmentTracker()
  /// Where it passes: the same packet may pass others too, such as a bridge.
  let interface: Int32
  var one = End()
  var other = End()
  var latest: Nanoseconds

  /// A client that was refused is known once its connect(2) is recorded.
  var hasRefusedEnd: Bool {
    [one, other].contains { $0.isRefused && $0.socket == nil && !$0.waiting.isEmpty }
  }

  subscript(end: SegmentTracker.End) -> End {
    get { end == .one ? one : other }
    _modify { if end == .one { yield &one } else { yield &other } }
  }
}
