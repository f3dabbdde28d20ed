import Foundation
import Testing
@testable import Screens
@testable import Traffic

/// What the shipped lessons say has room where a class reads it.
@Suite("The pages of the shipped lessons")
struct ShippedLessonPagesTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../lessons").standardized
  static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".lab") }.sorted()

  @Test(
    "Each question and each outcome is whole at 80×24, in big print too", arguments: names, [false, true])
  func room(name: String, isBig: Bool) throws {
    let lab = try Lab(parsing: try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8))
    var state = LessonState(try #require(LessonPlan(lab)))
    let room =
      Layout(
        rows: 24, columns: 80, focus: .lesson, showsInspector: false, lessonLines: 100
      ).lesson?.height ?? 0
    #expect(room == 12 && room == Layout.lessonRows(rows: 24, columns: 80))
    var place = 0
    func check(_ line: Lab.Line) {
      let page = LessonPage.fitting(
        state, KeyMap(), width: Layout.lessonWidth(columns: 80), height: room, isBig: isBig)
      let lines = page.lines.map { $0.spans.map(\.text).joined() }
      #expect(lines.count <= room, "line \(line.number):\n\(lines.joined(separator: "\n"))")
    }
    for line in lab.lines {
      switch line.command {
      case .say(let text): _ = state.take(.said(text))
      case .step:
        _ = state.take(.stepped)
        check(line)
        _ = state.take(.next)
      case .question:
        _ = state.take(.asked(place))
        place += 1
        check(line)
        _ = state.take(.hand(0))
        _ = state.take(.next)
      case .reveal(let reveal):
        let question = try #require(state.question)
        _ = state.take(
          .revealed(
            LessonOutcome(
              Revelation(measure: reveal.measure.text, got: "1234", reason: reveal.reason, right: nil),
              choice: question.choices.count - 1, sequence: nil)))
        check(line)
        _ = state.take(.next)
      default: break
      }
    }
    _ = state.take(.ended(isWhole: true))
    check(try #require(lab.lines.last))
  }
}
