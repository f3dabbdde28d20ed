import Testing

@testable import Traffic

@Suite struct DurationTextTests {
  @Test(
    "a duration prints in the unit that suits it",
    arguments: [
      (0, "0ms", "0 ms"), (1, "1ns", "1 ns"), (999, "999ns", "999 ns"), (250_000, "250us", "250 µs"),
      (1_675, "1.675us", "1.675 µs"), (1_500_000_000, "1.5s", "1.5 s"), (100_000_000, "100ms", "100 ms"),
      (90_000_000_000, "90s", "90 s"), (120_000_000_000, "2m", "2 min"), (3_600_000_000_000, "1h", "1 h"),
      (1_000_000_001, "1000000.001us", "1 s"), (999_999_999, "999999.999us", "1 s"),
      (500_000_000_001_675, "500000000001.675us", "500000 s"), (1_000_400, "1000.4us", "1 ms"),
    ] as [(Nanoseconds, String, String)])
  func prints(duration: Nanoseconds, text: String, spoken: String) throws {
    #expect(DurationText.text(duration) == text)
    #expect(DurationText.spoken(duration) == spoken)
    #expect(try DurationText.parse(text) == duration)
  }

  @Test("every duration reads as it was printed")
  func survives() throws {
    var source = MadeUpBytes(seed: 1)
    for _ in 0..<2000 {
      let duration = Nanoseconds(source.next() >> (12 + source.next() % 50)) % DurationText.maximum
      #expect(try DurationText.parse(DurationText.text(duration)) == duration)
    }
  }

  @Test(
    "a size prints as it may be written",
    arguments: [(1, "1"), (1024, "1k"), (1025, "1025"), (3 << 20, "3M")])
  func printsSizes(size: Int, text: String) throws {
    #expect(SizeText.text(size) == text)
    #expect(try SizeText.parse(text) == size)
  }
}
