/// What all ways of cutting have come to so far.
public struct ShakeReport: Sendable {
  /// Offsets one after another with the same verdict, and what stands there.
  public struct Stretch: Sendable, Equatable {
    public var message: Int
    public var offsets: ClosedRange<Int>
    public var verdict: CutVerdict
    /// Where they lie in the message: `inside the header Content-Length`; empty without a framing.
    public var place: String
  }

  /// How many results are kept whole, of those that are not `same`.
  public static let most = 1000

  public let start: ShakeStart
  /// Of each message.
  public let tokens: [[MessageToken]]
  public private(set) var done = 0
  public private(set) var proven = 0
  private var counted = [Int](repeating: 0, count: CutVerdict.allCases.count)
  /// The worst verdict of all cuts at an offset; of each message, from offset 1 on. Nil where none was tried.
  public private(set) var cells: [[CutVerdict?]]
  /// What each way of cutting came to, in the order in which it was known.
  public private(set) var tried: [(cuts: CutPlaces, verdict: CutVerdict)] = []
  /// What is not `same`, the first of them.
  public private(set) var noted: [CutResult] = []
  /// Why it ended before its end; nil if it has not.
  public var ending: String?

  public init(_ start: ShakeStart, tokens: [[MessageToken]]) {
    self.start = start
    self.tokens = tokens
    cells = start.messages.map { [CutVerdict?](repeating: nil, count: max(0, $0.count - 1)) }
  }

  /// Adds a result. One of the same cuts as the one before takes its place.
  public mutating func add(_ result: CutResult) {
    if let last = tried.last, last.cuts == result.cuts {
      tried.removeLast()
      done -= 1
      if result.isProven { proven -= 1 }
      counted[Int(last.verdict.rawValue)] -= 1
    }
    done += 1
    if result.isProven { proven += 1 }
    counted[Int(result.verdict.rawValue)] += 1
    for offset in result.cuts.offsets where cells[result.cuts.message].indices.contains(offset - 1) {
      let old = cells[result.cuts.message][offset - 1]
      if old.map({ result.verdict.worse(than: $0) }) ?? true {
        cells[result.cuts.message][offset - 1] = result.verdict
      }
    }
    tried.append((result.cuts, result.verdict))
    if result.verdict != .same, noted.count < Self.most { noted.append(result) }
  }

  public func count(_ verdict: CutVerdict) -> Int { counted[Int(verdict.rawValue)] }

  /// How many showed that something is wrong.
  public var found: Int { CutVerdict.allCases.reduce(0) { $0 + ($1.isFound ? count($1) : 0) } }

  /// The exit status: 1 if something is wrong, 4 if something was not proven, else 0.
  public var status: Int32 { found > 0 ? 1 : count(.unproven) > 0 || done == 0 ? 4 : 0 }

  /// What is wrong with the fewest cuts, then with the earliest; what comes each time before what does not.
  public var smallest: CutResult? {
    let found = noted.filter(\.verdict.isFound)
    let stable = found.filter { $0.verdict != .unstable }
    return (stable.isEmpty ? found : stable).min { $0.cuts < $1.cuts }
  }

  /// What each single cut came to.
  public var singles: [CutPlaces: CutVerdict] {
    var singles: [CutPlaces: CutVerdict] = [:]
    for (cuts, verdict) in tried where cuts.offsets.count == 1 { singles[cuts] = verdict }
    return singles
  }

  /// The words for a cut: `inside the header Content-Length`; empty without a framing.
  public func place(of cuts: CutPlaces) -> String {
    guard tokens.indices.contains(cuts.message) else { return "" }
    return cuts.offsets.map { MessageTokens.place($0, in: tokens[cuts.message]) }.joined(separator: ", and ")
  }

  /// Everything that was tried, in order of offsets.
  public var stretches: [Stretch] {
    var stretches: [Stretch] = []
    for (message, cells) in cells.enumerated() {
      for (index, verdict) in cells.enumerated() {
        guard let verdict else { continue }
        let place = place(of: CutPlaces(message: message, offsets: [index + 1]))
        if let last = stretches.last, last.message == message, last.offsets.upperBound == index,
          last.verdict == verdict, last.place == place
        {
          stretches[stretches.count - 1].offsets = last.offsets.lowerBound...index + 1
        } else {
          stretches.append(
            Stretch(message: message, offsets: index + 1...index + 1, verdict: verdict, place: place))
        }
      }
    }
    return stretches
  }
}
