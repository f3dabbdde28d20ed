import ArgumentParser

/// How the commands that play bursts play them.
struct PlayingArguments: ParsableArguments {
  private static let speeds = 0.001...1000

  @Option(
    help: ArgumentHelp(
      "Play bursts so many times as fast: 0.5 takes twice as long (default 1).", valueName: "F"),
    transform: parsed)
  var speed = 1.0

  private static func parsed(_ text: String) throws -> Double {
    // Plain decimals only: Double would take "nan", "0x1p3" and "1e3" too.
    guard
      text.utf8.allSatisfy({ $0 == UInt8(ascii: ".") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      ),
      let speed = Double(text), speeds.contains(speed)
    else { throw ValidationError("expected a number from 0.001 to 1000, such as 0.5") }
    return speed
  }
}
