import ArgumentParser
import Screens
import Sockets
import Traffic

/// The lessons and labs that ship.
enum LabShelf {
  private static let suffix = ".lab"
  private static let folders: [DataFolder] = [.lessons, .labs]

  /// All of them, lessons first, each kind in an order that teaches.
  static func entries() -> [LabEntry] {
    let record = UserFiles.progress()
    return folders.flatMap { folder in
      names(in: folder).map { name in
        LabEntry(
          name: name, question: question(of: name, in: folder), isLesson: folder == .lessons,
          done: record[name]?.words ?? "")
      }
    }
  }

  /// The path of what a user names: their own file if there is one, else what ships.
  static func path(of name: String) -> String {
    if DataFolder.exists(name) || name.utf8.contains(UInt8(ascii: "/")) { return name }
    return shipped(name) ?? name
  }

  /// The bytes of what a user names.
  /// - Throws: `ExitCode` 2, said with what may have been meant.
  static func read(_ name: String) throws(ExitCode) -> [UInt8] {
    let path = path(of: name)
    do {
      return try FileReader.read(path)
    } catch {
      let hint = DataFolder.exists(path) ? "" : hint(name)
      throw ExitCode(StandardError.say(SafeText.string("\(error)\(hint)"), status: 2))
    }
  }

  /// The path of what ships under a name, which may have the suffix; nil if nothing does.
  static func shipped(_ name: String) -> String? {
    folders.lazy.compactMap { $0.shipped(name, suffix: suffix) }.first
  }

  /// Ready to append to the message that there is none of a name: what may have been meant.
  static func hint(_ name: String) -> String {
    let file = name.split(separator: "/").last.map(String.init) ?? name
    let bare = file.hasSuffix(suffix) ? String(file.dropLast(suffix.count)) : file
    let near = NearestWord.hint(bare, in: folders.flatMap { $0.names(suffix: suffix) })
    return near.isEmpty ? "; `recvscope labs` lists those that ship" : near
  }

  /// In the order of the folder's file `order`; those that it does not name come last.
  private static func names(in folder: DataFolder) -> [String] {
    let names = folder.names(suffix: suffix)
    guard let path = folder.folder, let bytes = try? FileReader.read("\(path)/order") else { return names }
    let order = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
    return order.filter(names.contains) + names.filter { !order.contains($0) }
  }

  /// The first comment, without the name that may stand before it.
  private static func question(of name: String, in folder: DataFolder) -> String {
    let text = folder.shipped(name, suffix: suffix).flatMap { try? FileReader.read($0) }
    return SafeText.string(LabHead(String(decoding: text ?? [], as: UTF8.self), named: name).title)
  }

  // MARK: What was done

  /// Writes it down.
  static func keep(_ progress: LessonProgress) {
    UserFiles.changeProgress { $0.add(progress) }
  }

  /// Forgets what was done of one.
  /// - Returns: why it could not; nil if it is forgotten.
  static func reset(_ name: String) -> String? {
    UserFiles.changeProgress { _ = $0.remove(name) }
  }
}
