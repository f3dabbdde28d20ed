import Testing
import Traffic

@testable import Screens

@Suite("Before leaving")
struct LeavingTests {
  private static func screen(_ model: Model, _ journal: Journal) -> [String] {
    view(model, journal).grid.text.split(separator: "\n").map(String.init)
  }

  @Test("What is lost is told: records, bytes, open sockets, and a burst under way")
  func loss() {
    let journal = SampleJournals.recvReturns()
    var model = press("", journal).model
    let burst = PlayingBurst(
      socket: SocketID(1), name: "server.1", number: 7, sends: 1, totalSends: 2, bytes: 1, totalBytes: 2,
      time: 1, length: 2, isPaused: false, queued: 0)
    _ = model.update(.playing([burst]), journal)
    #expect(model.update(.key(Chord("q")), journal) == [])
    let records = journal.extent.records.count - 1
    let open = journal.summary.openSockets
    let screen = Self.screen(model, journal)
    #expect(
      screen[34].contains(
        "Leave? This loses \(records) records with 110 B, closes \(open) open sockets, cuts burst 7 short"
      ))
    #expect(screen[35].contains("y leaves  n stays"))
    _ = model.update(.key(Chord("n")), journal)
    #expect(!Self.screen(model, journal)[34].contains("Leave?"))
  }

  @Test("What was saved is told with its size, and is no loss; what came since then is")
  func saved() {
    let journal = SampleJournals.recvReturns()
    var model = press("", journal).model
    let end = journal.extent.records.upperBound
    _ = model.update(.written("wrote run.rscope: 16 KiB", kept: end - 2), journal)
    #expect(Self.screen(model, journal)[34].contains("wrote run.rscope: 16 KiB"))
    #expect(model.update(.key(Chord("q")), journal) == [])
    #expect(Self.screen(model, journal)[34].contains("This loses 2 records"))
    _ = model.update(.key(Chord("n")), journal)
    _ = model.update(.written("wrote run.rscope: 16 KiB", kept: end), journal)
    _ = model.update(.written("wrote run.csv: 1 KiB", kept: nil), journal)
    _ = model.update(.key(Chord("q")), journal)
    #expect(!Self.screen(model, journal)[34].contains("This loses"))
    // Of another run in the same window nothing is in a file.
    model.begin(title: "again", isPlayed: true, bursts: [], lesson: nil)
    _ = model.update(.journalChanged, journal)
    _ = model.update(.key(Chord("q")), journal)
    #expect(Self.screen(model, journal)[34].contains("This loses"))
  }

  @Test("What is counted as being written is what its own message ends")
  func ofFile() {
    #expect(!Message.written("wrote run.csv", kept: nil).isOfFile)
  }

  @Test("Programs that end with it are named, and those that go on")
  func programs() {
    let journal = SampleJournals.watch()
    let model = press("q", journal).model
    #expect(Self.screen(model, journal)[34].contains("Leave? This ends server, leaves client running, loses"))
  }

  @Test("Where nothing is lost nothing is asked")
  func nothingLost() {
    #expect(press("q", JournalWriter(wall: 0).journal).effects == [.quit])
  }

  @Test("A setting says that it is never asked")
  func never() throws {
    let configuration = try ConfigurationFile.configuration("confirm-quit = \"never\"", file: "config.toml")
    let journal = SampleJournals.recvReturns()
    var model = Model(title: "lab", configuration: configuration)
    _ = model.update(.resized(rows: 36, columns: 120), journal)
    #expect(model.update(.key(Chord("q")), journal) == [.quit])
  }

  @Test("What is pasted is no answer")
  func paste() {
    let journal = SampleJournals.recvReturns()
    var model = press("q", journal).model
    #expect(model.update(.paste("y", isEntered: true), journal) == [])
    #expect(model.update(.key(Chord("y")), journal) == [.quit])
  }
}
