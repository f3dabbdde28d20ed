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

  let set: LaneSet
  let picture: LanesPicture
  let rows: [Row]
  /// Cells of the names on the left.
  let labelWidth: Int

  /// Nil if there is no connection to show.
  init?(_ model: Model, _ journal: Journal, width: Int, height: Int) {
    guard let socket = model.lanesSocket else { return nil }
    set = LaneSet(socket, model.sockets)
    let lanes = set.lanes
    if lanes.isEmpty { return nil }
    labelWidth = min(18, lanes.map { SafeText.width(model.sockets.name($0.socket)) }.max() ?? 0) + 7
    let room = max(1, width - labelWidth - 1)
    let ways = set.ways
    let cursorWay = model.cursorRecord.flatMap { row in
      Direction(row.record.kind).flatMap { direction in
        ways.firstIndex { $0.contains(Lane(socket: row.record.socket, direction: direction)) }
      }
    }
    rows = Self.rows(set, model.lanesMode, height: height, way: cursorWay ?? 0)
    switch model.lanesMode {
    case .time, .scale:
      let sequence = model.table.cursor
      let reach = model.lanesMode == .time ? room / 2 : 1000
      let events = LaneEvents(lanes, around: sequence, reach: reach, journal, end: model.frozenAt)
      picture =
        model.lanesMode == .time
        ? .inOrder(events, width: room) : .toScale(events, width: room, zoom: model.lanesZoom)
    case .offset:
      picture = .byOffset(
        set, journal, cursor: model.bytes.selected, way: cursorWay ?? 0, width: room, zoom: model.lanesZoom)
    }
  }

  private static func rows(_ set: LaneSet, _ mode: LanesMode, height: Int, way: Int) -> [Row] {
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
    let spaced = Array(groups.joined(separator: [.blank])) + [.axis]
    if spaced.count <= height { return spaced }
    let dense = groups.flatMap { $0 } + [.axis]
    if dense.count <= height { return dense }
    return Array((groups[min(way, groups.count - 1)] + [.axis]).prefix(max(0, height)))
  }

  /// The record whose box is at a place of the pane.
  func sequence(row: Int, column: Int) -> Int? {
    guard rows.indices.contains(row), case .lane(let lane) = rows[row] else { return nil }
    return picture.box(lane: lane, column: column - labelWidth)?.sequence
  }

  /// The box beside the cursor's in its lane or in another, by the order of the records.
  func neighbor(of sequence: Int, by step: Int) -> Int? {
    let sequences = picture.boxes.map(\.sequence).sorted()
    return step < 0 ? sequences.last { $0 < sequence } : sequences.first { $0 > sequence }
  }
}
