@testable import Screens
import Testing
import Traffic

@Suite("A burst that is played is seen")
struct PlayingTests {
  private let journal = SampleJournals.recvReturns()

  private func burst(_ sends: Int, of total: Int?, isPaused: Bool = false) -> PlayingBurst {
    PlayingBurst(
      socket: SocketID(2), name: "client", number: 3, sends: sends, totalSends: total,
      bytes: Int64(sends) * 10,
      totalBytes: nil, time: Nanoseconds(sends) * 100_000_000,
      length: total.map { Nanoseconds($0) * 100_000_000 },
      isPaused: isPaused, queued: 1)
  }

  private func model(_ bursts: [PlayingBurst], columns: Int = 120) -> Model {
    var model = Model(title: "lab")
    _ = model.update(.resized(rows: 36, columns: columns), journal)
    _ = model.update(.playing(bursts), journal)
    return model
  }

  @Test("The line tells who plays, how far it is, and which keys stop it")
  func line() {
    let text = view(model([burst(5, of: 10)]), journal).grid.text
    #expect(
      text.contains(
        "client plays burst 3  ████████░░░░░░░░  5 of 10 sends, 50 B, 500.0 ms of 1 s, 1 wait behind it"))
    #expect(text.contains("P pauses  ^X stops"))
    let unknown = view(model([burst(5, of: nil, isPaused: true)]), journal).grid.text
    #expect(unknown.contains("client pauses in burst 3  5 sends, 50 B, 500.0 ms, 1 wait behind it"))
    #expect(unknown.contains("P goes on"))
    #expect(view(model([burst(5, of: 10)], columns: 80), journal).grid.text.contains("^X stops"))
  }

  @Test("The keys pause, go on with and stop what is played, and are off while nothing is")
  func keys() {
    var playing = model([burst(5, of: 10)])
    #expect(playing.update(.key(Chord("P")), journal) == [.perform(.burst("client", .pause))])
    #expect(playing.update(.key(.control("x")), journal) == [.perform(.burst("client", .stop))])
    var paused = model([burst(5, of: 10, isPaused: true)])
    #expect(paused.update(.key(Chord("P")), journal) == [.perform(.burst("client", .resume))])
    var idle = model([])
    #expect(idle.update(.key(.control("x")), journal) == [])
    #expect(view(idle, journal).grid.text.contains("no burst is being played"))
  }
}
