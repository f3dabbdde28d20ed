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
    var rest = Lab()
    var ofRest = LabMistakes()
    for (index, line) in lines.enumerated() {
      rest.append(parsing: Array(line.utf8), firstLine: index + 1, &ofRest)
    }
    rest.checkEnd(&ofRest)
    if !ofRest.isEmpty { mistakes.append(ofRest.rendered(in: "-e")) }
    guard mistakes.isEmpty else { throw ExitCode(StandardError.say(mistakes.joined(), status: 2)) }
    lab.lines += rest.lines
    return lab
  }
}
