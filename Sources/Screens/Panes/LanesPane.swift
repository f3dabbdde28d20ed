import Traffic

/// Draws the lanes.
struct LanesPane {
  let model: Model
  let journal: Journal

  func draw(on canvas: Canvas, in rect: Rect) {
    let parts = model.lanesSubject(journal).map { LanesLayout.parts($0, model.lanes, in: rect) } ?? []
    if parts.isEmpty {
      canvas.put(
        "A connection's send() and recv() calls are drawn here.", row: rect.row, column: rect.column + 2,
        style: Style(.muted), clip: rect)
    }
    for (index, part) in parts.enumerated() {
      if index > 0 {
        canvas.put(
          part.lanes.mode.title, row: part.rect.row - 1, column: rect.column + 1, style: Style(.muted),
          clip: rect)
      }
      draw(part.lanes, on: canvas, in: part.rect)
    }
  }

  private func draw(_ lanes: LanesLayout, on canvas: Canvas, in rect: Rect) {
    let area = Rect(
      row: rect.row, column: rect.column + lanes.labelWidth, height: rect.height,
      width: rect.width - lanes.labelWidth - 1)
    for (index, row) in lanes.rows.prefix(rect.height).enumerated() {
      let line = Rect(row: rect.row + index, column: area.column, height: 1, width: area.width)
      switch row {
      case .lane(let lane):
        drawLabel(lanes.set.lanes[lane], row: line.row, on: canvas, in: rect)
        drawLane(lane, lanes, on: canvas, in: line)
      case .arrivals(let lane):
        canvas.put("arrived", row: line.row, column: area.column - 8, style: Style(.laneSegment), clip: rect)
        for arrival in lanes.picture.arrivals where arrival.lane == lane {
          canvas.put(
            "▾", row: line.row, column: line.column + arrival.column, style: Style(.laneSegment), clip: line)
        }
      case .edges(let lane): drawEdges(lane, lanes.picture, on: canvas, in: line)
      case .axis: drawAxis(lanes.picture, on: canvas, in: line)
      case .blank: break
      }
    }
  }

  private func drawLabel(_ lane: Lane, row: Int, on canvas: Canvas, in rect: Rect) {
    let name = model.sockets.name(lane.socket).fitted(to: 18)
    let after = canvas.put(name, row: row, column: rect.column + 1, style: Style(.text), clip: rect)
    canvas.put(
      lane.track.word, row: row, column: max(after + 1, rect.column), style: Style(lane.track.role),
      clip: rect)
  }

  private func drawLane(_ lane: Int, _ lanes: LanesLayout, on canvas: Canvas, in line: Rect) {
    let picture = lanes.picture
    for gap in picture.gaps {
      for column in gap.columns {
        canvas.put("·", row: line.row, column: line.column + column, style: Style(.laneGap), clip: line)
      }
    }
    for wait in picture.waits where wait.lane == lane {
      for column in wait.columns.clamped(to: 0..<line.width) {
        canvas.put("╌", row: line.row, column: line.column + column, style: Style(.muted), clip: line)
      }
    }
    let track = lanes.set.lanes[lane].track
    for box in picture.boxes where box.lane == lane {
      let paper: Role = box.item == model.table.cursor ? .selectedChunk : .text
      canvas.put(
        box.text, row: line.row, column: line.column + box.start,
        style: Style(box.label.role(in: track), on: paper), clip: line)
    }
  }

  private func drawEdges(_ lane: Int, _ picture: LanesPicture, on canvas: Canvas, in line: Rect) {
    for edge in picture.edges where edge.lane == lane {
      let mark = edge.isAbove && edge.isBelow ? "│" : edge.isAbove ? "╵" : "╷"
      let role: Role = edge.isAbove && edge.isBelow ? .muted : .chunkEdge
      canvas.put(mark, row: line.row, column: line.column + edge.column, style: Style(role), clip: line)
    }
  }

  private func drawAxis(_ picture: LanesPicture, on canvas: Canvas, in line: Rect) {
    let gaps = picture.gaps.map {
      (column: $0.columns.lowerBound + 1, text: "\($0.text)", role: Role.warning)
    }
    let labels = picture.axis.map { (column: $0.column, text: $0.text, role: Role.muted) }
    // The lengths of the gaps first: they are the story, and the times only say where.
    var taken: [Range<Int>] = []
    for item in gaps + labels {
      let column = line.column + item.column
      let columns = column..<column + SafeText.width(item.text) + 1
      if columns.lowerBound < line.column || columns.upperBound > line.columns.upperBound + 1 { continue }
      if taken.contains(where: { $0.overlaps(columns) }) { continue }
      taken.append(columns)
      canvas.put(item.text, row: line.row, column: column, style: Style(item.role), clip: line)
    }
  }
}
