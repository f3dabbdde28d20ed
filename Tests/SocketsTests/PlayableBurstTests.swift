import Testing
import Traffic

@testable import Sockets

@Suite("A burst that can be played")
struct PlayableBurstTests {
  @Test(
    "A payload longer than half the memory is refused with its size",
    arguments: [
      ("zeros(1k)", 2048, true), ("zeros(1025)", 2048, false), ("\"a\" (zeros(2k)/10)*3", 4000, false),
      ("(zeros(1k))*100", 2048, true),
    ])
  func memory(text: String, free: Int64, fits: Bool) throws {
    let measure = try BurstMeasure(Burst(parsing: text))
    let failure = NotEnoughMemory(for: measure, free: free)
    #expect((failure == nil) == fits)
    #expect(failure.map { "\($0)".contains("\(measure.longestPayload) bytes") } ?? true)
    #expect(NotEnoughMemory(for: measure, free: nil) == nil)
  }

  @Test("What is free is known, and less than there is to address")
  func free() throws {
    let free = try #require(AvailableMemory.bytes)
    #expect(free > 0 && free < 1 << 47)
  }

  @Test("Its files are read, and what cannot be played is refused")
  func reads() throws {
    #expect(try BurstSchedule(playing: Burst(parsing: "@\"/proc/self/status\"")).measure.bytes > 100)
    #expect(throws: FileFailure.self) { try BurstSchedule(playing: Burst(parsing: "@nowhere")) }
    #expect(throws: BurstError.self) {
      try BurstSchedule(playing: Burst(parsing: "@\"/proc/self/status\"*2147483647"))
    }
  }
}
