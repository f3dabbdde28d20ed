import Glibc
import Traffic

/// Where files that ship with the program lie: beside an installation, or in the source tree it was built in.
enum DataFolder: String {
  case lessons
  case labs
  case themes

  /// The folder; nil if there is none.
  var folder: String? { Self.candidates.map { "\($0)/\(rawValue)" }.first { access($0, R_OK) == 0 } }

  /// Where it is looked for, in words.
  var places: String {
    "looked in " + Self.candidates.map { "\($0)/\(rawValue)" }.joined(separator: ", ")
      + ", and for the source tree above the program"
  }

  /// The path of a file named by a user: their own if there is one, else one that ships.
  func path(of name: String, suffix: String) -> String {
    if Self.exists(name) || name.utf8.contains(UInt8(ascii: "/")) { return name }
    return shipped(name, suffix: suffix) ?? name
  }

  /// The path of what ships under a name, which may have the suffix; nil if nothing does.
  func shipped(_ name: String, suffix: String) -> String? {
    let file = name.hasSuffix(suffix) ? name : name + suffix
    guard !file.utf8.contains(UInt8(ascii: "/")), let folder, Self.exists("\(folder)/\(file)") else {
      return nil
    }
    return "\(folder)/\(file)"
  }

  /// Ready to append to the message that there is no file of a name: what ships and may have been meant.
  func hint(_ name: String, suffix: String) -> String {
    let file = name.split(separator: "/").last.map(String.init) ?? name
    let bare = file.hasSuffix(suffix) ? String(file.dropLast(suffix.count)) : file
    let near = NearestWord.hint(bare, in: names(suffix: suffix))
    return near.isEmpty ? "; `recvscope \(rawValue)` lists those that ship" : near
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The names of what ships, without suffix, in order.
  func names(suffix: String) -> [String] {
    guard let folder, let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(suffix) { names.append(String(name.dropLast(suffix.count))) }
    }
    return names.sorted()
  }

  /// `PREFIX/bin/recvscope` has its files in `PREFIX/share/recvscope`; a build has them at the root of the source.
  private static var candidates: [String] {
    guard let program = executable else { return [] }
    var parts = program.split(separator: "/").dropLast()
    var folders = ["/" + (parts.dropLast() + ["share", "recvscope"]).joined(separator: "/")]
    while !parts.isEmpty {
      parts = parts.dropLast()
      let folder = "/" + parts.joined(separator: "/")
      if exists("\(folder)/Package.swift") { folders.append(folder) }
    }
    return folders
  }

  private static var executable: String? {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &path, path.count - 1)
    return count > 0 ? String(decoding: path[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
  }
}
