import Screens

/// The themes that a key goes through: those that ship, and before them the one shown first where it is none of these.
struct ThemeRing {
  private var shown: Theme
  private let first: Theme

  /// - Parameter first: what is shown first.
  init(_ first: Theme) { (shown, self.first) = (first, first) }

  /// The theme behind the one that is shown; what cannot be read is passed over.
  mutating func next() -> Theme {
    let names = DataFolder.themes.names(suffix: ".toml")
    let shipped = names.compactMap { try? ThemeChoice.load($0).theme }
    let themes = shipped.contains(first) ? shipped : [first] + shipped
    let place = themes.firstIndex(of: shown) ?? 0
    shown = themes[(place + 1) % themes.count]
    return shown
  }
}
