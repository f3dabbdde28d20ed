import Traffic

/// The question before leaving, where something would be lost.
struct Leaving: Sendable {
  enum Answer: Sendable { case leave, stay, suspend, redraw, none }

  /// Nothing else was pressed since it was asked: a `y` among other letters is no answer.
  private var isFresh = true

  mutating func take(_ chord: Chord, _ keys: KeyMap) -> Answer {
    defer { isFresh = false }
    switch chord {
    case Chord("y"), Chord("Y"): return isFresh ? .leave : .none
    case Chord("n"), Chord("N"), Chord(.escape), .control("g"): return .stay
    default: break
    }
    switch keys.action(chord) {
    case .quit?: return .leave
    case .suspend?: return .suspend
    case .redraw?: return .redraw
    case let action: return action == .cancel ? .stay : .none
    }
  }
}
