import Glibc

/// Where files that ship with the program lie: beside an installation, or in the source tree it was built in.
enum DataFolder: String {
  case labs
  case themes

  /// The folder; nil if there is none.
  var folder: String? { Self.candidates.map { "\($0)/\(rawValue)" }.first { access($0, R_OK) == 0 } }

  /// The path of a file named by a user: their own if there is one, else one that ships.
  func path(of name: String, suffix: String) -> String {
    if access(name, F_OK) == 0 || name.utf8.contains(UInt8(ascii: "/")) { return name }
    let file = name.hasSuffix(suffix) ? name : name + suffix
    guard let folder, access("\(folder)/\(file)", F_OK) == 0 else { return name }
    return "\(folder)/\(file)"
  }

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
      if access("\(folder)/Package.swift", F_OK) == 0 { folders.append(folder) }
    }
    return folders
  }

  private static var executable: String? {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &path, path.count - 1)
    return count > 0 ? String(decoding: path[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
  }
}
