import ArgumentParser
import Traffic

/// `listen ADDRESS …` and `connect ADDRESS …` on the command line are the lab's commands of the same words.
enum SessionLine {
  /// A lab of one line.
  ///
  /// What has ended is closed, as the textbook's loop does, so that these commands come to an end.
  /// - Throws: `ExitCode` 2, the message said.
  static func lab(_ words: [String]) throws(ExitCode) -> Lab {
    let words =
      words.contains("--at-end") || words.contains { $0.hasPrefix("--at-end=") }
      ? words : words + ["--at-end", "close"]
    do {
      let text = words.joined(separator: " ")
      return Lab(lines: [Lab.Line(number: 1, text: text, command: try Command(parsing: words))])
    } catch {
      throw ExitCode(StandardError.say(error.rendered(in: nil), status: 2))
    }
  }

  /// The session's options, from the table that parses them, as help.
  static func help(_ place: OptionRule.Place) -> String {
    let rules = OptionRule.all.filter { $0.places.contains(place) }
    let heads = rules.map { "\($0.word) \($0.value.placeholder)" }
    let width = 24
    let lines = zip(heads, rules).map { head, rule in
      "  " + head + String(repeating: " ", count: max(2, width - head.count)) + rule.meaning
    }
    return "SESSION OPTIONS:\n" + lines.joined(separator: "\n")
  }
}
