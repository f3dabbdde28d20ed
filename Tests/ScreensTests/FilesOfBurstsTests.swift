import Testing
import Traffic

@testable import Screens

@Suite("Files that a burst sends are looked at")
struct FilesOfBurstsTests {
  private let journal = SampleJournals.recvReturns()

  private func type(_ text: String, in model: inout Model) -> [Effect] {
    text.unicodeScalars.reduce([]) { $0 + model.update(.key(Chord($1)), journal) }
  }

  private func bottom(_ model: Model) -> String {
    view(model, journal).grid.text.split(separator: "\n").last.map(String.init) ?? ""
  }

  @Test(
    "The prompt tells the size of each file, and why one cannot be sent", arguments: ["s", ": send client "])
  func prompt(open: String) {
    var model = press("", journal).model
    _ = type(open, in: &model)
    var effects = type("@ab 5ms @ab", in: &model)
    // Each name once, while it grows; none of them again.
    #expect(effects == [.lookAt(["a"]), .lookAt(["ab"])])
    #expect(bottom(model).contains("? B, pause 5 ms, ? B: 2 sends"))
    _ = model.update(.looked(["ab": .size(55), "other": .size(1)]), journal)
    #expect(bottom(model).contains("55 B, pause 5 ms, 55 B: 2 sends in 5 ms; @ab has 55 B"))
    effects = type(" @no", in: &model)
    _ = model.update(.looked(["no": .failed("No such file or directory")]), journal)
    #expect(bottom(model).contains("@no: No such file or directory"))
    #expect(model.overlay?.prompt?.missesFiles == true)
  }

  @Test("A prompt that is opened anew looks anew")
  func anew() {
    var model = press("s", journal).model
    #expect(type("@a", in: &model) == [.lookAt(["a"])])
    for key in [Chord(.escape), Chord("s")] as [Chord] { _ = model.update(.key(key), journal) }
    #expect(type("@a", in: &model) == [.lookAt(["a"])])
    // What comes late for another line changes nothing in it.
    _ = model.update(.key(Chord(.escape)), journal)
    _ = model.update(.looked(["a": .size(1)]), journal)
    #expect(model.notice == nil)
  }

  @Test(
    "What a key sends is told with the size as soon as that is known, unless something else is told by then")
  func key() throws {
    let burst = try NamedBurst(BurstLabel(parsing: "F1 file"), text: "@data")
    var model = Model(title: "lab", bursts: BurstLibrary(own: [burst]))
    _ = model.update(.resized(rows: 36, columns: 120), journal)
    _ = model.update(.journalChanged, journal)
    let effects = model.update(.key(Chord(.function(1))), journal)
    #expect(effects == [.lookAt(["data"]), .perform(.send("server.1", burst.burst))])
    #expect(model.notice?.text == "F1 file → server.1   ? B: 1 send")
    let before = model
    _ = model.update(.looked(["data": .size(7)]), journal)
    #expect(model.notice?.text == "F1 file → server.1   7 B: 1 send; @data has 7 B")
    var later = before
    later.say("something else")
    _ = later.update(.looked(["data": .size(7)]), journal)
    #expect(later.notice?.text == "something else")
  }
}
