import Foundation
import Fuzzing
import Screens
import Testing
@testable import Traffic

@Suite("Screens are as drawn")
struct ScreenTests {
  @Test("A screen is as its file shows it", arguments: ScreenFile.all)
  func screen(file: ScreenFile) throws {
    let text = ScreenFile.planes(of: try file.draw().grid)
    if ProcessInfo.processInfo.environment["RECORD"] != nil { try file.write(text) }
    let wanted = try file.read().screen
    let same = text == wanted
    #expect(same, "\(file.name) is now\n\(text)\nand was\n\(wanted)")
  }

  @Test("There are screens to compare")
  func some() { #expect(ScreenFile.all.count >= 10) }

  @Test(
    "No size is too small or too large to draw",
    arguments: ["empty", "recv-returns", "hostile", "many", "other-kinds", "messages", "watch", "wire"])
  func sizes(name: String) throws {
    let journal = try #require(SampleJournals.journal(named: name))
    let keys: [Chord?] = [
      nil, Chord("O"), Chord("i"), Chord(.tab), Chord(.tab), Chord("?"), Chord("?"), Chord("s"),
      Chord(.escape),
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

  @Test("No keys in any order are too much", arguments: 0..<12)
  func anyKeys(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let names = ["empty", "recv-returns", "hostile", "many", "other-kinds", "messages", "watch", "wire"]
    let journal = try #require(SampleJournals.journal(named: names[Int(seed) % names.count]))
    let chords = KeyMap.standard.flatMap(\.chords).filter { KeyMap().action($0) != .quit }
    let letters = "ab 1\"*:ls".unicodeScalars.map { Chord($0) }
    var model = Model(title: "lab")
    for step in 0..<150 {
      let message: Message
      switch random.next() % 20 {
      case 0: message = .resized(rows: Int(random.next() % 70), columns: Int(random.next() % 220))
      case 1:
        message = .pointer(
          Pointer(
            [.press, .drag, .release, .wheelUp, .wheelDown].randomElement(using: &random) ?? .press,
            row: Int(random.next() % 40), column: Int(random.next() % 130)))
      case 2: message = .key(letters.randomElement(using: &random) ?? Chord(.enter))
      case 3: message = .key(Chord(.escape))
      case 4:
        if step % 3 == 0, let socket = journal.sockets.randomElement(using: &random) {
          SampleJournals.receive(JournalWriter(to: journal), socket, 1...2, asked: 64, "more", queued: 0)
        }
        message = .journalChanged
      default: message = .key(chords.randomElement(using: &random) ?? Chord(.enter))
      }
      _ = model.update(message, journal)
      let grid = view(model, journal).grid
      #expect(grid.cells.count == grid.rows * grid.columns)
    }
  }
}
