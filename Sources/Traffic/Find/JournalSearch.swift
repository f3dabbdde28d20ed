/// Searches what a journal holds for a pattern, oldest first and a piece at a time, and goes on with what comes later.
///
/// A match may reach over any number of chunks of one stream, never over datagrams and never over bytes that are gone. Of bytes every
/// place counts at which they stand. A regular expression's match ends as early as one can and begins as early as one that ends
/// there, within `longestMatch` bytes; the next begins behind it.
public struct JournalSearch: Sendable {
  /// How far back the beginning of a regular expression's match is looked for.
  static let longestMatch: Int64 = 4096
  /// Records and bytes that are looked at in one piece.
  private static let (records, bytes) = (1024, 256 << 10)
  private static let fewestRecords = 8

  private let journal: Journal
  private let socket: SocketID?
  /// What records can be that are looked at.
  public let kinds = RecordKinds { Direction($0.kind) != nil && $0.result > 0 }
  private var streams: StreamScans
  /// Where it goes on: a sequence number, or a rank of the one socket.
  private var position = 0
  /// Records that are read for a piece: not many more than there are bytes taken of.
  private var reach = JournalSearch.records
  /// The bytes of a piece; kept, so that no piece takes new memory.
  private var buffer: [UInt8] = []

  /// Records before this sequence number were looked at.
  public private(set) var reached = 0
  /// Bytes looked at so far.
  public private(set) var searched: Int64 = 0
  /// Bytes of the streams that were no longer held.
  public var missing: Int64 { streams.missing }

  /// - Parameter socket: whose bytes are searched, both ways; those of all sockets if nil.
  public init(_ pattern: FindPattern, in journal: Journal, of socket: SocketID?) {
    self.journal = journal
    self.socket = socket
    streams = StreamScans(pattern, journal)
  }

  /// How much of what there is was looked at, in percent.
  public var percent: Int {
    let places = self.places
    return places.isEmpty ? 100 : max(0, min(100, 100 * (position - places.lowerBound) / places.count))
  }

  /// Looks at the next piece.
  /// - Parameter matches: gets what is found, by the ends of matches.
  /// - Returns: false if there is nothing more to look at now.
  public mutating func goOn(_ matches: inout [FoundMatch]) -> Bool {
    // Before anything is looked at: what comes meanwhile may be looked at or not.
    let end = journal.extent.records.upperBound
    let places = self.places
    position = journal.skip(of: socket, from: max(position, places.lowerBound), to: kinds)
    guard position < places.upperBound else {
      reached = end
      return false
    }
    let range = position..<min(position + reach, places.upperBound)
    let held = socket.map { journal.records(of: $0, in: range) } ?? journal.records(in: range)
    // What was evicted meanwhile is missing at the front.
    let first = range.upperBound - held.count
    let wanted = held.indices.filter { isSearched(held[$0].record) }
    buffer.removeAll(keepingCapacity: true)
    let lengths = journal.payloads(of: wanted.map { held[$0].record }, upTo: Self.bytes, to: &buffer)
    search(zip(wanted, lengths).map { (held[$0].sequence, held[$0].record, $1) }, &matches)
    let isCut = lengths.count < wanted.count
    position = isCut ? first + wanted[lengths.count] : range.upperBound
    reached =
      held.last.map { position < range.upperBound ? held[position - first].sequence : $0.sequence + 1 }
      ?? reached
    reach = isCut ? max(Self.fewestRecords, 2 * lengths.count) : min(Self.records, 2 * reach)
    searched += Int64(buffer.count)
    streams.prune(journal)
    return true
  }

  private var places: Range<Int> { socket.map(journal.ranks(of:)) ?? journal.extent.records }

  /// What is peeked or urgent is no part of the stream, and comes again, or not at all.
  private func isSearched(_ record: Record) -> Bool {
    record.result > 0 && Direction(record.kind).map { $0 == .sent || record.takes } ?? false
  }

  /// Records that lie one behind the other in one stream are looked at in one go, as their bytes do in the buffer.
  private mutating func search(
    _ pieces: [(sequence: Int, record: Record, length: Int?)], _ matches: inout [FoundMatch]
  ) {
    buffer.withUnsafeBytes { bytes in
      var place = 0
      var next = 0
      while next < pieces.count {
        let piece = pieces[next]
        guard let length = piece.length else {
          streams.pass(over: piece.record)
          next += 1
          continue
        }
        var run = StreamRun(piece.record)
        run.add(piece.sequence, at: 0)
        var count = length
        next += 1
        let isAlone = streams.keepsBoundaries(run)
        while !isAlone, next < pieces.count, let more = pieces[next].length,
          run.isFollowed(by: pieces[next].record, behind: count)
        {
          run.add(pieces[next].sequence, at: count)
          count += more
          next += 1
        }
        run.bytes = UnsafeRawBufferPointer(rebasing: bytes[place..<place + count])
        place += count
        streams.search(run, &matches)
      }
    }
  }
}
