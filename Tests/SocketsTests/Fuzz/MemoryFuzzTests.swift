import Fuzzing
import Glibc
import Testing

@testable import Sockets

/// Broken files of proc(5): what they say of memory is a number of bytes, or nothing.
@Suite("Any file about memory")
struct MemoryFuzzTests {
  private struct Case: CustomStringConvertible {
    var bytes: [UInt8]
    var description: String { CorpusLine.text(bytes) }

    /// A case of the corpus, changed in up to eight places.
    init(seed: UInt64) {
      var random = SplitMix(state: seed)
      bytes = MemoryFuzzTests.corpus[random.below(MemoryFuzzTests.corpus.count)]
      let other = MemoryFuzzTests.corpus[random.below(MemoryFuzzTests.corpus.count)]
      MemoryFuzzTests.changes.change(&bytes, other, &random)
    }
  }

  /// `memory.corpus` beside this file: files like /proc/meminfo and /proc/self/statm.
  private static let corpus = CorpusLine.inputs("memory", beside: #filePath)
  private static let changes = BrokenBytes(pieces: [
    "MemAvailable:", " kB", "MemAvailable: 1", "\t", "-", "0",
  ])

  /// What does not hold for a file; nil if all does.
  private static func problem(_ input: Case) -> String? {
    var path = Array("/tmp/recvscope-fuzz-XXXXXX".utf8CString)
    let file = mkstemp(&path)
    guard file >= 0 else { return "no file to write to" }
    let name = String(decoding: path.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    defer {
      close(file)
      unlink(name)
    }
    guard input.bytes.withUnsafeBytes({ write(file, $0.baseAddress, $0.count) }) == input.bytes.count else {
      return "the file is not written"
    }
    if let free = AvailableMemory.available(meminfo: name), free < 0 { return "\(free) bytes are free" }
    guard let used = AvailableMemory.Usage(statm: name) else { return nil }
    return used.addressSpace >= 0 && used.data >= 0 ? nil : "\(used) is in use"
  }

  @Test("The same thousand broken files in each run")
  func broken() {
    #expect(Self.corpus.count == 10)
    for seed in UInt64(0)..<1000 {
      let input = Case(seed: seed)
      if let problem = Self.problem(input) { Issue.record("seed \(seed): \(problem): \(input)") }
    }
  }

  @Test("make fuzz: new files until the time is over", .enabled(if: FuzzLoop.isWanted))
  func fuzz() { #expect(FuzzLoop.run(make: Case.init(seed:), problem: Self.problem) == nil) }
}
