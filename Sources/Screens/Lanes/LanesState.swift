/// How the lanes are shown.
struct LanesState: Sendable {
  private(set) var mode = LanesMode.time
  /// They are wanted where a window has room for them or the bytes.
  private(set) var standForBytes = false
  /// Each step doubles what is seen, or halves it.
  private(set) var zoom = 0

  /// Shows the next picture.
  /// - Parameter isBesideBytes: the lanes have a place of their own; else the bytes have it back behind the last picture.
  mutating func turn(isBesideBytes: Bool) {
    zoom = 0
    if isBesideBytes || (standForBytes && mode != LanesMode.allCases.last) {
      mode = mode.following
    } else {
      standForBytes.toggle()
      mode = .time
    }
  }

  mutating func zoom(by step: Int) { zoom += step }
}
