import CLinux
import Testing
@testable import Traffic

@testable import Sockets

@Suite struct RunClockTests {
  @Test("a stamp of the wall clock comes out on the run's clock")
  func converts() {
    let clock = RunClock()
    let end = clock.origin + 5_000_000
    // 3 ms after the start of the run, by the wall clock of its start.
    #expect(clock.arrival(stamp: clock.wall + 3_000_000, before: end) == 3_000_000)
  }

  @Test("an arrival before the start of the run is negative, since the bytes were there already")
  func before() {
    let clock = RunClock()
    #expect(clock.arrival(stamp: clock.wall - 1_000, before: clock.origin + 1_000) == -1_000)
  }

  @Test(
    "a stamp after the call's end is unknown, and neither late nor negative",
    arguments: [1_000_000_000, 3_600_000_000_000])
  func future(step: Nanoseconds) {
    let clock = RunClock()
    let end = clock.origin + 1_000_000
    #expect(clock.arrival(stamp: clock.wall + 1_000_000 + step, before: end) == nil)
  }

  @Test("time goes on from 0")
  func now() {
    let clock = RunClock()
    let first = clock.now
    #expect(first >= 0)
    #expect(clock.now >= first)
  }
}
