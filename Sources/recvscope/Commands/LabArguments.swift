import ArgumentParser
import Traffic

/// The lab that a command plays: a file, and lines given on the command line after it.
struct LabArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "A lab or lesson: a file, or the name of one that ships, see `recvscope labs`.", valueName: "LAB"))
  var lab: String?

  @Option(name: .customShort("e"), help: ArgumentHelp("A lab line; may be given again.", valueName: "LINE"))
  var lines: [String] = []

  /// Reads and parses.
  /// - Throws: `ExitCode` 2, all mistakes said.
  func load() throws(ExitCode) -> Lab {
    var lab = Lab()
    var mistakes: [String] = []
    if let name = self.lab {
      let path = LabShelf.path(of: name)
      let text = try LabShelf.read(name)
      do { lab = try Lab(parsing: text) } catch { mistakes.append(error.rendered(in: path)) }
    }
    let rest = Self.read(lines)
    if let mistake = rest.mistake { mistakes.append(mistake) }
    guard mistakes.isEmpty else { throw ExitCode(StandardError.say(mistakes.joined(), status: 2)) }
    lab.lines += rest.lab.lines
    return lab
  }

  /// What -e gave.
  private static func read(_ lines: [String]) -> (lab: Lab, mistake: String?) {
    var lab = Lab()
    var mistakes = LabMistakes()
    for (index, line) in lines.enumerated() {
      lab.append(parsing: Array(line.utf8), firstLine: index + 1, &mistakes)
    }
    lab.checkEnd(&mistakes)
    return (lab, mistakes.isEmpty ? nil : mistakes.rendered(in: "-e"))
  }

  /// The same where nothing is played but these lines.
  static func load(_ lines: [String]) throws(ExitCode) -> Lab {
    let (lab, mistake) = read(lines)
    if let mistake { throw ExitCode(StandardError.say(mistake, status: 2)) }
    return lab
  }
}
