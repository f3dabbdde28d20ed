import Screens
import Traffic

/// A lesson of two questions, and what it tells.
enum SampleLesson {
  static let plan: LessonPlan = {
    let lab = try! Lab(  // it has no mistake
      parsing: """
        say "A client sends 5 bytes, waits a tenth of a second, and sends 50 bytes. The server calls recv(10) in a loop."
        ask "What does the first recv(10) return?" 5 | 10 | 55 "55, all that is ever sent, because TCP keeps it together"
        hint "Who tells recv that more is on its way?"
        discuss
        reveal by server.1 recv #1 because "x"
        ask "And then?" 5 10 10 10 10 10 0 | 10 10 10 10 10 5 0
        reveal by server.1 recv because "x"
        """)
    return LessonPlan(lab)!
  }()

  private static let outcomes = [
    LessonOutcome(
      Revelation(
        measure: "recv #1", got: "5",
        reason: "recv(2) returns as soon as anything is there, up to what was asked.",
        right: "5"), choice: 0, sequence: 5),
    LessonOutcome(
      Revelation(
        measure: "recv", got: "5 10 10 10 10 10 0", reason: "Of the 50 bytes each call takes 10.",
        right: "5 10 10 10 10 10 0"), choice: 0, sequence: nil),
    LessonOutcome(
      Revelation(measure: "recv #1", got: "7", reason: "x", right: nil), choice: nil, sequence: nil),
  ]

  static func event(_ text: String) -> LessonEvent? {
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    let rest = words.count > 1 ? words[1] : ""
    switch words[0] {
    case "said": return .said(rest)
    case "asked": return Int(rest).map { .asked($0) }
    case "discussed": return .discussed
    case "stepped": return .stepped
    case "revealed": return Int(rest).map { .revealed(outcomes[$0]) }
    case "ended": return .ended(isWhole: true)
    default: return nil
    }
  }

  static let catalog = [
    LabEntry(
      name: "first-recv", question: "When does recv(10) return?", isLesson: true,
      done: "1 of 2 right, 3 times"),
    LabEntry(name: "waiting", question: "What if nothing is there?", isLesson: true, done: ""),
    LabEntry(name: "recv-race", question: "And without the gap?", isLesson: false, done: "played"),
  ]
}
