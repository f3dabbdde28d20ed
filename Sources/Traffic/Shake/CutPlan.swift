/// Every way of cutting that is to be tried, in order.
public struct CutPlan: Sendable, Equatable {
  /// More are refused: at a thousand a second this takes a quarter of an hour.
  public static let most = 1_000_000

  public let places: [CutPlaces]

  /// - Parameters:
  ///   - messages: those of the dialogue.
  ///   - tokens: of each message; none without a framing. What lies at their edges comes first.
  ///   - seed: decides what is tried at random.
  /// - Throws: why there is nothing to try, or too much.
  public init(
    _ choice: CutChoice, of messages: [[UInt8]], tokens: [[MessageToken]], seed: UInt64
  ) throws(ShakeMistake) {
    let bytes = messages.reduce(0) { $0 + $1.count }
    if bytes == 0 { throw .empty }
    let insides = messages.map { max(0, $0.count - 1) }
    if insides.allSatisfy({ $0 == 0 }) { throw .nothingToCut(bytes: bytes) }
    let count = Self.count(choice, insides)
    if count > Self.most { throw .tooMany(count) }
    switch choice {
    case .all: places = Self.edgesFirst(insides, tokens)
    case .edges:
      if tokens.isEmpty { throw .edgesWithoutFraming }
      places = Self.edges(insides, tokens)
    case .every(let step):
      places = Self.each(insides) { Array(stride(from: step, through: $0, by: step)) }
      if places.isEmpty { throw .outside(step, longest: insides.max()! + 1) }  // one is longer than a byte
    case .at(let sets):
      var places: [CutPlaces] = []
      for offsets in sets {
        let fitting = insides.indices.filter { offsets.last! <= insides[$0] }  // a set is never empty
        if fitting.isEmpty { throw .outside(offsets.last!, longest: insides.max()! + 1) }
        places += fitting.map { CutPlaces(message: $0, offsets: offsets) }.filter { !places.contains($0) }
      }
      self.places = places
    case .random(let count):
      var drawn = MadeUpBytes(seed: seed)
      let all = insides.reduce(0, +)
      // Drawn without putting back: swapped to the front of what is left.
      var swapped: [Int: Int] = [:]
      places = (0..<min(count, all)).map { number in
        let other = number + Int(drawn.next() % UInt64(all - number))
        let chosen = swapped[other] ?? other
        swapped[other] = swapped[number] ?? number
        return Self.place(chosen, insides)
      }
    case .pairs:
      places = insides.indices.flatMap { message in
        Self.pairs(insides[message]).map { CutPlaces(message: message, offsets: $0) }
      }
      if places.isEmpty { throw .nothingToCut(bytes: bytes) }
    }
  }

  private static func count(_ choice: CutChoice, _ insides: [Int]) -> Int {
    switch choice {
    case .all, .edges: insides.reduce(0, +)
    case .every(let step): insides.reduce(0) { $0 + $1 / step }
    case .at(let sets): sets.count * insides.count
    case .random(let count): count
    case .pairs: insides.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
    }
  }

  private static func each(_ insides: [Int], _ offsets: (Int) -> [Int]) -> [CutPlaces] {
    insides.enumerated().flatMap { message, inside in
      offsets(inside).map { CutPlaces(message: message, offsets: [$0]) }
    }
  }

  private static func pairs(_ inside: Int) -> [[Int]] {
    (1...max(1, inside)).flatMap { first in
      first < inside ? (first + 1...inside).map { [first, $0] } : []
    }
  }

  /// The one with this number of all places.
  private static func place(_ number: Int, _ insides: [Int]) -> CutPlaces {
    var rest = number
    for (message, inside) in insides.enumerated() {
      if rest < inside { return CutPlaces(message: message, offsets: [rest + 1]) }
      rest -= inside
    }
    return CutPlaces(message: 0, offsets: [1])
  }

  /// Between two tokens, then behind the first byte of each and before its last.
  private static func edges(_ insides: [Int], _ tokens: [[MessageToken]]) -> [CutPlaces] {
    var places: [CutPlaces] = []
    for (message, inside) in insides.enumerated() {
      var seen: Set<Int> = []
      let ranges = tokens[message].map(\.range)
      for offset in ranges.map(\.lowerBound) + ranges.flatMap({ [$0.lowerBound + 1, $0.upperBound - 1] })
      where (1...max(1, inside)).contains(offset) && inside > 0 && seen.insert(offset).inserted {
        places.append(CutPlaces(message: message, offsets: [offset]))
      }
    }
    return places
  }

  private static func edgesFirst(_ insides: [Int], _ tokens: [[MessageToken]]) -> [CutPlaces] {
    let first = tokens.isEmpty ? [] : edges(insides, tokens)
    let known = Set(first)
    return first + each(insides) { $0 > 0 ? Array(1...$0) : [] }.filter { !known.contains($0) }
  }
}
