/// How the lanes are shown.
struct LanesState: Sendable {
  private(set) var mode = LanesMode.time
  /// Each step doubles what is seen, or halves it.
  private(set) var zoom = 0

  /// Shows the next picture.
  mutating func turn() { (mode, zoom) = (mode.following, 0) }

  mutating func zoom(by step: Int) { zoom += step }
}
