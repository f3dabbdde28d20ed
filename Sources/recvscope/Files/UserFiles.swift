import Glibc
import Screens
import Sockets
import SystemPackage
import Traffic

/// The user's own files: configuration and lines typed before, in the folders of the XDG Base Directory Specification.
enum UserFiles {
  /// The configuration; an empty one if there is none.
  static func configuration() throws(SettingsError) -> Configuration {
    let path = path("XDG_CONFIG_HOME", ".config", "config.toml")
    guard let path, let text = try settings(path) else { return Configuration() }
    return try ConfigurationFile.configuration(text, file: path)
  }

  /// Lines typed at prompts in earlier runs, as `HistoryFile` has them.
  static func history() -> [String] {
    guard let path = historyPath, let text = read(path) else { return [] }
    return HistoryFile.lines(text)
  }

  /// Keeps what was typed for later runs, beside what other workbenches kept meanwhile. What cannot be kept is lost: that is
  /// no reason to disturb anybody.
  /// - Parameters:
  ///   - lines: of the history at the end of the run.
  ///   - before: what `history` gave at its beginning.
  static func keep(history lines: [String], since before: [String]) {
    guard let path = historyPath else { return }
    UserFile(path).change { file in
      guard let kept = HistoryFile.merged(history(), before: before, after: lines) else { return }
      try? file.replace(by: kept.joined(separator: "\n") + "\n")
    }
  }

  /// The user's bursts; none if there is no file.
  static func bursts() throws(SettingsError) -> [NamedBurst] {
    guard let path = burstsPath, let text = try settings(path) else { return [] }
    return try BurstsFile.bursts(text, file: path)
  }

  /// Changes the user's file of bursts as it is now: another workbench may have changed it meanwhile.
  /// - Returns: why it is as it was, or nil.
  static func save(_ change: BurstLibrary.Change) -> String? {
    guard let path = burstsPath else { return "not saved: HOME is not set" }
    return UserFile(path).change { file in
      do throws(SettingsError) {
        let changed = try BurstsText.text(try settings(path) ?? "", applying: change, file: path)
        do throws(Errno) { try file.replace(by: changed) } catch {
          return "not saved: \(path): \(error.name)"
        }
        return nil
      } catch {
        return "not saved: \(error.text)"
      }
    }
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

  /// The text of a file; nil if there is none.
  private static func settings(_ path: String) throws(SettingsError) -> String? {
    guard access(path, F_OK) == 0 else { return nil }
    let bytes: [UInt8]
    do throws(FileFailure) { bytes = try FileReader.read(path, limit: SettingsText.mostBytes) } catch {
      throw SettingsError(file: path, message: error.reason)
    }
    return try SettingsText.text(bytes, file: path)
  }

  /// What was done of lessons and labs.
  static func progress() -> LessonRecord {
    progressPath.flatMap(read).map { LessonRecord(parsing: $0) } ?? LessonRecord()
  }

  /// Changes that as it is now: another workbench may have changed it meanwhile.
  /// - Returns: why it is as it was, or nil.
  @discardableResult
  static func changeProgress(_ change: (inout LessonRecord) -> Void) -> String? {
    guard let path = progressPath else { return "not kept: HOME is not set" }
    return UserFile(path).change { file in
      let before = progress()
      var record = before
      change(&record)
      if record == before { return nil }
      do throws(Errno) { try file.replace(by: record.text) } catch {
        return "not kept: \(path): \(error.name)"
      }
      return nil
    }
  }

  private static var progressPath: String? { path("XDG_STATE_HOME", ".local/state", "lessons") }
  private static var burstsPath: String? { path("XDG_CONFIG_HOME", ".config", "bursts.toml") }
  private static var historyPath: String? { path("XDG_STATE_HOME", ".local/state", "history") }

  private static func path(_ variable: String, _ standard: String, _ name: String) -> String? {
    if let folder = getenv(variable).map({ String(cString: $0) }), folder.hasPrefix("/") {
      return "\(folder)/recvscope/\(name)"
    }
    return getenv("HOME").map { "\(String(cString: $0))/\(standard)/recvscope/\(name)" }
  }

  private static func read(_ path: String) -> String? {
    (try? FileReader.read(path)).map { String(decoding: $0, as: UTF8.self) }
  }
}
