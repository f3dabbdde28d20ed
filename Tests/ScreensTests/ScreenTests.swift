import Foundation
import Screens
import Testing
import Traffic

@Suite("Screens are as drawn")
struct ScreenTests {
  @Test("A screen is as its file shows it", arguments: ScreenFile.all)
  func screen(file: ScreenFile) throws {
    let text = try file.draw().grid.text + "\n"
    if ProcessInfo.processInfo.environment["RECORD"] != nil { try file.write(text) }
    let wanted = try file.read().screen
    let same = text == wanted
    #expect(same, "\(file.name) is now\n\(text)\nand was\n\(wanted)")
  }

  @Test("There are screens to compare")
  func some() { #expect(ScreenFile.all.count >= 10) }

  @Test(
    "No size is too small or too large to draw",
    arguments: ["empty", "recv-returns", "hostile", "many", "other-kinds"])
  func sizes(name: String) throws {
    let journal = try #require(SampleJournals.journal(named: name))
    let keys: [Chord?] = [
      nil, Chord("i"), Chord(.tab), Chord(.tab), Chord("?"), Chord("?"), Chord("s"), Chord(.escape),
      Chord(":"),
    ]
    for (rows, columns) in [
      (1, 1), (2, 200), (8, 30), (10, 40), (24, 80), (36, 99), (36, 100), (60, 200), (200, 500),
    ] {
      var model = Model(title: "a title that is longer than the room there is for it")
      _ = model.update(.journalChanged, journal)
      _ = model.update(.resized(rows: rows, columns: columns), journal)
      for key in keys {
        if let key { _ = model.update(.key(key), journal) }
        let grid = view(model, journal).grid
        #expect(grid.rows == rows && grid.columns == columns)
      }
    }
  }
}
