/// What the wire carried of the bytes of one recv() or send().
public struct SegmentsOfCall: Sendable {
  private static let most = 4096
  /// A send whose bytes leave so much later was held back.
  private static let held: Nanoseconds = 1_000_000
  /// Segments of the peer in which a window of 0 is looked for.
  private static let looked = 512

  public let call: Record
  /// Those that carry bytes of it, in the order in which they passed; the first 4096. None where the connection is older
  /// than the capture, so that nobody knows.
  public let segments: [Record]
  /// There are more than `segments` has.
  public let hasMore: Bool
  /// Its first segment carries bytes of the call before, its last those of the call behind.
  public let isSharedBefore: Bool
  public let isSharedBehind: Bool
  /// send: the first segment the other way that acknowledges all of it; nil while there is none.
  public let acknowledged: Record?
  /// send: the ACK of all that was sent before, if the first segment left right behind it and long after send() had returned.
  public let awaited: Record?
  /// send: where the peer's window was 0 before the first segment left: who said so, and who said another one.
  public let shut: (from: Record, until: Record)?
  /// Where they passed.
  let interface: String?

  /// Nil where the call moved no bytes of a stream, or nothing was captured of it.
  public init?(_ call: Record, in journal: Journal) {
    guard let way = Direction(call.kind),
      ByteStream(journal, socket: call.socket, direction: way).contains(call),
      let (info, totals) = journal.socket(call.socket), info.kind == .tcp, totals.segments > 0
    else { return nil }
    let wire = WireStream(journal: journal, socket: call.socket, way: way)
    let bytes = Self.bytes(of: call, way, journal)
    var found = wire.segments(carrying: bytes, limit: Self.most + 1).map(\.record)
    // What recv() has returned is not told by what came after.
    if way == .received, found.contains(where: { !Self.isAgain($0) }) {
      found.removeAll { Self.isAgain($0) && $0.start > call.end }
    }
    if found.isEmpty, wire.first.map({ $0.segment?.sequence != nil }) ?? true { return nil }
    self.call = call
    hasMore = found.count > Self.most
    segments = Array(found.prefix(Self.most))
    let ranges = segments.compactMap(WireStream.bytes)
    isSharedBefore = ranges.contains { $0.lowerBound < bytes.lowerBound }
    isSharedBehind = ranges.contains { $0.upperBound > bytes.upperBound }
    interface = segments.first?.address.map(journal.text)
    guard way == .sent else {
      (acknowledged, awaited, shut) = (nil, nil, nil)
      return
    }
    let back = WireStream(journal: journal, socket: call.socket, way: .received)
    acknowledged = back.acknowledgement(of: bytes.upperBound)
    awaited = segments.first.flatMap { Self.awaited(by: $0, of: call, back) }
    shut = segments.first.flatMap { Self.shut(before: $0, call, back) }
  }

  /// Those that were not on the wire before; all, if there are only others.
  var fresh: [Record] {
    let fresh = segments.filter { !Self.isAgain($0) }
    return fresh.isEmpty ? segments : fresh
  }

  private static func isAgain(_ segment: Record) -> Bool {
    segment.segment?.marks.contains(.retransmission) == true
  }

  /// The bytes of a call as the wire counts them, urgent ones too.
  private static func bytes(of call: Record, _ way: Direction, _ journal: Journal) -> Range<Int64> {
    let bytes = call.offset..<call.offset + Int64(call.result)
    guard way == .received, let places = journal.socket(call.socket)?.totals.urgentPlaces, !places.isEmpty
    else { return bytes }
    return UrgentPlaces(places).sent(bytes)
  }

  /// A window of 0 lets nothing go until another one is told. See RFC 9293, section 3.8.6.1.
  private static func shut(before first: Record, _ call: Record, _ back: WireStream) -> (Record, Record)? {
    guard first.start - call.start >= held else { return nil }
    var found: (from: Record, until: Record)?
    var zero: Record?
    for segment in back.segments(upTo: first.start, limit: looked) {
      guard let window = segment.segment?.window else { continue }
      if window == 0 {
        zero = zero ?? segment
      } else if let from = zero {
        if segment.start > call.start { found = (from, segment) }
        zero = nil
      }
    }
    return found
  }

  /// Nagle's algorithm lets a small segment go when all before it is acknowledged. See RFC 1122, section 4.2.3.4.
  private static func awaited(by first: Record, of call: Record, _ back: WireStream) -> Record? {
    guard call.offset > 0, first.start - call.end >= held,
      WireStream.bytes(of: first)?.lowerBound == call.offset,
      let ack = back.acknowledgement(of: call.offset), ack.start > call.end, ack.start <= first.start,
      first.start - ack.start < held
    else { return nil }
    return ack
  }
}
