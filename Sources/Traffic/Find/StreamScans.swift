/// A search in many streams at once: how far each has come, and what of its newest bytes may be the beginning of a match.
struct StreamScans: Sendable {
  private struct Key: Hashable {
    var socket: SocketID
    var direction: Direction
  }

  private struct Stream {
    /// Offset behind the newest byte that was looked at.
    var end: Int64 = 0
    /// One recv() or send() never goes on in the next.
    var keepsBoundaries: Bool
    /// Bytes: the newest ones, one less than are wanted.
    var tail: [UInt8] = []
    /// Regular expression: how far it has come, and the end of the match before or where the stream began anew.
    var place: RegexAutomaton.Place?
    var origin: Int64 = 0
  }

  private enum Search {
    case bytes(MaskedScan)
    case regex(RegexAutomaton, RegexOrigin)
  }

  /// Streams fewer than these are not worth a look for sockets that are gone.
  private static let leastPruned = 4096

  private let journal: Journal
  private var search: Search
  private var streams: [Key: Stream] = [:]
  private var pruneAt = leastPruned
  private(set) var missing: Int64 = 0

  init(_ pattern: FindPattern, _ journal: Journal) {
    self.journal = journal
    switch pattern {
    case .bytes(let bytes): search = .bytes(MaskedScan(bytes))
    case .regex(let regex):
      let graph = RegexGraph(regex)
      search = .regex(RegexAutomaton(graph), RegexOrigin(graph))
    }
  }

  /// True if what one call moved never goes on in the next.
  func keepsBoundaries(_ run: StreamRun) -> Bool {
    let key = Key(socket: run.socket, direction: run.direction)
    return (streams[key] ?? begin(key)).keepsBoundaries
  }

  /// A record whose bytes are gone.
  mutating func pass(over record: Record) {
    guard let direction = Direction(record.kind) else { return }
    let key = Key(socket: record.socket, direction: direction)
    var stream = streams[key] ?? begin(key)
    go(to: record.offset + Int64(record.streamBytes), &stream)
    streams[key] = stream
  }

  mutating func search(_ run: StreamRun, _ matches: inout [FoundMatch]) {
    let key = Key(socket: run.socket, direction: run.direction)
    // Nobody else holds its arrays while they change.
    var stream = streams.removeValue(forKey: key) ?? begin(key)
    // Of a datagram that did not fit less is held than its offset counts.
    if stream.keepsBoundaries, stream.end > 0 { stream.end = run.start }
    if stream.keepsBoundaries || stream.end != run.start { go(to: run.start, &stream) }
    switch search {
    case .bytes(let scan): find(scan, run, &stream, &matches)
    case .regex(var automaton, let origin):
      search = .bytes(MaskedScan(MaskedBytes([0])))
      find(&automaton, origin, run, &stream, &matches)
      search = .regex(automaton, origin)
    }
    stream.end = run.end
    streams[key] = stream
  }

  /// Forgets sockets that the journal has forgotten, so that there are never many more than it knows.
  mutating func prune(_ journal: Journal) {
    guard streams.count >= pruneAt else { return }
    streams = streams.filter { journal.socket($0.key.socket) != nil }
    pruneAt = max(Self.leastPruned, 2 * streams.count)
  }

  private func begin(_ key: Key) -> Stream {
    Stream(keepsBoundaries: journal.socket(key.socket)?.info.kind.keepsBoundaries ?? false)
  }

  /// Nothing joins what was before with what comes at an offset.
  private mutating func go(to offset: Int64, _ stream: inout Stream) {
    missing += max(0, offset - stream.end)
    (stream.end, stream.origin, stream.place) = (offset, offset, nil)
    stream.tail.removeAll(keepingCapacity: true)
  }

  // MARK: Bytes

  private func find(
    _ scan: MaskedScan, _ run: StreamRun, _ stream: inout Stream, _ matches: inout [FoundMatch]
  ) {
    let most = scan.wanted.count - 1
    if !stream.tail.isEmpty {
      let old = stream.tail.count
      stream.tail += run.bytes[..<min(most, run.bytes.count)]
      stream.tail.withUnsafeBytes { joined in
        scan.each(in: joined) { place in
          // One that lies in the run alone is found there.
          if place < old { matches += match(run.start - Int64(old - place), scan.wanted.count, run) }
        }
      }
      stream.tail.removeLast(stream.tail.count - old)
    }
    scan.each(in: run.bytes) { matches.append(run.match($0..<$0 + scan.wanted.count)) }
    let new = run.bytes[max(0, run.bytes.count - most)...]
    stream.tail.removeFirst(max(0, stream.tail.count + new.count - most))
    stream.tail += new
  }

  /// A match that begins before the run; none if its beginning is no longer held.
  private func match(_ offset: Int64, _ length: Int, _ run: StreamRun) -> [FoundMatch] {
    let stream = ByteStream(journal, socket: run.socket, direction: run.direction)
    return stream.chunk(at: offset).map {
      [
        FoundMatch(
          sequence: $0.sequence, place: Int(offset - $0.range.lowerBound), length: length)
      ]
    } ?? []
  }

  // MARK: Regular expressions

  private func find(
    _ automaton: inout RegexAutomaton, _ origin: RegexOrigin, _ run: StreamRun, _ stream: inout Stream,
    _ matches: inout [FoundMatch]
  ) {
    var place = stream.place ?? automaton.beginning
    var first = stream.origin
    automaton.run(run.bytes, from: &place) { end in
      let least = max(first, run.start + Int64(end) - JournalSearch.longestMatch)
      var way = RegexOrigin.Way()
      origin.goBack(over: run.bytes[max(0, Int(least - run.start))..<end], &way)
      if !way.isOver, least < run.start {
        let before = CopySource.stream(run.socket, run.direction, least..<run.start)
        var pieces = before.pieces(journal)
        let bytes = pieces.next() ?? []
        if pieces.missing == 0 { origin.goBack(over: bytes, &way) }
      }
      let begin = end - max(1, way.longest)
      if begin >= 0 {
        matches.append(run.match(begin..<end))
      } else {
        matches += match(run.start + Int64(begin), end - begin, run)
      }
      first = run.start + Int64(end)
    }
    (stream.place, stream.origin) = (place, first)
  }
}
