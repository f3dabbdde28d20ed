import Glibc

/// Files that are named where no shell expands their names.
public enum HomePath {
  /// `~/` is the home folder, as shells have it.
  public static func expanded(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
    return String(cString: home) + path.dropFirst(1)
  }
}
