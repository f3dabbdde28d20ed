import Screens
import Testing

@testable import Traffic

@Suite("A way of a relay that is held")
struct HeldTests {
  private static func model(_ journal: Journal) -> Model {
    var model = Model(title: "relay")
    _ = model.update(.journalChanged, journal)
    _ = model.update(.resized(rows: 60, columns: 200), journal)
    // Everything, server, server.1, relay, relay.1.client
    for _ in 0..<4 { _ = model.update(.key(Chord("n")), journal) }
    return model
  }

  @Test("its state is asked for, and what waits is told beneath the bytes")
  func told() throws {
    let journal = SampleJournals.relay()
    var model = Self.model(journal)
    let socket = try #require(journal.socket(named: "relay.1.client"))
    #expect(model.watched == socket)
    var state = KernelState()
    let newest = journal.extent.records.upperBound - 1
    state.held = [HeldPiece(from: newest...newest, bytes: Array("held".utf8)[...])]
    _ = model.update(.kernelState(state), journal)
    let text = view(model, journal).grid.text
    #expect(text.contains("1 piece is held; : release relay.1 up 1 lets the last one go, H all"))
    _ = model.update(.key(Chord("i")), journal)
    #expect(view(model, journal).grid.text.contains("held       1 \"held\""))
  }

  @Test("H lets go what is held, and holds what is not; no other socket can be held")
  func keys() throws {
    let journal = SampleJournals.relay()
    var model = Self.model(journal)
    #expect(
      model.update(.key(Chord("H")), journal) == [.perform(.release("relay.1", .up, Release(), with: nil))])
    _ = model.update(.key(Chord("n")), journal)
    #expect(
      model.update(.key(Chord("H")), journal) == [
        .perform(.hold("relay.1", .down, messages: false, limit: nil))
      ])
    _ = model.update(.key(Chord("n")), journal)
    #expect(model.update(.key(Chord("H")), journal) == [])
    #expect(view(model, journal).grid.text.contains("client is no socket of a relay's pair"))
  }
}
