import Testing

@testable import Traffic

struct CutPlanTests {
  private static func message(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0) } }

  private static func places(
    _ choice: CutChoice, _ lengths: [Int], tokens: [[MessageToken]] = [], seed: UInt64 = 1
  ) throws -> [[Int]] {
    try CutPlan(choice, of: lengths.map(message), tokens: tokens, seed: seed).places.map {
      [$0.message] + $0.offsets
    }
  }

  @Test(
    arguments: [
      (CutChoice.all, [4], [[0, 1], [0, 2], [0, 3]]),
      (.all, [2, 1, 3], [[0, 1], [2, 1], [2, 2]]),
      (.every(3), [9], [[0, 3], [0, 6]]),
      (.every(2), [2, 5], [[1, 2], [1, 4]]),
      (.pairs, [4], [[0, 1, 2], [0, 1, 3], [0, 2, 3]]),
      (.pairs, [2, 3], [[1, 1, 2]]),
      (.at([[2]]), [4, 2, 3], [[0, 2], [2, 2]]),
      (.at([[1], [1, 3]]), [5], [[0, 1], [0, 1, 3]]), (.at([[3], [1], [3]]), [5], [[0, 3], [0, 1]]),
    ] as [(CutChoice, [Int], [[Int]])])
  func `Each choice gives its cuts in order`(choice: CutChoice, lengths: [Int], wanted: [[Int]]) throws {
    #expect(try Self.places(choice, lengths) == wanted)
  }

  @Test func `All pairs of a message of 107 bytes are 5565`() throws {
    #expect(try Self.places(.pairs, [107]).count == 5565)
  }

  @Test func `What is random is so by its seed, and lies inside`() throws {
    let first = try Self.places(.random(500), [2, 9], seed: 7)
    #expect(first == (try Self.places(.random(500), [2, 9], seed: 7)))
    #expect(first != (try Self.places(.random(500), [2, 9], seed: 8)))
    #expect(Set(first).isSuperset(of: [[0, 1]] + (1...8).map { [1, $0] }))
    // Each place once, however many are asked for.
    #expect(first.count == 9)
    #expect(try Self.places(.random(3), [2, 9], seed: 7).count == 3)
  }

  @Test func `The edges of tokens come first`() throws {
    let tokens = [[MessageToken(0..<4, "a"), MessageToken(4..<10, "b")]]
    #expect(try Self.places(.edges, [10], tokens: tokens) == [[0, 4], [0, 1], [0, 3], [0, 5], [0, 9]])
    let all = try Self.places(.all, [10], tokens: tokens)
    #expect(all.prefix(5) == [[0, 4], [0, 1], [0, 3], [0, 5], [0, 9]])
    #expect(Set(all).count == 9)
    #expect(all.count == 9)
  }

  @Test(
    arguments: [
      (CutChoice.all, [0], ShakeMistake.empty),
      (.all, [1], .nothingToCut(bytes: 1)),
      (.all, [1, 1], .nothingToCut(bytes: 2)),
      (.pairs, [2], .nothingToCut(bytes: 2)),
      (.at([[4]]), [4], .outside(4, longest: 4)),
      (.at([[1, 9]]), [4], .outside(9, longest: 4)),
      (.every(4), [4], .outside(4, longest: 4)),
      (.edges, [4], .edgesWithoutFraming),
      (.all, [2_000_002], .tooMany(2_000_001)),
      (.pairs, [2000], .tooMany(1999 * 1998 / 2)),
      (.random(1_000_001), [4], .tooMany(1_000_001)),
    ] as [(CutChoice, [Int], ShakeMistake)])
  func `What cannot be cut is refused with the reason`(
    choice: CutChoice, lengths: [Int], mistake: ShakeMistake
  ) {
    #expect(throws: mistake) { try Self.places(choice, lengths) }
    #expect(!mistake.sentence.isEmpty)
  }
}
