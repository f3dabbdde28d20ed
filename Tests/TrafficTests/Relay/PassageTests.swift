import Testing

@testable import Traffic

/// One way of a relay, as a conversation: what comes in and when, and which sends that makes.
@Suite struct PassageTests {
  static let ms: Nanoseconds = 1_000_000

  /// Plays chunks into a passage and takes out all that is due, the clock jumping from one moment to the next.
  struct Play {
    var passage: Passage
    var now: Nanoseconds = 0
    var sequence = 0
    var sends: [(bytes: [UInt8], time: Nanoseconds, out: Outgoing)] = []
    var hasEnded = false
    /// Bytes that the other end is seen to have received.
    var delivered = Int64.max

    init(_ rules: PassageRules = PassageRules(), capacity: Int = 1 << 16) {
      passage = Passage(rules, capacity: capacity)
    }

    mutating func receive(_ text: String, isUrgent: Bool = false, isDatagram: Bool = false) {
      sequence += 1
      Array(text.utf8).withUnsafeBytes {
        passage.receive($0, sequence: sequence, at: now, isUrgent: isUrgent, isDatagram: isDatagram)
      }
    }

    /// - Parameter most: bytes that the kernel takes at once.
    mutating func run(until end: Nanoseconds = .max, most: Int = .max) {
      // Where time stands still nothing more is due: no test goes round for ever.
      for _ in 0..<10_000 {
        _ = passage.endHold(at: now)
        switch passage.next(at: now) {
        case .nothing:
          if end != .max { now = max(now, end) }
          return
        case .later(let time):
          if time > end {
            now = end
            return
          }
          now = time
        case .prove(let bytes, let limit):
          if delivered < bytes, now < limit {
            now = min(limit, end)
            if now < limit { return }
          }
          passage.settle(isProven: delivered >= bytes)
        case .end:
          hasEnded = true
          return
        case .send(let out):
          let taken = min(out.bytes.count, most)
          sends.append((Array(out.bytes.prefix(taken)), now, out))
          passage.sent(taken, of: out, at: now)
        }
      }
    }

    var texts: [String] { sends.map { String(decoding: $0.bytes, as: UTF8.self) } }
  }

  static func rules(_ change: (inout PassageRules) -> Void) -> PassageRules {
    var rules = PassageRules()
    change(&rules)
    return rules
  }

  @Test("with nothing asked each chunk goes at once as it came, and the end after the last")
  func transparent() {
    var play = Play()
    play.receive("hello")
    play.receive("x")
    play.run()
    #expect(play.texts == ["hello", "x"])
    #expect(play.sends.map(\.time) == [0, 0])
    #expect(play.sends.map(\.out.from) == [1...1, 2...2])
    play.passage.end()
    play.run()
    #expect(play.hasEnded)
  }

  @Test("what the kernel takes in part goes on with its rest, and nothing is lost")
  func short() {
    var play = Play()
    play.receive("abcdefgh")
    play.run(most: 3)
    #expect(play.texts == ["abc", "def", "gh"])
    #expect(play.passage.inside == 0)
  }

  static let cuttings: [(name: String, rules: PassageRules, chunks: [String], sends: [String])] = [
    ("in threes", rules { $0.slice = 3...3 }, ["0123456789"], ["012", "345", "678", "9"]),
    (
      "in threes, however it came", rules { $0.slice = 3...3 }, ["01", "2345", "67", "89"],
      ["012", "345", "678", "9"]
    ),
    ("in ones", rules { $0.slice = 1...1 }, ["abc"], ["a", "b", "c"]),
    ("joined", rules { $0.coalesce = ms }, ["ab", "c", "de"], ["abcde"]),
    ("joined and cut", rules { ($0.coalesce, $0.slice) = (ms, 4...4) }, ["ab", "c", "de"], ["abcd", "e"]),
    ("cut into what 20 ms of a rate are", rules { $0.rate = 100 }, ["abcde"], ["ab", "cd", "e"]),
  ]

  @Test("cuttings", arguments: cuttings.indices)
  func cuts(_ place: Int) {
    let (name, rules, chunks, sends) = Self.cuttings[place]
    var play = Play(rules)
    for chunk in chunks { play.receive(chunk) }
    play.run()
    #expect(play.texts == sends, "\(name)")
    #expect(play.passage.inside == 0)
  }

