/// Looks for the smallest case that fails as a finding does: the fewest cuts, then the earliest, then the
/// shortest messages.
///
/// It is asked for the `next` trial and told whether that fails in the same way, until there is no next one.
/// The same answers give the same trials.
public struct CutMinimiser: Sendable {
  /// The smallest so far.
  public private(set) var best: CutTrial
  /// What is to be tried; nil when nothing smaller is left to try, or as much was tried as may be.
  public private(set) var next: CutTrial?
  /// How many trials it was told of.
  public private(set) var tried = 0

  private let verdict: CutVerdict
  private let framing: Framing?
  private let most: Int
  private let known: [CutPlaces: CutVerdict]
  /// The messages are still those that `known` is about.
  private var isUnchanged = true
  private var pass: Pass
  /// Something became smaller since the first of the passes.
  private var hasChanged = false
  /// Trials of earlier cuts that are left before it is the messages' turn: a long one has a million.
  private var earlier = 0
  /// Hash values: a long message is not kept a thousand times. Two that fall together cost one trial.
  private var seen: Set<Int> = []
  /// Where the units of the message end that is made shorter now.
  private var ends: [Int]?

  private enum Pass {
    case fewer([[Int]], place: Int)
    case without(cut: Int)
    case earlier(cut: Int, offset: Int)
    case dialogue(step: Int)
    case shorter(CutUnit, amount: Int, message: Int, offset: Int)
  }

  /// How many cuts are tried in all their subsets; of more each alone, and all but one.
  private static let mostSubsets = 4

  /// - Parameters:
  ///   - messages: none is empty.
  ///   - cuts: of which one came to `verdict`.
  ///   - framing: tells messages apart that are sent as one.
  ///   - most: as many trials.
  ///   - known: what other cuts of these messages came to; they are not tried again.
  public init(
    messages: [[UInt8]], cuts: CutPlaces, verdict: CutVerdict, framing: Framing?, most: Int,
    known: [CutPlaces: CutVerdict] = [:]
  ) {
    best = CutTrial(messages: messages, cuts: cuts)
    (self.verdict, self.framing, self.most, self.known) = (verdict, framing, most, known)
    pass = Self.first(cuts.offsets)
    earlier = Self.share(of: most)
    seen = [best.hashValue]
    advance()
  }

  /// Takes what came of `next`.
  /// - Parameter stays: true if it fails in the same way, and what is left of the messages is answered as
  ///   before without a cut.
  public mutating func tell(_ stays: Bool) {
    guard let trial = next else { return }
    tried += 1
    if case .earlier = pass { earlier -= 1 }
    settle(trial, stays)
    advance()
  }

  private mutating func advance() {
    next = nil
    while tried < most {
      guard !isOver else {
        guard beginNext() else { return }
        continue
      }
      guard let trial = candidate else {
        pass(by: false)
        continue
      }
      if isUnchanged, isAboutCuts, let known = known[trial.cuts] {
        settle(trial, known == verdict)
      } else if isUnaffordable || !seen.insert(trial.hashValue).inserted {
        pass(by: false)
      } else {
        next = trial
        return
      }
    }
  }

  private mutating func settle(_ trial: CutTrial, _ stays: Bool) {
    if stays {
      if !isAboutCuts { isUnchanged = false }
      best = trial
      hasChanged = true
      ends = nil
    }
    pass(by: stays)
  }

  /// The messages stay as they are.
  private var isAboutCuts: Bool {
    switch pass {
    case .fewer, .without, .earlier: true
    case .dialogue, .shorter: false
    }
  }

  private var isUnaffordable: Bool { if case .earlier = pass { earlier <= 0 } else { false } }

  private var isOver: Bool {
    let offsets = best.cuts.offsets
    switch pass {
    case .fewer(let choices, let place): return place == choices.count
    case .without(let cut): return cut >= offsets.count || offsets.count < 2
    case .earlier(let cut, _): return cut >= offsets.count || earlier <= 0 && (!isUnchanged || known.isEmpty)
    case .dialogue(let step): return step == best.messages.count + 2
    case .shorter(_, _, let message, _): return message == best.messages.count
    }
  }

