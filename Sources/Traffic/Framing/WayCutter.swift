/// Cuts one way of a stream: what all framings have in common.
struct WayCutter: Sendable {
  /// As it was at first.
  private let fresh: any Cutter
  private var cutter: any Cutter
  /// The offset of the next byte.
  private(set) var position: Int64
  private var latest: Nanoseconds = 0
  private var open: OpenMessage
  private var hasEnded = false
  private static var nothing: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: nil, count: 0) }

  init?(_ framing: Framing, _ way: Direction, from offset: Int64, isBoundary: Bool) {
    guard let cutter = framing.cutter(from: offset) else { return nil }
    fresh = cutter
    self.cutter = cutter
    position = offset
    open = OpenMessage(way, at: offset, contentIsAtStart: type(of: cutter).contentIsAtStart)
    if !isBoundary {
      var exchange = HTTPExchange()
      var messages: [FramedMessage] = []
      read(Self.nothing, at: 0, &exchange, &messages) { cutter, reader in Self.begin(in: cutter, &reader) }
    }
  }

  /// The message that is not complete, with the end that it has announced.
  var unfinished: (message: FramedMessage, end: Int64?)? {
    guard open.start < position else { return nil }
    return (open.message(upTo: position, time: latest), open.end)
  }

  mutating func take(
    _ bytes: UnsafeRawBufferPointer, at offset: Int64, time: Nanoseconds, _ exchange: inout HTTPExchange,
    _ messages: inout [FramedMessage]
  ) {
    let known = position - offset
    guard !hasEnded, known < Int64(bytes.count) else { return }
    if known < 0 { miss(-known, &exchange, &messages) }
    let bytes = UnsafeRawBufferPointer(rebasing: bytes[Int(max(0, known))...])
    if open.start >= position { open.began = time }
    if !open.isLost {
      read(bytes, at: time, &exchange, &messages) { cutter, reader in
        reader.position = Int(min(Int64(bytes.count), max(0, reader.open.start - reader.offset)))
        cutter.take(&reader)
      }
    }
    position += Int64(bytes.count)
    latest = time
  }

  /// Nothing came up to this time.
  mutating func idle(_ time: Nanoseconds, _ exchange: inout HTTPExchange, _ messages: inout [FramedMessage]) {
    guard !hasEnded, !open.isLost, open.start < position else { return }
    read(Self.nothing, at: time, &exchange, &messages) { cutter, reader in cutter.take(&reader) }
  }

  /// - Parameter isClean: a FIN ended it, not an RST.
  mutating func end(isClean: Bool, _ exchange: inout HTTPExchange, _ messages: inout [FramedMessage]) {
    guard !hasEnded else { return }
    hasEnded = true
    guard open.start < position else { return }
    if !(isClean && cutter.isWholeAtEnd), open.broken == nil { open.broken = .cut }
    read(Self.nothing, at: latest, &exchange, &messages) { _, reader in reader.close() }
  }

  /// The next bytes are not held.
  private mutating func miss(
    _ count: Int64, _ exchange: inout HTTPExchange, _ messages: inout [FramedMessage]
  ) {
    let target = position + count
    // What is too long has been told, and is not looked at.
    let count = target - max(position, min(open.start, target))
    let isKnown = open.isLost || count == 0
    if open.start >= position { open.began = latest }
    position = target
    if isKnown { return }
    open.broken = open.broken ?? .evicted
    read(Self.nothing, at: latest, &exchange, &messages) { [fresh] cutter, reader in
      if cutter.pass(count, &reader) { return }
      reader.open.broken = .evicted
      reader.close()
      cutter = fresh
      Self.begin(in: cutter, &reader)
    }
  }

  /// Begins where nothing before is known.
  private static func begin(in cutter: any Cutter, _ reader: inout MessageReader) {
    switch cutter.knowledge(of: reader.here) {
    case .known: break
    case .next: reader.open.broken = .midStream
    case .never: reader.lose(.midStream)
    }
  }

  /// Lets the cutter read at the present position. What both need is moved there and back, so that nothing is
  /// copied.
  private mutating func read(
    _ bytes: UnsafeRawBufferPointer, at time: Nanoseconds, _ exchange: inout HTTPExchange,
    _ messages: inout [FramedMessage], _ body: (inout any Cutter, inout MessageReader) -> Void
  ) {
    var reader = MessageReader(
      bytes: bytes, offset: position, time: time, previous: latest, open: open, messages: [],
      exchange: HTTPExchange())
    swap(&reader.messages, &messages)
    swap(&reader.exchange, &exchange)
    body(&cutter, &reader)
    swap(&reader.messages, &messages)
    swap(&reader.exchange, &exchange)
    open = reader.open
  }
}
