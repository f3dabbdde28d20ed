/// How the calls of a socket differ between two runs: where they cut the stream, what they returned, and whether the bytes
/// are the same. A walk over both, which holds a part of each.
public struct SocketComparison: Sendable {
  /// The largest difference of a time between calls at the same place.
  public struct Largest: Sendable, Equatable {
    /// Of A's call.
    public var number: Int
    public var difference: Nanoseconds

    static func larger(_ known: Largest?, _ difference: Nanoseconds?, _ call: ComparedCall?) -> Largest? {
      guard let difference, let call, difference.magnitude > known?.difference.magnitude ?? 0 else {
        return known
      }
      return Largest(number: Int(call.record.number), difference: difference)
    }
  }

  public let direction: Direction
  /// Each call is a datagram: the first is laid beside the first, whatever their sizes.
  public let isByOrder: Bool
  public private(set) var a = ComparedSide()
  public private(set) var b = ComparedSide()
  /// Places where a call of one has none of the other beside it that returned the same.
  public private(set) var differences = 0
  public private(set) var firstDifference: ComparedRow?
  public private(set) var bytes = ByteComparison()
  public private(set) var waited: Largest?
  public private(set) var arrived: Largest?
  /// What lies around the first difference, or at the beginning if there is none; a picture's worth.
  public private(set) var scene = ComparedScene()
  /// Bytes before this offset were left out: one of the runs does not hold them.
  public private(set) var start: Int64 = 0

  /// True if each call of one has one of the other beside it that returned the same.
  public var isSame: Bool { differences == 0 }

  /// True unless a byte is known to be another one, or one has more of them.
  public var hasSameBytes: Bool { bytes.difference == nil && a.bytes == b.bytes }

  /// Walks over both.
  public init(_ a: CallSource, _ b: CallSource) { self.init(a, b) { _, _, _ in } }

  /// Walks over both.
  /// - Parameter visit: is told each row with a difference, and how the two sides stand there.
  public init(
    _ a: CallSource, _ b: CallSource,
    visit: (_ row: ComparedRow, _ a: ComparedSide, _ b: ComparedSide) throws -> Void
  ) rethrows {
    direction = a.direction
    isByOrder = a.keepsBoundaries && b.keepsBoundaries
    self.a.name = a.name
    self.b.name = b.name
    var (first, second) = (CallReader(a), CallReader(b))
    skipMissing(&first, &second)
    while let row = next(first, second) {
      if bytes.difference != nil { (first.wantsBytes, second.wantsBytes) = (false, false) }
      if let call = row.a {
        self.a.add(call)
        bytes.add(first.payload(), at: call.range, toA: true)
        first.advance()
      }
      if let call = row.b {
        self.b.add(call)
        // Datagrams lie beside each other, wherever their bytes would lie in a stream.
        let start = isByOrder ? row.a?.record.offset ?? 0 : call.record.offset
        bytes.add(second.payload(), at: start..<start + Int64(call.range.count), toA: false)
        second.advance()
      }
      if isByOrder || row.a == nil && first.call == nil || row.b == nil && second.call == nil {
        bytes.forgetRest()
      }
      try note(row, visit)
    }
    self.a.idle = first.idle
    self.b.idle = second.idle
  }

  private mutating func note(
    _ row: ComparedRow, _ visit: (ComparedRow, ComparedSide, ComparedSide) throws -> Void
  ) rethrows {
    waited = Largest.larger(waited, row.waited, row.a)
    if let one = a.arrival(of: row.a), let other = b.arrival(of: row.b) {
      arrived = Largest.larger(arrived, other - one, row.a)
    }
    scene.add(row)
    if row.isSame { return }
    differences += 1
    if firstDifference == nil { firstDifference = row }
    try visit(row, a, b)
  }

  /// What comes next: the calls of both if they begin at the same place.
  private func next(_ first: CallReader, _ second: CallReader) -> ComparedRow? {
    let (a, b) = (first.call, second.call)
    if a == nil, b == nil { return nil }
    guard !isByOrder, let a, let b else { return ComparedRow(a: a, b: b) }
    return ComparedRow(
      a: a.record.offset <= b.record.offset ? a : nil, b: b.record.offset <= a.record.offset ? b : nil)
  }

  /// Where one run does not hold its first calls, the comparison begins behind them.
  private mutating func skipMissing(_ first: inout CallReader, _ second: inout CallReader) {
    guard !isByOrder, let a = first.call, let b = second.call else { return }
    start = max(a.record.offset, b.record.offset)
    if start == 0 { return }
    while let call = first.call, call.record.offset < start { first.advance() }
    while let call = second.call, call.record.offset < start { second.advance() }
  }
}
