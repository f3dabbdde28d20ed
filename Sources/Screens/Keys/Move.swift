/// A step of a cursor, in whichever pane has it; back is negative.
enum Move: Hashable, Sendable {
  case line(Int), side(Int), page(Int)
  case first, last
}
