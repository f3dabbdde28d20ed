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
    /// It was answered by an RST: no address of its own will be known.
    var isRefused = false

    /// It has begun with a SYN of its own.
    var hasCalled: Bool { waiting.first.map { $0.way == .sent && $0.segment.flags.contains(.syn) } ?? false }
  }

  var tracker = SegmentTracker()
  /// Where it passes: the same packet may pass others too, such as a bridge.
  let interface: Int32
  var one = End()
  var other = End()
  var latest: Nanoseconds

  subscript(end: SegmentTracker.End) -> End {
    get { end == .one ? one : other }
    _modify { if end == .one { yield &one } else { yield &other } }
  }
}
