/// One character cell of a frame.
public struct Cell: Hashable, Sendable {
  /// The scalar shown; 0 in the second cell of a wide glyph.
  public internal(set) var scalar: UInt32
  public internal(set) var style: Style

  static let blank = Cell(scalar: 0x20, style: .text)
}
