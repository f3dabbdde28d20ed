/// Lays the bytes of two streams beside each other as they come, in whatever pieces.
public struct ByteComparison: Sendable, Equatable {
  /// The first byte that is another one.
  public struct Difference: Sendable, Equatable {
    /// In the stream.
    public var offset: Int64
    /// What each has from there on: a few bytes, as far as they came in one piece.
    public var a: [UInt8]
    public var b: [UInt8]
  }

  fileprivate struct Piece: Equatable {
    var offset: Int64
    var length: Int
    var bytes: ArraySlice<UInt8>?
  }

  private static let shown = 8

  /// Bytes that are the same.
  public private(set) var same: Int64 = 0
  /// Bytes that one of them does not hold.
  public private(set) var unknown: Int64 = 0
  /// Nothing behind it is compared.
  public private(set) var difference: Difference?
  private var a: [Piece] = []
  private var b: [Piece] = []

  /// - Parameters:
  ///   - bytes: what the piece has; nil if it is not held.
  ///   - range: where it lies in its stream.
  mutating func add(_ bytes: ArraySlice<UInt8>?, at range: Range<Int64>, toA: Bool) {
    let piece = Piece(offset: range.lowerBound, length: range.count, bytes: bytes)
    guard piece.length > 0, difference == nil else { return }
    if toA { a.append(piece) } else { b.append(piece) }
    while difference == nil, let first = a.first, let second = b.first { compare(first, second) }
  }

  /// Nothing more comes of one of them: what the other still brings has nothing beside it.
  mutating func forgetRest() { (a, b) = ([], []) }

  private mutating func compare(_ first: Piece, _ second: Piece) {
    // What one has before the other begins has nothing beside it.
    let start = max(first.offset, second.offset)
    let end = min(first.offset + Int64(first.length), second.offset + Int64(second.length))
    if end > start {
      if let one = first.part(start..<end), let other = second.part(start..<end) {
        if one != other,
          let place = zip(one, other).enumerated().first(where: { $0.element.0 != $0.element.1 })?.offset
        {
          same += Int64(place)
          difference = Difference(
            offset: start + Int64(place),
            a: first.bytes(from: start + Int64(place), Self.shown),
            b: second.bytes(from: start + Int64(place), Self.shown))
          return forgetRest()
        }
        same += end - start
      } else {
        unknown += end - start
      }
    }
    if first.offset + Int64(first.length) <= end || end <= start && first.offset < second.offset {
      a.removeFirst()
    }
    if second.offset + Int64(second.length) <= end || end <= start && second.offset < first.offset {
      b.removeFirst()
    }
  }
}

extension ByteComparison.Piece {
  fileprivate func bytes(from place: Int64, _ count: Int) -> [UInt8] {
    bytes.map { Array($0.dropFirst(Int(place - offset)).prefix(count)) } ?? []
  }

  fileprivate func part(_ range: Range<Int64>) -> ArraySlice<UInt8>? {
    bytes.map { $0.dropFirst(Int(range.lowerBound - offset)).prefix(range.count) }
  }
}
