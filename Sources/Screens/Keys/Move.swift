/// A step of a cursor, in whichever part has it; back is negative.
enum Move: Hashable, Sendable {
  case line(Int), side(Int), page(Int)
  case first, last
}

extension Action {
  /// The step that it is; nil if it is none.
  var move: Move? { Self.moves[self] }

  private static let moves: [Action: Move] = [
    .up: .line(-1), .down: .line(1), .left: .side(-1), .right: .side(1), .pageUp: .page(-1),
    .pageDown: .page(1), .first: .first, .follow: .last,
  ]
}