  @Test("a gap lies between sends, a delay before each byte, and a rate spreads them")
  func times() {
    var gap = Play(Self.rules { ($0.slice, $0.gap) = (1...1, 5 * Self.ms) })
    gap.receive("abc")
    gap.run()
    #expect(gap.sends.map(\.time) == [0, 5 * Self.ms, 10 * Self.ms])
    var delay = Play(Self.rules { $0.delay = 7 * Self.ms })
    delay.receive("a")
    delay.now = 2 * Self.ms
    delay.receive("b")
    delay.run()
    #expect(delay.sends.map(\.time) == [7 * Self.ms, 9 * Self.ms])
    var rate = Play(Self.rules { $0.rate = 1000 })
    rate.receive(String(repeating: "x", count: 100))
    rate.run()
    #expect(rate.sends.map(\.bytes.count) == [20, 20, 20, 20, 20])
    #expect(rate.sends.map(\.time) == [0, 20 * Self.ms, 40 * Self.ms, 60 * Self.ms, 80 * Self.ms])
  }

  @Test("with proof each send waits until all before it was received, but not for ever")
  func proof() {
    var play = Play(Self.rules { ($0.slice, $0.needsProof) = (3...3, true) })
    play.delivered = 3
    play.receive("abcdefghi")
    play.run(until: 10 * Self.ms)
    #expect(play.texts == ["abc", "def"])
    // Seen after 10 ms: the last one follows at once.
    play.delivered = 6
    play.run(until: 20 * Self.ms)
    #expect(play.texts == ["abc", "def", "ghi"])
    #expect(play.sends.map(\.time) == [0, 0, 10 * Self.ms])
    #expect(play.sends.map(\.out.isProven) == [true, true, true])
    play.receive("jkl")
    play.run(until: 100 * Self.ms)
    #expect(play.sends.count == 3)
    play.run()
    #expect(play.sends.last?.time == 10 * Self.ms + Passage.proofLimit)
    #expect(play.sends.last?.out.isProven == false)
    // The end of the stream waits for nothing.
    play.passage.end()
    play.run()
    #expect(play.hasEnded && play.now == 10 * Self.ms + Passage.proofLimit)
  }

  @Test("proof is asked for after the gap, and the rest of a send that was taken in part needs none")
  func proofAndOthers() {
    var play = Play(Self.rules { ($0.slice, $0.gap, $0.needsProof) = (4...4, 5 * Self.ms, true) })
    play.delivered = 0
    play.receive("abcdefgh")
    play.run(until: 0, most: 3)
    #expect(play.texts == ["abc", "d"])
    play.run(until: 5 * Self.ms)
    #expect(play.texts.count == 2)
    play.delivered = 4
    play.run(until: 6 * Self.ms)
    #expect(play.texts == ["abc", "d", "efgh"])
    #expect(play.sends.map(\.out.isProven) == [true, false, true])
  }

  @Test("proof that is asked for in the middle is of all that was sent, and without it nothing is said")
  func proofLater() {
    var play = Play(Self.rules { $0.slice = 2...2 })
    play.delivered = 0
    play.receive("abcd")
    play.run()
    play.passage.change(Self.rules { ($0.slice, $0.needsProof) = (2...2, true) })
    play.delivered = 4
    play.receive("ef")
    play.run()
    #expect(play.sends.map(\.out.isProven) == [nil, nil, true])
  }

  @Test("bytes wait to be joined, but not for the end of the stream or a full buffer")
  func coalescing() {
    var play = Play(Self.rules { $0.coalesce = 10 * Self.ms }, capacity: 6)
    play.receive("ab")
    play.run(until: 4 * Self.ms)
    play.receive("cd")
    play.run()
    #expect(play.texts == ["abcd"])
    #expect(play.sends[0].time == 10 * Self.ms)
    #expect(play.sends[0].out.from == 1...2)
    play.receive("efghij")
    play.run()
    #expect(play.texts.last == "efghij")
    #expect(play.sends.last?.time == 10 * Self.ms)
    play.receive("k")
    play.passage.end()
    play.run()
    #expect(play.texts.last == "k")
    #expect(play.sends.last?.time == 10 * Self.ms)
  }

