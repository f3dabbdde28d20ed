import Traffic

/// The lanes of the socket in view, with their rows: for drawing, and to find what was clicked.
struct LanesView {
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

  /// What the pane shows, from the top: the picture that was chosen and, where that one is of time, both sides are there and
  /// there is room for a title and all of it, the same bytes by offset. Empty if there is no connection to show.
  static func parts(_ model: Model, _ journal: Journal, in rect: Rect) -> [(lanes: LanesView, rect: Rect)] {
    guard let chosen = LanesView(model, journal, width: rect.width, height: rect.height) else { return [] }
    let used = chosen.rows.count + 1
    let rest = Rect(
      row: rect.row + used, column: rect.column, height: max(0, rect.height - used), width: rect.width)
    guard chosen.mode != .offset, chosen.set.ways.contains(where: { $0.count > 1 }),
      groups(chosen.set, .offset).joined().count < rest.height,
      let below = LanesView(model, journal, as: .offset, width: rest.width, height: rest.height)
    else { return [(chosen, rect)] }
    return [(chosen, rect), (below, rest)]
  }

  /// Nil if there is no connection to show.
  /// - Parameter mode: nil for the chosen one, with its zoom.
  init?(_ model: Model, _ journal: Journal, as mode: LanesMode? = nil, width: Int, height: Int) {
    guard let socket = model.lanesSocket else { return nil }
    let zoom = mode == nil ? model.lanesZoom : 0
    let mode = mode ?? model.lanesMode
    self.mode = mode
    set = LaneSet(socket, model.sockets)
    let lanes = set.lanes
    if lanes.isEmpty { return nil }
    labelWidth = min(18, lanes.map { SafeText.width(model.sockets.name($0.socket)) }.max() ?? 0) + 7
    let room = max(1, width - labelWidth - 1)
    let ways = set.ways
    let cursorWay = model.current?.stretch.flatMap { stretch in
      ways.firstIndex { $0.contains(Lane(socket: stretch.socket, direction: stretch.direction)) }
    }
    rows = Self.rows(Self.groups(set, mode), height: height, way: cursorWay ?? 0)
    switch mode {
    case .time, .scale:
      let sequence = model.table.cursor.sequence
      let reach = mode == .time ? room / 2 : 1000
      let events = LaneEvents(lanes, around: sequence, reach: reach, journal, end: model.frozenAt)
      picture =
        mode == .time
        ? .inOrder(events, width: room) : .toScale(events, width: room, zoom: zoom)
    case .offset:
      picture = .byOffset(
        set, stream: { model.sockets.stream(of: $0.socket, $0.direction, in: journal) },
        cursor: model.bytes.selected,
        way: cursorWay ?? 0, width: room, zoom: zoom)
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
        if mode == .scale, way[index].direction == .received { group.append(.arrivals(lane + index)) }
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

  /// The item whose box is beside the cursor's, in its lane or in another, by the order of the items.
  func neighbor(of item: Item.ID, by step: Int) -> Item.ID? {
    let items = picture.boxes.map(\.item).sorted()
    return step < 0 ? items.last { $0 < item } : items.first { $0 > item }
  }
}
