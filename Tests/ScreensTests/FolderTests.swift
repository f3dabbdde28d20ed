import Foundation
import Testing

/// The folders of Sources/Screens, by the names of types alone.
@Suite("Folders")
struct FolderTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Sources/Screens").standardized

  /// What is written in a folder, without comments and without what stands in quotes.
  private struct Folder {
    /// Types that other folders can name.
    var offered: Set<Substring> = []
    /// Those and the types inside of them.
    var declared: Set<Substring> = []
    var named: Set<Substring> = []

    mutating func read(_ line: Substring) {
      let code = (line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line)
        .split(separator: "\"", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 0 }
      let parts = code.flatMap { $0.element.split { !$0.isLetter && !$0.isNumber && $0 != "." && $0 != "_" } }
      for (before, part) in zip(parts, parts.dropFirst())
      where ["struct", "enum", "class"].contains(before) {
        declared.insert(part)
        if line.first != " " { offered.insert(part) }
      }
      // Behind a dot stands a name inside of the type before it.
      for part in parts { if let name = part.split(separator: ".").first { named.insert(name) } }
    }
  }

  /// Which folders each folder knows.
  private static func known() throws -> [String: Set<String>] {
    let files = FileManager.default
    var folders: [String: Folder] = [:]
    for name in try files.contentsOfDirectory(atPath: root.path) {
      for file in try files.contentsOfDirectory(atPath: root.appending(path: name).path) {
        let text = try String(contentsOf: root.appending(path: "\(name)/\(file)"), encoding: .utf8)
        for line in text.split(separator: "\n") { folders[name, default: Folder()].read(line) }
      }
    }
    return folders.mapValues { folder in
      let named = folder.named.subtracting(folder.declared)
      return Set(folders.filter { !$0.value.offered.isDisjoint(with: named) }.keys)
    }
  }

  @Test("No folder knows another that knows it, however far around")
  func circles() throws {
    let known = try Self.known()
    for folder in known.keys {
      var reached = known[folder] ?? []
      while true {
        let further = reached.reduce(reached) { $0.union(known[$1] ?? []) }
        if further == reached { break }
        reached = further
      }
      #expect(!reached.contains(folder), "\(folder) knows \(known[folder] ?? [])")
    }
  }

  @Test("The panes know the model, the model its parts, and a part what stands below it")
  func layers() throws {
    let known = try Self.known()
    for (folder, other) in [
      ("Panes", "Model"), ("Model", "Overlay"), ("Overlay", "Table"), ("Table", "Sockets"),
    ] {
      #expect(known[folder]?.contains(other) == true, "\(folder) and \(other)")
    }
  }
}
