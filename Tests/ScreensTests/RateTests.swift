@testable import Screens
import Testing
@testable import Traffic

@Suite("Rates")
struct RateTests {
  private static func journal() -> Journal { SampleJournals.recvReturns() }

  private func receive(_ journal: Journal, _ count: Int, at time: Nanoseconds) {
    let text = String(repeating: "x", count: count)
    SampleJournals.receive(
      JournalWriter(to: journal), SocketID(1), time - 10...time, asked: 4096, text, queued: 0)
  }

  @Test(
    "What came between two looks is divided by the time between them, and falls to nothing when nothing comes"
  )
  func rate() {
    let journal = Self.journal()
    var meter = RateMeter()
    meter.look(journal, at: 5_000_000_000)
    #expect(
      meter.rate(SocketID(1)) == RateMeter.Rate() && meter.receivedInAll == 0,
      "what came before the first look took unknown time")
    receive(journal, 1000, at: 1_000_000_000)
    meter.look(journal, at: 5_500_000_000)
    #expect(meter.rate(SocketID(1)) == RateMeter.Rate(received: 2000, sent: 0))
    #expect(meter.isRunning)
    meter.look(journal, at: 6_000_000_000)
    #expect(meter.rate(SocketID(1)).text == "")
    #expect(!meter.isRunning, "nothing flows: no further look is needed")
    receive(journal, 1000, at: 9_000_000_000)
    meter.look(journal, at: 60_000_000_000)
    #expect(meter.rate(SocketID(1)).received == 0, "after a rest the span is no measure")
    #expect(meter.isRunning)
  }

  @Test("The list and the title show what flows")
  func shown() {
    let journal = Self.journal()
    var model = Model(title: "lab")
    _ = model.update(.resized(rows: 36, columns: 120), journal)
    _ = model.update(.clock(1_000_000_000), journal)
    receive(journal, 1024, at: 1_000_000_000)
    _ = model.update(.clock(1_500_000_000), journal)
    let text = view(model, journal).grid.text
    #expect(text.contains("server.1 ↓2048 B/s"))
    #expect(text.contains("2048 B/s   memory"))
    #expect(model.wantsClock)
    _ = model.update(.clock(2_000_000_000), journal)
    #expect(!view(model, journal).grid.text.contains("B/s"))
  }
}
