/// Something the mouse did, with the cell it did it on.
public struct Pointer: Hashable, Sendable {
  public enum Act: Sendable { case press, release, drag, wheelUp, wheelDown }

  public var act: Act
  public var row: Int
  public var column: Int

  public init(_ act: Act, row: Int, column: Int) {
    self.act = act
    self.row = row
    self.column = column
  }
}
