/// A few rows of a comparison, to be drawn: those around the first difference, or the first ones.
public struct ComparedScene: Sendable, Equatable {
  /// Rows before the first difference.
  private static let before = 3
  /// A picture has room for no more.
  private static let most = 64

  private var first: [ComparedRow] = []
  private var last: [ComparedRow] = []
  private var around: [ComparedRow] = []
  /// Rows before the first difference; nil while there is none.
  private var place: Int?
  private var count = 0

  init() {}

  mutating func add(_ row: ComparedRow) {
    if first.count < Self.most { first.append(row) }
    if place == nil {
      if row.isSame {
        last.append(row)
        if last.count > Self.before { last.removeFirst() }
      } else {
        place = count
        around = last
      }
    }
    if place != nil, around.count < Self.most { around.append(row) }
    count += 1
  }

  /// True if it begins behind the first call.
  public var isCutBefore: Bool { (place ?? 0) > 2 * Self.before }

  public var rows: [ComparedRow] { isCutBefore ? around : first }

  /// True if more comes than it holds.
  public var isCutBehind: Bool {
    count > (isCutBefore ? (place ?? 0) - Self.before + around.count : first.count)
  }
}
