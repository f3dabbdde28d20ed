/// Takes bytes out of the journal piece by piece, however many there are.
public struct CopyPieces {
  /// Bytes in a full piece, where nobody says otherwise.
  public static let size = 64 << 10
  /// Chunks looked up at once.
  private static let batch = 256

  private let source: CopySource
  private let journal: Journal
  private let end: Int64
  private var offset: Int64
  private var chunks: ArraySlice<Chunk> = []
  /// Bytes passed over so far because they were no longer held.
  public private(set) var missing: Int64 = 0

  init(_ source: CopySource, _ journal: Journal) {
    self.source = source
    self.journal = journal
    switch source {
    case .record(let record): (offset, end) = (0, Int64(record.payloadLength))
    case .stream(_, _, let range): (offset, end) = (range.lowerBound, range.upperBound)
    }
  }

  /// The next bytes that are held, at most `limit`; nil if there are none left.
  public mutating func next(limit: Int = CopyPieces.size) -> [UInt8]? {
    var bytes: [UInt8] = []
    while bytes.count < limit, offset < end {
      switch source {
      case .record(let record): take(record, 0..<end, limit, &bytes)
      case .stream(let socket, let direction, _):
        if chunks.isEmpty {
          let stream = ByteStream(journal, socket: socket, direction: direction)
          chunks = stream.chunks(in: offset..<end, limit: Self.batch)[...]
        }
        // The records of what is before the next chunk, or of all the rest, are gone.
        let start = min(end, max(offset, chunks.first?.range.lowerBound ?? end))
        missing += start - offset
        offset = start
        guard let chunk = chunks.first else { break }
        take(chunk.record, chunk.range, limit, &bytes)
        if offset >= chunk.range.upperBound { chunks = chunks.dropFirst() }
      }
    }
    return bytes.isEmpty ? nil : bytes
  }

  /// - Parameter range: where the record's bytes lie.
  private mutating func take(_ record: Record, _ range: Range<Int64>, _ limit: Int, _ bytes: inout [UInt8]) {
    let stop = max(offset, min(end, range.upperBound, offset + Int64(limit - bytes.count)))
    let part = Int(offset - range.lowerBound)..<Int(stop - range.lowerBound)
    let held = journal.payload(of: record, in: part) ?? []
    bytes += held
    missing += Int64(part.count - held.count)
    offset = stop
  }
}
