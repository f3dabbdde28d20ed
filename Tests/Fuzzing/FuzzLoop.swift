import Foundation

/// Tries new cases until a time is over: what `make fuzz` does.
public enum FuzzLoop {
  private static let environment = ProcessInfo.processInfo.environment

  /// Whether FUZZ asks for it.
  public static var isWanted: Bool { environment["FUZZ"] != nil }

  /// `FUZZ` is the time in seconds, `FUZZ_SEED` the first seed, `FUZZ_CASE` a file that holds the case being tried: it is what
  /// is left of a crash.
  /// - Parameters:
  ///   - make: makes the case of a seed.
  ///   - problem: what does not hold for it; nil if all does.
  /// - Returns: the first problem, with its seed and its case.
  public static func run<Case: CustomStringConvertible>(
    make: (UInt64) -> Case, problem: (Case) -> String?
  ) -> String? {
    guard let seconds = environment["FUZZ"].flatMap({ Double($0) }) else {
      return "FUZZ is a number of seconds"
    }
    let first = environment["FUZZ_SEED"].flatMap { UInt64($0) } ?? .random(in: 0..<1 << 48)
    let file = environment["FUZZ_CASE"].map { open($0, O_WRONLY | O_CREAT | O_TRUNC, 0o600) } ?? -1
    defer { if file >= 0 { close(file) } }
    let end = ContinuousClock.now + .seconds(seconds)
    print("fuzz: \(seconds) s from seed \(first) on")
    var seed = first
    while ContinuousClock.now < end {
      let input = make(seed)
      if file >= 0 { note("seed \(seed): \(input)\n", in: file) }
      if let problem = problem(input) { return "seed \(seed): \(problem): \(input)" }
      seed += 1
    }
    print("fuzz: \(seed - first) cases, nothing found")
    return nil
  }

  private static func note(_ text: String, in file: CInt) {
    let bytes = Array(text.utf8)
    ftruncate(file, 0)
    _ = bytes.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) }
  }
}
