import Traffic

/// The lanes laid out: boxes, gaps and labels with their columns, ready to be drawn and to be clicked.
struct LanesPicture {
  struct Label {
    var column: Int
    var text: String
  }

  /// An edge between chunks: in the lane above, in the lane below, or in both.
  struct Edge {
    /// Lane above.
    var lane: Int
    var column: Int
    var isAbove: Bool
    var isBelow: Bool
  }

  var boxes: [LaneBox] = []
  /// Time that a recv waited before it returned: lane, columns.
  var waits: [(lane: Int, columns: Range<Int>)] = []
  /// When the newest byte of a chunk arrived: lane of the recv, column.
  var arrivals: [(lane: Int, column: Int)] = []
  /// Time in which nothing happened, cut short.
  var gaps: [(columns: Range<Int>, text: String)] = []
  var edges: [Edge] = []
  var axis: [Label] = []

  /// The box at a place.
  func box(lane: Int, column: Int) -> LaneBox? {
    boxes.last { $0.lane == lane && ($0.start..<$0.start + $0.width).contains(column) }
  }
}
