import ArgumentParser
import Recordings
import Reports
import Sockets
import Traffic

/// A lab with the text of its file.
struct LabText {
  let name: String
  let lab: Lab
  /// Nil where it is not, or no longer, what a file has.
  let text: String?

  /// Reads what a user names.
  /// - Throws: `ExitCode` 2, all mistakes said.
  init(named name: String) throws(ExitCode) {
    let bytes = try LabShelf.read(name)
    do { lab = try Lab(parsing: bytes) } catch {
      throw ExitCode(StandardError.say(error.rendered(in: LabShelf.path(of: name)), status: 2))
    }
    guard !lab.lines.isEmpty else {
      throw ExitCode(StandardError.say("\(SafeText.string(name)): no line is a command", status: 2))
    }
    (self.name, text) = (name, String(decoding: bytes, as: UTF8.self))
  }

  /// What is played by that name.
  init(_ lab: Lab, named name: String) {
    (self.lab, self.name) = (lab, name)
    let bytes = try? FileReader.read(LabShelf.path(of: name))
    // Lines may have been given beside it, or the file was changed since.
    text = bytes.flatMap { (try? Lab(parsing: $0)) == lab ? String(decoding: $0, as: UTF8.self) : nil }
  }

  /// As a page, on which nothing has happened yet.
  var handout: Handout {
    let file = name.split(separator: "/").last.map(String.init) ?? name
    let bare = file.hasSuffix(".lab") ? String(file.dropLast(4)) : file
    var handout = Handout(lab, named: bare, text: text)
    handout.isShipped = text != nil && LabShelf.shipped(name) == LabShelf.path(of: name)
    handout.version = recvscopeVersion
    handout.kernel = RecordingOrigin.here(lab).kernel
    return handout
  }
}
