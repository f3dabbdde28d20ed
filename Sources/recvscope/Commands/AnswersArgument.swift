import ArgumentParser
import Labs
import Traffic

/// `--answers 2,1,3`
extension WrittenAnswers {
  static func read(_ text: String) throws -> [Int] {
    let words = text.split(separator: ",", omittingEmptySubsequences: false)
    let answers = words.compactMap { Int($0) }
    guard answers.count == words.count else {
      throw ValidationError("expected numbers of choices with commas between them, such as 2,1,3")
    }
    return answers
  }

  /// - Throws: `ExitCode` 2, the reason said, if a lab's questions cannot be answered so.
  static func check(_ answers: [Int], _ lab: Lab) throws(ExitCode) {
    guard let mistake = mistake(in: answers, to: LessonPlan(lab)) else { return }
    throw ExitCode(StandardError.say("--answers: \(mistake)", status: 2))
  }
}
