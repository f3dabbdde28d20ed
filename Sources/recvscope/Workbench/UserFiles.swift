import Glibc
import Screens
import Sockets

/// The user's own files: configuration and lines typed before, in the folders of the XDG Base Directory Specification.
enum UserFiles {
  /// The configuration; an empty one if there is none.
  static func configuration() throws(SettingsError) -> Configuration {
    guard let path = path("XDG_CONFIG_HOME", ".config", "config.toml"), let text = read(path) else {
      return Configuration()
    }
    return try ConfigurationFile.configuration(text, file: path)
  }

  /// Lines typed at prompts in earlier runs, oldest first: `:` or `>` for the prompt, then the line.
  static func history() -> [String] {
    guard let path = historyPath, let text = read(path) else { return [] }
    return text.split(separator: "\n").map(String.init)
  }

  /// Keeps the lines for later runs. What cannot be kept is lost: that is no reason to disturb anybody.
  static func keep(history lines: [String]) {
    guard let path = historyPath, !lines.isEmpty else { return }
    makeFolders(of: path)
    let temporary = path + ".new"
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { return }
    let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
    let isWritten = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) } == bytes.count
    close(file)
    if isWritten { rename(temporary, path) } else { unlink(temporary) }
  }

  /// The names in a folder, those of folders with a `/` behind; nil if it cannot be read.
  static func names(in folder: String) -> [String]? {
    guard let stream = opendir(folder) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      // A name that is no text cannot be typed.
      guard let name, name != ".", name != ".." else { continue }
      var status = stat()
      let isFolder = stat("\(folder)/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      names.append(isFolder ? name + "/" : name)
    }
    return names
  }

  private static var historyPath: String? { path("XDG_STATE_HOME", ".local/state", "history") }

  private static func path(_ variable: String, _ standard: String, _ name: String) -> String? {
    if let folder = getenv(variable).map({ String(cString: $0) }), folder.hasPrefix("/") {
      return "\(folder)/recvscope/\(name)"
    }
    return getenv("HOME").map { "\(String(cString: $0))/\(standard)/recvscope/\(name)" }
  }

  private static func makeFolders(of path: String) {
    var folder = ""
    for part in path.split(separator: "/").dropLast() {
      folder += "/\(part)"
      mkdir(folder, 0o700)
    }
  }

  private static func read(_ path: String) -> String? {
    (try? FileReader.read(path)).map { String(decoding: $0, as: UTF8.self) }
  }
}
