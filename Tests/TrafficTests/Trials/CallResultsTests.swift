import Testing
import Traffic

@Suite("What calls returned, in words")
struct CallResultsTests {
  static func results(_ calls: [Int]) -> CallResults {
    calls.reduce(into: CallResults()) { $0.add($1) }
  }

  @Test(
    "as much as there is room for tells outcomes apart",
    arguments: [
      ([], 40, "nothing"), ([5, 10, 10, 0], 40, "5 10 10 0"), ([5, 10, 10, 0], 9, "5 10 10 0"),
      ([10, 10, 10, 10, 5, 0], 15, "10 10 10 10 5 0"), ([10, 10, 10, 10, 5, 0], 14, "10×4 5 0"),
      ([-11, -11, 3], 40, "EAGAIN EAGAIN 3"), ([1, 2, 3, 4, 5, 6, 7, 8, 9], 12, "1 2 3 4 … 9"),
      (Array(repeating: 1, count: 100) + [0], 10, "1×100 0"),
      ([1000, 2000, 3000, 4000], 8, "1000 …"), ([1000, 2000], 3, "…"),
    ] as [([Int], Int, String)])
  func text(calls: [Int], width: Int, text: String) {
    let results = Self.results(calls)
    #expect(results.text(in: width) == text)
    #expect(results.length == (calls.isEmpty ? 0 : results.text.count) && results.calls == calls.count)
  }

  @Test("Of any length it fits, and the whole text is the sum of its calls")
  func fits() {
    for seed in 0..<40 {
      let results = Self.results((0..<seed * 3).map { ($0 * seed) % 7 * 100 })
      for width in [8, 20, 33, 76] { #expect(results.text(in: width).count <= width) }
      #expect(results.text.split(separator: " ").count == max(1, seed * 3))
    }
  }
}
