/// Where keys may mean something else than among the panes.
public enum KeyContext: CaseIterable, Sendable {
  case panes
  /// While a search is open.
  case finding
  /// While a lesson has the keys.
  case lesson
}

extension Action {
  /// Where its keys count first; elsewhere they do if nothing else has them.
  public var context: KeyContext {
    switch self {
    case .findNext, .findPrevious: .finding
    case .lessonNext, .lessonBack, .lessonSkip, .lessonHint, .lessonUndo: .lesson
    default: .panes
    }
  }
}
