import Glibc

/// A bar on standard error while many runs are made; nothing where that is no terminal.
struct ProgressBar {
  private static let width = 30

  private let total: Int
  private let isShown = isatty(STDERR_FILENO) == 1
  private var shown = -1

  init(total: Int) { self.total = total }

  mutating func show(_ done: Int) {
    let filled = done * Self.width / max(1, total)
    guard isShown, filled != shown || done == total else { return }
    shown = filled
    let bar = String(repeating: "█", count: filled) + String(repeating: "·", count: Self.width - filled)
    StandardError.write("\r\(bar) \(done)/\(total)")
    if done == total { clear() }
  }

  /// Puts words in the place of the bar.
  func say(_ words: String) {
    if isShown { StandardError.write("\r\u{1b}[K\(words) …") }
  }

  /// Takes the bar off the line again.
  func clear() {
    if isShown { StandardError.write("\r\u{1b}[K") }
  }
}
