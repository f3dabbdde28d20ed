import Fuzzing
import Testing

@testable import Traffic

@Suite("The smallest case of a finding")
struct CutMinimiserTests {
  private static func run(
    _ target: SampleTarget, most: Int = 10_000, known: [CutPlaces: CutVerdict] = [:]
  ) -> (CutMinimiser, [CutTrial]) {
    var minimiser = CutMinimiser(
      messages: target.messages, cuts: target.cuts, verdict: .different, framing: target.framing, most: most,
      known: known)
    var trials: [CutTrial] = []
    while let trial = minimiser.next, trials.count <= most {
      trials.append(trial)
      minimiser.tell(target.stays(trial))
    }
    return (minimiser, trials)
  }

  @Test("it has the fewest cuts, the earliest, and the bytes that it takes", arguments: SampleTarget.all)
  func smallest(target: SampleTarget) {
    #expect(target.stays(CutTrial(messages: target.messages, cuts: target.cuts)))
    let (minimiser, trials) = Self.run(target)
    #expect(minimiser.best.messages.map { String(decoding: $0, as: UTF8.self) } == target.smallest)
    #expect(minimiser.best.cuts == target.places)
    #expect(minimiser.tried == trials.count && trials.count < 600, "\(trials.count) trials")
  }

  @Test(
    "nothing is tried twice, nothing that cannot be sent, and what fails less is best",
    arguments: SampleTarget.all)
  func bounds(target: SampleTarget) {
    let (minimiser, trials) = Self.run(target)
    #expect(Set(trials).count == trials.count)
    for trial in trials { Self.check(trial, target.messages) }
    #expect(target.stays(minimiser.best))
    for most in [0, 1, 7, 40] {
      let (minimiser, some) = Self.run(target, most: most)
      #expect(some == Self.run(target, most: most).1)
      #expect(minimiser.tried == some.count && some.count <= most && minimiser.next == nil)
      #expect(target.stays(minimiser.best))
    }
  }

  private static func check(_ trial: CutTrial, _ messages: [[UInt8]]) {
    #expect(trial.messages.allSatisfy { !$0.isEmpty })
    #expect(trial.kept.count == trial.messages.count && trial.kept == Array(Set(trial.kept)).sorted())
    let offsets = trial.cuts.offsets
    #expect(trial.messages.indices.contains(trial.cuts.message) && !offsets.isEmpty)
    guard trial.messages.indices.contains(trial.cuts.message) else { return }
    #expect(offsets == Array(Set(offsets)).sorted())
    #expect(offsets.allSatisfy { (1..<trial.messages[trial.cuts.message].count).contains($0) })
    #expect(zip(trial.kept, trial.messages).allSatisfy { isPart($1, of: messages[$0]) })
  }

  /// True if nothing but leaving out bytes makes the one of the other.
  private static func isPart(_ bytes: [UInt8], of whole: [UInt8]) -> Bool {
    var rest = whole[...]
    return bytes.allSatisfy { byte in
      guard let place = rest.firstIndex(of: byte) else { return false }
      rest = rest[(place + 1)...]
      return true
    }
  }

  @Test("what is known of the messages costs no trial")
  func known() {
    let target = SampleTarget.header
    let length = target.messages[0].count
    let all = (1..<length).map { CutPlaces(message: 0, offsets: [$0]) }
    let known = Dictionary(
      uniqueKeysWithValues: all.map {
        ($0, target.stays(CutTrial(messages: target.messages, cuts: $0)) ? CutVerdict.different : .same)
      })
    let (minimiser, trials) = Self.run(target, known: known)
    #expect(minimiser.best.cuts == target.places)
    #expect(trials.allSatisfy { $0.messages != target.messages })
    // The first of the headers' bytes that fails is taken at once.
    #expect(trials.first.map { $0.messages[0].count < length } == true)

    var pair = CutMinimiser(
      messages: [Array("abcdef".utf8)], cuts: CutPlaces(message: 0, offsets: [2, 4]), verdict: .silent,
      framing: nil,
      most: 100,
      known: [CutPlaces(message: 0, offsets: [4]): .silent, CutPlaces(message: 0, offsets: [2]): .closed])
    #expect(pair.best.cuts.offsets == [4])
    #expect(pair.next?.cuts.offsets == [1])
    pair.tell(false)
    #expect(pair.next?.cuts.offsets == [3])
  }

  @Test("a long message of which nothing is known leaves trials for making it shorter")
  func long() {
    let message = [UInt8](repeating: UInt8(ascii: "a"), count: 100_000)
    var minimiser = CutMinimiser(
      messages: [message], cuts: CutPlaces(message: 0, offsets: [60_000]), verdict: .crash, framing: nil,
      most: 300)
    while let trial = minimiser.next {
      minimiser.tell(trial.cuts.offsets[0] > 20 && trial.messages[0].count > 50)
    }
    #expect(minimiser.best.messages[0].count < 200 && minimiser.best.cuts.offsets[0] < 100)
  }

  @Test(
    "whatever it is told, it comes to an end, and nothing that it tries is out of bounds", arguments: 0..<200)
  func anything(seed: Int) {
    var random = SplitMix(state: UInt64(seed))
    let letters = Array("ab\n{}[]1,\r:".utf8)
    let messages = (0...random.below(4)).map { _ in
      (0..<2 + random.below(40)).map { _ in letters[random.below(letters.count)] }
    }
    let message = random.below(messages.count)
    let inside = Array(1..<messages[message].count).shuffled(using: &random)
    let cuts = CutPlaces(message: message, offsets: inside.prefix(1 + random.below(7)).sorted())
    let framings: [Framing?] = [nil, .json, .http, .delimiter([10]), .fixed(3), .resp]
    var minimiser = CutMinimiser(
      messages: messages, cuts: cuts, verdict: .closed, framing: framings[random.below(framings.count)],
      most: 2000)
    var seen: Set<CutTrial> = []
    let eagerness = 2 + random.below(5)
    while let trial = minimiser.next {
      #expect(seen.insert(trial).inserted)
      Self.check(trial, messages)
      let isTaken = random.below(eagerness) == 0
      minimiser.tell(isTaken)
      if isTaken { #expect(minimiser.best == trial) }
    }
    #expect(minimiser.tried == seen.count && minimiser.tried < 2000)
  }
}