  @Test("the same seed cuts the same stream in the same places, whatever the chunks were")
  func seeds() {
    let stream = (0..<5000).map { _ in "x" }.joined()
    func edges(_ seed: UInt64, chunks: Int, _ sizes: ClosedRange<Int> = 1...7) -> [Int] {
      var play = Play(Self.rules { ($0.slice, $0.seed) = (sizes, seed) })
      var rest = Substring(stream)
      while !rest.isEmpty {
        play.receive(String(rest.prefix(chunks)))
        rest = rest.dropFirst(chunks)
      }
      play.run()
      var offset = 0
      return play.sends.map { send in
        offset += send.bytes.count
        return offset
      }
    }
    let whole = edges(42, chunks: 5000)
    #expect(Set(zip(whole, [0] + whole).map { $0 - $1 }) == Set(1...7))
    for chunks in [1, 3, 64, 999] { #expect(edges(42, chunks: chunks) == whole) }
    #expect(edges(43, chunks: 5000) != whole)
  }

  @Test("an urgent byte goes alone, as one, in its place")
  func urgent() {
    var play = Play(Self.rules { ($0.slice, $0.coalesce) = (10...10, Self.ms) })
    play.receive("abc")
    play.receive("!", isUrgent: true)
    play.receive("def")
    play.run()
    #expect(play.texts == ["abc", "!", "def"])
    #expect(play.sends.map(\.out.isUrgent) == [false, true, false])
  }

  @Test("an empty datagram is one")
  func datagrams() {
    var play = Play()
    for text in ["one", "", "two"] { play.receive(text, isDatagram: true) }
    play.run()
    #expect(play.texts == ["one", "", "two"])
  }

  @Test("room is what is not inside")
  func room() {
    var play = Play(capacity: 10)
    play.receive("abcdef")
    #expect(play.passage.room == 4)
    play.receive("ghij")
    #expect(play.passage.room == 0)
    play.run()
    #expect(play.passage.room == 10)
  }

  // MARK: By hand

  static let releases:
    [(name: String, release: Release, with: [Replacement]?, sends: [String], left: [String])] = [
      ("all", Release(), nil, ["one", "two", "three"], []),
      ("in another order", Release([3, 1]), nil, ["three", "one"], ["two"]),
      ("cut smaller", Release([3], size: 2), nil, ["th", "re", "e"], ["one", "two"]),
      (
        "replaced", Release([1, 2]), [Replacement(Array("X".utf8)), Replacement(Array("Y".utf8))],
        ["X", "Y"], ["three"]
      ),
      ("all replaced", Release(), [Replacement(Array("X".utf8))], ["X"], []),
    ]

  @Test("releases", arguments: releases.indices)
  func released(_ place: Int) {
    let (name, release, with, sends, left) = Self.releases[place]
    var play = Play()
    #expect(play.passage.hold(until: nil) == 0)
    for text in ["one", "two", "three"] { play.receive(text) }
    play.run()
    #expect(play.texts.isEmpty)
    _ = play.passage.release(release, with: with)
    play.run()
    #expect(play.texts == sends, "\(name)")
    #expect(play.sends.allSatisfy { $0.out.isChanged == (with != nil) })
    #expect(play.passage.heldPieces.map { String(decoding: $0.bytes, as: UTF8.self) } == left)
    #expect(play.passage.isHeld == !release.pieces.isEmpty)
    #expect(play.passage.inside == left.joined().utf8.count)
  }

  @Test("what replaces several pieces names all the calls that they came in")
  func originOfReplaced() {
    var play = Play()
    _ = play.passage.hold(until: nil)
    for text in ["one", "two", "three"] { play.receive(text) }
    _ = play.passage.release(Release(), with: [Replacement(Array("X".utf8))])
    play.run()
    #expect(play.sends.map(\.out.from) == [1...3])
  }

  @Test("what is dropped is gone, and places that nobody has are named")
  func dropped() {
    var play = Play()
    _ = play.passage.hold(until: nil)
    for text in ["one", "two", "three"] { play.receive(text) }
    #expect(play.passage.missing([1, 4]) == 4)
    #expect(play.passage.missing([2, 2]) == 2)
    #expect(play.passage.missing([3, 1]) == nil)
    #expect(play.passage.drop([2]) == 3)
    _ = play.passage.release(Release())
    play.run()
    #expect(play.texts == ["one", "three"])
  }

  @Test("a hold that has a limit ends by itself, and the end of the stream waits for it")
  func holdLimit() {
    var play = Play()
    _ = play.passage.hold(until: 50 * Self.ms)
    play.receive("held")
    play.passage.end()
    play.run(until: 49 * Self.ms)
    #expect(play.texts.isEmpty)
    #expect(!play.hasEnded)
    play.run()
    #expect(play.texts == ["held"])
    #expect(play.sends[0].time == 50 * Self.ms)
    #expect(play.hasEnded)
  }

  @Test("a hold takes what was not sent yet, but not the rest of a send under way")
  func holdWhatWaits() {
    var play = Play()
    play.receive("abcd")
    play.receive("ef")
    guard case .send(let out) = play.passage.next(at: 0) else {
      Issue.record("nothing to send")
      return
    }
    play.passage.sent(1, of: out, at: 0)
    #expect(play.passage.hold(until: nil) == 2)
    play.run()
    #expect(play.texts == ["bcd"])
  }
}
