/// Searches one direction of one socket for a pattern, a part at a time; a match may reach over several chunks.
///
/// Bytes that are no longer held match nothing.
public struct StreamSearch: Sendable {
  /// What came of a part of a search.
  public enum Finding: Sendable, Equatable {
    /// Offsets of the match. That of a regular expression ends as early as one can, and begins as early as one that ends
    /// there, within `longestMatch` bytes.
    case match(Range<Int64>)
    /// Nothing up to the end of the stream.
    case nothing
    /// Nothing so far; the rest is for another call.
    case notYet
  }

  private static let chunksAtOnce = 64
  /// How far back the beginning of a regular expression's match is looked for.
  static let longestMatch: Int64 = 4096

  private let stream: ByteStream
  private let pattern: Pattern
  private var matcher: PatternMatcher
  /// Where in the stream the matcher began to count.
  private var origin: Int64
  /// Offset of the next byte to search.
  public private(set) var position: Int64

  public init(_ stream: ByteStream, for pattern: Pattern, from start: Int64) {
    self.stream = stream
    self.pattern = pattern
    matcher = PatternMatcher(pattern)
    origin = start
    position = start
  }

  /// Goes on to the next match.
  /// - Parameter reach: bytes to search at most, so that a caller can do something else in between.
  public mutating func find(reach: Int64) -> Finding {
    let last = position + max(1, reach)
    while position < last {
      let chunks = stream.chunks(in: position..<Int64.max, limit: Self.chunksAtOnce)
      if chunks.isEmpty { return .nothing }
      for chunk in chunks {
        if let match = search(chunk) { return .match(match) }
        if position >= last { break }
      }
    }
    return .notYet
  }

  private mutating func search(_ chunk: Chunk) -> Range<Int64>? {
    let payload = stream.journal.payload(of: chunk.record)
    let start = max(position, chunk.range.lowerBound)
    position = chunk.range.upperBound
    guard let payload, start == origin + matcher.position else {
      // Something is missing: what was under way cannot go on behind it.
      matcher = PatternMatcher(pattern)
      origin = payload == nil ? position : start
      return payload.flatMap { search($0, of: chunk, from: start) }
    }
    return search(payload, of: chunk, from: start)
  }

  private mutating func search(_ payload: [UInt8], of chunk: Chunk, from start: Int64) -> Range<Int64>? {
    let found = matcher.search(payload.dropFirst(Int(start - chunk.range.lowerBound))).first
    return found.map { end in
      switch pattern {
      case .bytes(let bytes): origin + end - Int64(bytes.count)..<origin + end
      case .regex(let regex): beginning(of: regex, before: origin + end)..<origin + end
      case .count: origin + end - 1..<origin + end
      }
    }
  }

  /// Where the match begins that ends before `end`: the first place from which the expression leads there.
  private func beginning(of regex: ByteRegex, before end: Int64) -> Int64 {
    let first = max(origin, end - Self.longestMatch)
    var pieces = CopySource.stream(stream.socket, stream.direction, first..<end).pieces(stream.journal)
    let bytes = pieces.next() ?? []
    for start in bytes.indices {
      var search = RegexSearch(regex, isAnchored: true)
      for byte in bytes[start...] {
        if search.accept(byte) { return end - Int64(bytes.count - start) }
        if search.isDead { break }
      }
    }
    return end - 1
  }
}
