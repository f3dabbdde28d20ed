import Traffic

/// The lanes of a connection with their rows: for drawing, and to find what was clicked.
struct LanesLayout {
  enum Row: Equatable {
    case lane(Int)
    /// When the bytes of this lane's chunks arrived.
    case arrivals(Int)
    /// Edges between the lane with this number and the one below it.
    case edges(Int)
    case blank
    case axis
  }

  let mode: LanesMode
  let set: LaneSet
  let picture: LanesPicture
  let rows: [Row]
  /// Cells of the names on the left.
  let labelWidth: Int

  /// What there is room for, from the top: the picture that was chosen and, where that one is of time, a way has lanes to
  /// compare and there is room for a title and all of it, the same bytes by offset. Empty if there is no lane.
  static func parts(
    _ subject: LanesSubject, _ state: LanesState, in rect: Rect
  ) -> [(lanes: LanesLayout, rect: Rect)] {
    guard let chosen = LanesLayout(subject, state, width: rect.width, height: rect.height) else { return [] }
    let used = chosen.rows.count + 1
    let rest = Rect(
      row: rect.row + used, column: rect.column, height: max(0, rect.height - used), width: rect.width)
    guard chosen.mode != .offset, chosen.set.ways.contains(where: { $0.count > 1 }),
      groups(chosen.set, .offset).joined().count < rest.height,
      let below = LanesLayout(subject, .offset, zoom: 0, width: rest.width, height: rest.height)
    else { return [(chosen, rect)] }
    return [(chosen, rect), (below, rest)]
  }

  /// The picture that was chosen; nil if there is no lane.
  init?(_ subject: LanesSubject, _ state: LanesState, width: Int, height: Int) {
    self.init(subject, state.mode, zoom: state.zoom, width: width, height: height)
  }

  private init?(_ subject: LanesSubject, _ mode: LanesMode, zoom: Int, width: Int, height: Int) {
    self.mode = mode
    set = LaneSet(subject.socket, subject.sockets, subject.messages)
    let lanes = set.lanes
    if lanes.isEmpty { return nil }
    labelWidth = min(18, lanes.map { SafeText.width(subject.sockets.name($0.socket)) }.max() ?? 0) + 7
    let room = max(1, width - labelWidth - 1)
    let way = set.way(of: subject.item) ?? 0
    rows = Self.rows(Self.groups(set, mode), height: height, way: way)
    switch mode {
    case .time, .scale:
      let events = LaneEvents(
        lanes, around: subject.item.id,
        // Among the calls of a socket lie its segments, and those of the other way.
        reach: (mode == .time ? room / 2 : 1000) * (lanes.contains(where: \.track.isWire) ? 4 : 1),
        subject.journal, end: subject.end)
      picture =
        mode == .time
        ? .inOrder(events, set, subject, width: room)
        : .toScale(events, set, subject, width: room, zoom: zoom)
    case .offset:
      picture = .byOffset(
        set, subject, way: way, width: room, zoom: zoom)
    }
  }

  /// The lanes of each way, from the top.
  private static func groups(_ set: LaneSet, _ mode: LanesMode) -> [[Row]] {
    var groups: [[Row]] = []
    var lane = 0
    for way in set.ways {
      var group: [Row] = []
      for index in way.indices {
        if index > 0, mode == .offset { group.append(.edges(lane + index - 1)) }
        if mode == .scale, way[index].track == .chunks { group.append(.arrivals(lane + index)) }
        group.append(.lane(lane + index))
      }
      groups.append(group)
      lane += way.count
    }
    return groups
  }

  private static func rows(_ groups: [[Row]], height: Int, way: Int) -> [Row] {
    let spaced = Array(groups.joined(separator: [.blank])) + [.axis]
    if spaced.count <= height { return spaced }
    let dense = groups.flatMap { $0 } + [.axis]
    if dense.count <= height { return dense }
    return Array((groups[min(way, groups.count - 1)] + [.axis]).prefix(max(0, height)))
  }

  /// The item whose box is at a place of the pane.
  func item(row: Int, column: Int) -> Item.ID? {
    guard rows.indices.contains(row), case .lane(let lane) = rows[row] else { return nil }
    return picture.box(lane: lane, column: column - labelWidth)?.item
  }

  /// The item whose box is beside that of another, in its lane or not, by the order of the items.
  func neighbor(of item: Item.ID, by step: Int) -> Item.ID? {
    let items = picture.boxes.map(\.item).sorted()
    return step < 0 ? items.last { $0 < item } : items.first { $0 > item }
  }
}
