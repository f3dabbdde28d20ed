import Testing

@testable import Screens
@testable import Traffic

@Suite("The wire on screen")
struct WireTests {
  @Test("W captures the wire, and no longer, and the title says that it does")
  func toggles() {
    let journal = SampleJournals.wire()
    var model = Model(title: "lab")
    _ = model.update(.resized(rows: 24, columns: 80), journal)
    func title() -> String { String(view(model, journal).grid.text.prefix { $0 != "\n" }) }
    #expect(!title().contains("wire"))
    #expect(model.update(.key(Chord("W")), journal) == [.perform(.wire(true))])
    #expect(model.notice?.text.contains("from now on") == true)
    _ = model.update(.capturing(true), journal)
    #expect(title().contains("  wire  "))
    #expect(model.update(.key(Chord("W")), journal) == [.perform(.wire(false))])
    _ = model.update(.capturing(false), journal)
    #expect(!title().contains("wire"))
  }
}