  /// What the pass tries now; nil where there is nothing to it.
  private var candidate: CutTrial? {
    let (offsets, cutMessage, count) = (best.cuts.offsets, best.cuts.message, best.messages.count)
    switch pass {
    case .fewer(let choices, let place): return best.cut(at: choices[place])
    case .without(let cut):
      return best.cut(at: Array(offsets[..<cut] + offsets[(cut + 1)...]))
    case .earlier(let cut, let offset):
      if offset >= offsets[cut] { return nil }
      return best.cut(at: Array(offsets[..<cut] + [offset] + offsets[(cut + 1)...]))
    case .dialogue(0): return cutMessage + 1 < count ? best.without(messages: cutMessage + 1..<count) : nil
    case .dialogue(1): return cutMessage > 0 ? best.without(messages: 0..<cutMessage) : nil
    case .dialogue(let step):
      let message = count + 1 - step
      return message == cutMessage ? nil : best.without(messages: message..<message + 1)
    case .shorter(let unit, let amount, let message, let offset):
      let (range, isWhole) = range(unit, amount, message, offset)
      return isWhole ? best.without(range, of: message) : nil
    }
  }

  /// Goes on in the pass: with what is there now instead of what was left out, or behind what has to stay.
  private mutating func pass(by stays: Bool) {
    switch pass {
    case .fewer(let choices, let place):
      // They come smallest first.
      pass = .fewer(choices, place: stays ? choices.count : place + 1)
    case .without(let cut): pass = .without(cut: stays ? cut : cut + 1)
    case .earlier(let cut, let offset):
      let offsets = best.cuts.offsets
      pass =
        stays || offset >= offsets[cut]
        ? .earlier(cut: cut + 1, offset: offsets[cut] + 1) : .earlier(cut: cut, offset: offset + 1)
    case .dialogue(let step): pass = .dialogue(step: stays ? 0 : step + 1)
    case .shorter(let unit, let amount, let message, let offset):
      var (message, offset) = (message, offset)
      if !stays { offset = range(unit, amount, message, offset).range.upperBound }
      if offset >= best.messages[message].count { (message, offset) = (message + 1, 0) }
      pass = .shorter(unit, amount: amount, message: message, offset: offset)
      measure()
    }
  }

  /// - Returns: false after the last one.
  private mutating func beginNext() -> Bool {
    switch pass {
    case .fewer: pass = .without(cut: 0)
    case .without: pass = .earlier(cut: 0, offset: 1)
    case .earlier: pass = .dialogue(step: 0)
    case .dialogue: begin(CutUnit.allCases[0])
    case .shorter(let unit, let amount, _, _):
      if amount > 1 {
        pass = .shorter(unit, amount: amount / 2, message: 0, offset: 0)
        measure()
      } else if let place = CutUnit.allCases.firstIndex(of: unit), place + 1 < CutUnit.allCases.count {
        begin(CutUnit.allCases[place + 1])
      } else if hasChanged {
        hasChanged = false
        earlier = Self.share(of: most - tried)
        pass = Self.first(best.cuts.offsets)
      } else {
        return false
      }
    }
    return true
  }

  private mutating func begin(_ unit: CutUnit) {
    let longest = best.messages.map { unit.ends(in: $0, framing)?.count ?? $0.count }.max() ?? 0
    pass = .shorter(unit, amount: max(1, longest / 2), message: 0, offset: 0)
    measure()
  }

  /// Looks where the units end, once a message and each time that it changed.
  private mutating func measure() {
    guard case .shorter(let unit, _, let message, let offset) = pass, message < best.messages.count else {
      return
    }
    if ends == nil || offset == 0 { ends = unit.ends(in: best.messages[message], framing) }
  }

  /// As many units from `offset` on, up to the next cut.
  /// - Returns: also whether they can be left out: not if the first one is cut itself.
  private func range(
    _ unit: CutUnit, _ amount: Int, _ message: Int, _ offset: Int
  ) -> (range: Range<Int>, isWhole: Bool) {
    let count = best.messages[message].count
    let cut = message == best.cuts.message ? best.cuts.offsets.first { $0 > offset } ?? count : count
    guard let ends else { return (offset..<min(offset + amount, cut), true) }
    let units = ends.drop { $0 <= offset }.prefix(amount)
    guard let end = units.last(where: { $0 <= cut }) else { return (offset..<(units.first ?? count), false) }
    return (offset..<end, true)
  }

  private static func first(_ offsets: [Int]) -> Pass {
    if offsets.count > mostSubsets { return .fewer(offsets.map { [$0] }, place: 0) }
    let subsets = (1..<max(1, (1 << offsets.count) - 1)).map { bits in
      offsets.indices.filter { bits >> $0 & 1 == 1 }.map { offsets[$0] }
    }
    return .fewer(
      subsets.sorted { CutPlaces(message: 0, offsets: $0) < CutPlaces(message: 0, offsets: $1) }, place: 0)
  }

  private static func share(of trials: Int) -> Int { max(8, trials / 4) }
}
