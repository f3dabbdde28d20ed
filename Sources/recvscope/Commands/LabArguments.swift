import ArgumentParser
import Sockets
import Traffic

/// The lab that a command plays: a file, and lines given on the command line after it.
struct LabArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp("A lab file, or the name of one that ships: see `recvscope labs`.", valueName: "LAB"))
  var lab: String?

  @Option(name: .customShort("e"), help: ArgumentHelp("A lab line; may be given again.", valueName: "LINE"))
  var lines: [String] = []

  /// Reads and parses.
  /// - Throws: `ExitCode` 2, the message said.
  func load() throws(ExitCode) -> Lab {
    var lab = Lab()
    if let name = self.lab {
      let path = DataFolder.labs.path(of: name, suffix: ".lab")
      do {
        lab = try parsed(try FileReader.read(path), in: path)
      } catch let failure as FileFailure {
        let hint = DataFolder.exists(path) ? "" : DataFolder.labs.hint(name, suffix: ".lab")
        throw ExitCode(StandardError.say(SafeText.string(failure.description + hint), status: 2))
      } catch let status as ExitCode {
        throw status
      } catch {
        throw ExitCode(StandardError.say(SafeText.string("\(error)"), status: 2))
      }
    }
    for (index, line) in lines.enumerated() {
      lab.lines += try parsed(Array(line.utf8), in: "-e", firstLine: index + 1).lines
    }
    return lab
  }

  /// - Parameter firstLine: the number that the text's first line has, for messages.
  private func parsed(_ text: [UInt8], in file: String, firstLine: Int = 1) throws(ExitCode) -> Lab {
    do {
      var lab = try Lab(parsing: text)
      for index in lab.lines.indices { lab.lines[index].number += firstLine - 1 }
      return lab
    } catch {
      var error = error
      error.line += firstLine - 1
      throw ExitCode(StandardError.say(error.rendered(in: file), status: 2))
    }
  }
}
