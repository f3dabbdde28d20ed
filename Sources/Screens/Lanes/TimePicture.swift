import Traffic

extension LanesPicture {
  /// Gaps from this length on are cut, and told. One that is no longer than the others around it is told as well: events
  /// stand side by side, so what is not told cannot be seen.
  private static let shortestCut: Nanoseconds = 1_000_000

  /// Event after event, each as wide as its label; where nothing happened for long, a cut with its length.
  static func inOrder(
    _ events: LaneEvents, _ set: LaneSet, _ subject: LanesSubject, width: Int
  ) -> LanesPicture {
    let all = events.events
    var picture = LanesPicture()
    if all.isEmpty { return picture }
    var column = 0
    var ends: [Int] = []
    var groupStarts: [(column: Int, time: Nanoseconds)] = [(0, all[0].time)]
    for (index, event) in all.enumerated() {
      if index > 0 {
        let gap = event.time - all[index - 1].time
        if gap >= shortestCut {
          let text = Units.duration(gap)
          picture.gaps.append((column..<column + text.count + 4, text))
          column += text.count + 4
          groupStarts.append((column, event.time))
        }
      }
      let width = max(3, SafeText.width(event.label.text) + (event.label.isFramed ? 2 : 1))
      picture.boxes.append(
        LaneBox(lane: event.lane, start: column, width: width, item: event.item, label: event.label))
      column += width
      ends.append(column)
    }
    picture.addWaits(all, ends)
    picture.axis = groupStarts.map { Label(column: $0.column, text: Units.time($0.time)) }
    let box = picture.boxes[events.center]
    let shift = shift(total: column, width: width, start: box.start, end: box.start + box.width)
    picture.addMessages(set, events, picture.boxes.map { $0.start..<$0.start + $0.width }, subject)
    picture.move(by: -shift)
    return picture
  }

  /// From where a recv was called to its box: the columns of what happened meanwhile.
  private mutating func addWaits(_ events: [LaneEvents.Event], _ ends: [Int]) {
    var free: [Int: Int] = [:]
    for (index, event) in events.enumerated() {
      if let called = event.waitedFrom {
        let before = (0..<index).last { events[$0].time <= called }
        let from = max(before.map { ends[$0] } ?? 0, free[event.lane] ?? 0)
        if from < boxes[index].start { waits.append((event.lane, from..<boxes[index].start)) }
      }
      free[event.lane] = ends[index]
    }
  }

  /// Cells to leave out on the left, so that a box is in view with its surroundings.
  static func shift(total: Int, width: Int, start: Int, end: Int) -> Int {
    if total <= width { return 0 }
    return min(max(0, (start + end) / 2 - width / 2), total - width)
  }

  mutating func move(by columns: Int) {
    for index in boxes.indices { boxes[index].start += columns }
    waits = waits.map { ($0.lane, $0.columns.lowerBound + columns..<$0.columns.upperBound + columns) }
    gaps = gaps.map { ($0.columns.lowerBound + columns..<$0.columns.upperBound + columns, $0.text) }
    for index in axis.indices { axis[index].column += columns }
  }
}
