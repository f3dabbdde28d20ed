import Testing
import Traffic

@Suite("Units for people")
struct UnitsTests {
  @Test(
    "Lengths of time",
    arguments: [
      (0, "0 ns"), (412, "412 ns"), (999, "999 ns"), (1_000, "1.0 µs"), (5_149, "5.1 µs"), (9_949, "9.9 µs"),
      (9_950, "10 µs"), (412_400, "412 µs"), (999_499, "999 µs"), (999_500, "1.00 ms"),
      (9_994_999, "9.99 ms"),
      (9_995_000, "10.0 ms"), (101_249_000, "101.2 ms"), (999_949_999, "999.9 ms"), (999_950_000, "1.00 s"),
      (12_400_000_000, "12.4 s"), (123_000_000_000, "2 min 03 s"), (7_325_000_000_000, "2 h 02 min"),
      (-5_000, "−5.0 µs"), (.max, "2562047 h 47 min"), (.min, "−2562047 h 47 min"),
    ] as [(Nanoseconds, String)])
  func durations(nanoseconds: Nanoseconds, text: String) { #expect(Units.duration(nanoseconds) == text) }

  @Test(
    "Times of the run",
    arguments: [
      (412_000, "0.000 412"), (100_530_999, "0.100 530"), (61_000_001_000, "61.000 001"),
      (-1_000, "−0.000 001"),
    ] as [(Nanoseconds, String)])
  func times(nanoseconds: Nanoseconds, text: String) { #expect(Units.time(nanoseconds) == text) }

  @Test("Times of day")
  func timesOfDay() {
    #expect(Units.timeOfDay(1_763_690_531_100_530_000) == "02:02:11.100 530")
    #expect(Units.timeOfDay(1_763_690_531_100_530_000, offset: 3600) == "03:02:11.100 530")
  }

  @Test(
    "Sizes",
    arguments: [
      (0, "0 B"), (55, "55 B"), (9_999, "9999 B"), (10_000, "9.8 KiB"), (20_480, "20 KiB"),
      (1 << 20, "1.0 MiB"),
      (256 << 20, "256 MiB"), (4_500_000_000, "4.2 GiB"), (.max, "8388607 TiB"),
    ] as [(Int64, String)])
  func sizes(bytes: Int64, text: String) { #expect(Units.size(bytes) == text) }

  @Test("Counts are grouped")
  func counts() {
    #expect(Units.count(0) == "0")
    #expect(Units.count(12_345_678) == "12 345 678")
    #expect(Units.count(-1_000) == "−1 000")
  }
}
