import ArgumentParser
import Traffic

/// `listen ADDRESS …` and `connect ADDRESS …` on the command line are the lab's commands of the same words.
enum SessionLine {
  /// A lab of one line.
  ///
  /// - Parameter atEnd: holds unless the words say something else.
  /// - Throws: `ExitCode` 2, the message said.
  static func lab(_ words: [String], atEnd: SessionOptions.AtEnd) throws(ExitCode) -> Lab {
    var command: Command
    do {
      command = try Command(parsing: words)
    } catch {
      throw ExitCode(StandardError.say(error.rendered(in: nil), status: 2))
    }
    // A lab of one line has no session whose name could stand for its address.
    if case .connect(.session(let name), _) = command {
      throw ExitCode(StandardError.say("connect \(name): a host needs a port: \(name):80", status: 2))
    }
    if !words.contains(where: { $0.hasPrefix("--at-end") }) {
      switch command {
      case .listen(let address, var options):
        options.atEnd = atEnd
        command = .listen(address, options)
      case .connect(let address, var options):
        options.atEnd = atEnd
        command = .connect(address, options)
      default: break  // only these two are built from words
      }
    }
    return Lab(lines: [Lab.Line(number: 1, text: words.joined(separator: " "), command: command)])
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
