import Foundation
import Screens
import Testing
import Traffic

/// A drawn screen beside what led to it: `Screens/NAME.screen`.
///
/// Above `----` stand the lines `size COLUMNSxROWS`, `journal NAME`, and any number of `key CHORD…`, `text TYPED`,
/// `paste TEXT`, `click ROW COLUMN`, `drag ROW COLUMN`,
/// `wheel ROW COLUMN LINES`, `lesson EVENT` of `SampleLesson`, `trials NAME` of `SampleTrials`; below it the screen, and below `---- roles` how its cells look: for each row how many cells have
/// which role, and on which paper. `RECORD=1` rewrites what is below.
struct ScreenFile: CustomTestStringConvertible, Sendable {
  struct Mistake: Error { var text: String }

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Screens")

  static var all: [ScreenFile] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".screen") }.sorted().map { ScreenFile(name: $0) }
  }

  let name: String

  var testDescription: String { name }

  private var url: URL { Self.folder.appending(path: name) }

  func read() throws -> (steps: [Substring], screen: String) {
    let text = try String(contentsOf: url, encoding: .utf8)
    guard let line = text.range(of: "----\n") else { throw Mistake(text: "\(name): no ---- line") }
    return (text[..<line.lowerBound].split(separator: "\n"), String(text[line.upperBound...]))
  }

  func write(_ screen: String) throws {
    let steps = try read().steps.joined(separator: "\n")
    try "\(steps)\n----\n\(screen)".write(to: url, atomically: true, encoding: .utf8)
  }

  /// What stands in a grid's cells, and how they look.
  static func planes(of grid: Grid) -> String {
    let roles = (0..<grid.rows).map { row in
      var runs: [(style: Style, count: Int)] = []
      for style in grid.row(row).map(\.style) {
        if runs.last?.style == style { runs[runs.count - 1].count += 1 } else { runs.append((style, 1)) }
      }
      return runs.map { "\($0.count) \(name(of: $0.style))" }.joined(separator: ", ")
    }
    return "\(grid.text)\n---- roles\n\(roles.joined(separator: "\n"))\n"
  }

  private static func name(of style: Style) -> String {
    style.paper == .text ? style.ink.name : "\(style.ink.name) on \(style.paper.name)"
  }

  /// Draws what the steps lead to.
  func draw() throws -> Frame {
    var model = SearchedModel(JournalWriter(wall: 0).journal, Model(title: "recv-returns.lab"))
    for step in try read().steps {
      let words = step.split(separator: " ", maxSplits: 1)
      let rest = words.count > 1 ? String(words[1]) : ""
      if words[0] == "journal" {
        guard let sample = SampleJournals.journal(named: rest) else {
          throw Mistake(text: "no journal \(rest)")
        }
        model.journal = sample
        model.update(.journalChanged)
        continue
      }
      if step == "lesson begin" {
        model.model.begin(
          title: "first-recv", isPlayed: true, bursts: [], lesson: LessonState(SampleLesson.plan))
        continue
      }
      for message in try messages(String(words[0]), rest) { model.update(message) }
    }
    return view(model.model, model.journal)
  }

  private func messages(_ word: String, _ rest: String) throws -> [Message] {
    let numbers = rest.split { $0 == " " || $0 == "x" }.compactMap { Int($0) }
    switch word {
    case "size": return [.resized(rows: numbers[1], columns: numbers[0])]
    case "key":
      return try rest.split(separator: " ").map { key in
        guard let chord = Chord(String(key)) else { throw Mistake(text: "no key \(key)") }
        return .key(chord)
      }
    case "text": return rest.unicodeScalars.map { .key(Chord($0)) }
    case "paste": return [.paste(rest)]
    case "answer": return [.answered(rest)]
    case "click": return [.pointer(Pointer(.press, row: numbers[0], column: numbers[1]))]
    case "drag": return [.pointer(Pointer(.drag, row: numbers[0], column: numbers[1]))]
    case "wheel":
      let act: Pointer.Act = numbers[2] < 0 ? .wheelUp : .wheelDown
      return Array(
        repeating: .pointer(Pointer(act, row: numbers[0], column: numbers[1])), count: abs(numbers[2]))
    case "lesson":
      guard let event = SampleLesson.event(rest) else { throw Mistake(text: "no event \(rest)") }
      return [.lesson(event)]
    case "trials":
      guard let news = SampleTrials.news(rest) else { throw Mistake(text: "no trials \(rest)") }
      return [.trials(news)]
    case "offer": return [.catalog(SampleLesson.catalog), .offerLabs]
    default: throw Mistake(text: "no step \(word)")
    }
  }
}
