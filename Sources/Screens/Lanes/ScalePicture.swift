import Traffic

extension LanesPicture {
  /// Time to scale: a tick where each call returned, its bytes behind it where there is room.
  /// - Parameter zoom: each step halves the time on screen.
  static func toScale(
    _ events: LaneEvents, _ set: LaneSet, _ subject: LanesSubject, width: Int, zoom: Int
  ) -> LanesPicture {
    let all = events.events
    var picture = LanesPicture()
    guard let first = all.first, let last = all.last, width > 4 else { return picture }
    let whole = max(1, last.time - first.time)
    let cells = Int64(width - 4)
    let perCell = max(1, (whole / cells + 1) >> Int64(min(62, max(0, zoom))))
    let center = all[events.center].time
    let start =
      perCell * cells >= whole
      ? first.time
      : min(max(first.time, center - perCell * cells / 2), last.time - perCell * cells)
    var taken: [Int: Int] = [:]
    for event in all {
      if let arrived = event.arrived, arrived >= start, (arrived - start) / perCell < Int64(width) {
        picture.arrivals.append((event.lane, Int((arrived - start) / perCell)))
      }
      let time = event.time - start
      guard time >= 0, time / perCell < Int64(width) else { continue }
      let column = Int(time / perCell)
      if let called = event.waitedFrom, called < event.time {
        let from = max(0, Int(max(0, called - start) / perCell))
        if from < column { picture.waits.append((event.lane, from..<column)) }
      }
      if let place = taken[event.lane], picture.boxes[place].start == column {
        if event.label.isTick, event.item != all[events.center].item { continue }
        if picture.boxes[place].label.isTick {
          (picture.boxes[place].item, picture.boxes[place].label) = (event.item, event.label)
          continue
        }
        picture.boxes[place].form = .crowd
        if event.item == all[events.center].item { picture.boxes[place].item = event.item }
        continue
      }
      taken[event.lane] = picture.boxes.count
      picture.boxes.append(
        LaneBox(
          lane: event.lane, start: column, width: 1, item: event.item, label: event.label, form: .mark))
    }
    picture.addSizes(width)
    let columns = all.map { event in
      let column = Int(min(Int64(width), max(-1, (event.time - start) / perCell)))
      return column..<column + 1
    }
    picture.addMessages(set, events, columns, subject)
    picture.addAxis(start, perCell, width)
    return picture
  }

  /// Widens a tick by its size in bytes where nothing else stands.
  private mutating func addSizes(_ width: Int) {
    var next: [Int: Int] = [:]
    for index in boxes.indices.reversed() {
      let box = boxes[index]
      let free = (next[box.lane] ?? width) - box.start
      if box.form == .mark, let text = box.label.markedText, SafeText.width(text) < free {
        (boxes[index].form, boxes[index].width) = (.markedText, SafeText.width(text))
      }
      next[box.lane] = box.start
    }
  }

  private mutating func addAxis(_ start: Nanoseconds, _ perCell: Nanoseconds, _ width: Int) {
    let step = Self.roundTime(atLeast: perCell * 14)
    let first = (start + step - 1) / step * step
    for time in stride(from: first, to: start + perCell * Int64(width - 10), by: Int(step)) {
      axis.append(Label(column: Int((time - start) / perCell), text: Units.time(time)))
    }
  }

  /// The next of 1, 2, 5, 10, 20, 50, … ns.
  static func roundTime(atLeast time: Nanoseconds) -> Nanoseconds {
    var power: Nanoseconds = 1
    while power <= time / 10 { power *= 10 }
    return [power, power * 2, power * 5].first { $0 >= time } ?? power * 10
  }
}
