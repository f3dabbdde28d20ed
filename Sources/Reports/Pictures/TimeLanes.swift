import Traffic

/// Lanes by time: each event has a place of its own, in the order in which they happened, and pauses are told.
struct TimeLanes {
  private struct Place {
    var lane: Int
    var event: LaneEvent
    var isOdd: Bool
    var x = 0.0
    /// A pause before it, and where that begins.
    var pause: (text: String, x: Double, width: Double)?
  }

  /// Pauses from here on are told.
  private static let pause: Nanoseconds = 1_000_000
  private static let space = 5.0

  private let drawing: LaneDrawing
  private let lanes: [LaneTrack]
  private let start: Double
  /// Events in lines from the top.
  private var bands: [[Place]] = [[]]

  init(_ drawing: LaneDrawing) {
    self.drawing = drawing
    lanes = drawing.ways.flatMap { $0 }
    start = drawing.labelWidth
    var places: [Place] = []
    for (lane, track) in lanes.enumerated() {
      var isOdd = false
      for event in track.events {
        places.append(Place(lane: lane, event: event, isOdd: isOdd))
        if !event.bytes.isEmpty { isOdd.toggle() }
      }
    }
    places.sort { ($0.event.time, $0.event.sequence, $0.lane) < ($1.event.time, $1.event.sequence, $1.lane) }
    layOut(places)
  }

  private mutating func layOut(_ places: [Place]) {
    var x = start + Self.space
    var last: Nanoseconds?
    for var place in places {
      var pauseText: String?
      if let last, place.event.time - last >= Self.pause {
        pauseText = Units.duration(place.event.time - last)
      }
      last = place.event.time
      let pauseWidth = pauseText.map { LaneMetrics.width(of: $0) + 22 } ?? 0
      if x + pauseWidth + place.event.width > LaneMetrics.width - 2, bands[bands.count - 1].count > 0 {
        bands.append([])
        x = start + Self.space
      }
      if let pauseText {
        place.pause = (pauseText, x, pauseWidth)
        x += pauseWidth
      }
      place.x = x
      x += place.event.width + Self.space
      bands[bands.count - 1].append(place)
    }
  }

  private var bandHeight: Double {
    Double(lanes.count) * LaneMetrics.lane + Double(drawing.ways.count - 1) * LaneMetrics.way
      + LaneMetrics.axis
  }

  /// The middle of a lane in its line.
  private func middle(_ lane: Int) -> Double {
    var before = 0
    var way = 0
    while way < drawing.ways.count - 1, lane >= before + drawing.ways[way].count {
      before += drawing.ways[way].count
      way += 1
    }
    return (Double(lane) + 0.5) * LaneMetrics.lane + Double(way) * LaneMetrics.way
  }

  func write(to output: inout ByteBuffer) {
    let height = Double(bands.count) * (bandHeight + LaneMetrics.band) - LaneMetrics.band
    let names = lanes.map { "\($0.name) \($0.kind.word)" }.joined(separator: ", ")
    LaneDrawing.begin(height: height, "Lanes by time: \(names)", to: &output)
    for (number, band) in bands.enumerated() {
      write(band, top: Double(number) * (bandHeight + LaneMetrics.band), to: &output)
    }
    output.append("</svg>\n")
  }

  private func write(_ band: [Place], top: Double, to output: inout ByteBuffer) {
    let end = (band.last.map { $0.x + $0.event.width } ?? start) + Self.space
    for (lane, track) in lanes.enumerated() {
      LaneDrawing.addLane(track, from: start, to: end, y: top + middle(lane), to: &output)
    }
    output.append("\n")
    let bottom = top + bandHeight - LaneMetrics.axis
    for place in band {
      guard let (text, x, width) = place.pause else { continue }
      output.addBox("gap", x: x + 3, y: top + 2, width: width - 10, height: bottom - top - 2)
      output.addText("gaptext", x: x + (width - 4) / 2, y: (top + bottom) / 2 + 4, anchor: "middle", text)
    }
    for place in band { write(place, band, top: top, to: &output) }
    writeAxis(band, y: bottom + 14, to: &output)
    output.append("\n")
  }

  private func write(_ place: Place, _ band: [Place], top: Double, to output: inout ByteBuffer) {
    let event = place.event
    let y = top + middle(place.lane)
    if let from = event.waitedFrom {
      let begin = x(at: from, band, before: place)
      if place.x - begin > 3 { output.addLine("wait", from: (begin, y), to: (place.x, y)) }
    }
    let shade = event.look == .received && place.isOdd ? " odd" : ""
    output.addBox(
      "\(event.look.rawValue)\(shade)", x: place.x, y: y - LaneMetrics.box / 2, width: event.width,
      height: LaneMetrics.box, title: "\(Units.time(event.time))  \(event.title)")
    output.addText(
      "label", x: place.x + event.width / 2, y: y + 4, anchor: "middle", event.label)
  }

  /// Where in a line a time lies: behind all that had happened by then, and not before the lane's event before.
  private func x(at time: Nanoseconds, _ band: [Place], before place: Place) -> Double {
    var x = start
    for other in band where other.event.time <= time || other.lane == place.lane {
      if other.x >= place.x { break }
      x = max(x, other.x + other.event.width + 1)
    }
    return min(x, place.x)
  }

  /// Times below the first event of a line and behind each pause, as far as there is room.
  private func writeAxis(_ band: [Place], y: Double, to output: inout ByteBuffer) {
    var end = start - 20
    for (number, place) in band.enumerated() where number == 0 || place.pause != nil {
      let text = Units.time(place.event.time)
      let width = LaneMetrics.width(of: text)
      let x = min(place.x, LaneMetrics.width - width)
      if x < end + 10 { continue }
      output.addText("axis", x: x, y: y, text)
      end = x + width
    }
  }
}
