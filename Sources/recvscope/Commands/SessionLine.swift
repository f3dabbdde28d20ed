import ArgumentParser
import Traffic

/// `listen ADDRESS …`, `connect ADDRESS …` and `relay LISTEN TARGET …` on the command line are the lab's commands of the same words.
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
    switch command {
    case .connect(.session(let name), _), .relay(_, .session(let name), _):
      throw ExitCode(
        StandardError.say("\(words.first ?? "") \(name): a host needs a port: \(name):80", status: 2))
    default: break
    }
    if !words.contains(where: { $0.hasPrefix("--at-end") }) {
      switch command {
      case .listen(let address, var options):
        options.atEnd = atEnd
        command = .listen(address, options)
      case .connect(let address, var options):
        options.atEnd = atEnd
        command = .connect(address, options)
      default: break  // a relay closes its pairs by itself
      }
    }
    return Lab(lines: [Lab.Line(number: 1, text: words.joined(separator: " "), command: command)])
  }

  /// The session's options, from the table that parses them, as help.
  static func help(_ place: OptionRule.Place) -> String {
    let rules = OptionRule.all.filter { $0.places.contains(place) }
    let heads = rules.map { "\($0.word) \($0.placeholder(in: place))" }
    let width = 24
    let lines = zip(heads, rules).map { head, rule in
      "  " + head + String(repeating: " ", count: max(2, width - head.count)) + rule.meaning(in: place)
    }
    return "SESSION OPTIONS:\n" + lines.joined(separator: "\n")
  }
}
