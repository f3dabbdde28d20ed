/// One picture of the screen, whole: what a terminal has to show.
public struct Frame: Sendable, Equatable {
  public var grid: Grid
  /// Where the cursor stands; nil hides it.
  public var cursor: Position?

  public struct Position: Sendable, Equatable {
    public var row: Int
    public var column: Int
  }
}
