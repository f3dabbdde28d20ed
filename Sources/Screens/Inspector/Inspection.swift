import Traffic

/// An item explained, in lines of a width.
struct Inspection {
  struct Line {
    var label = ""
    var text: String
    var role: Role
    /// Column in the text of the mark of an arrival.
    var arrival: Int?
  }

  static let labelWidth = 10

  let lines: [Line]

  /// - Parameters:
  ///   - item: nil leaves nothing to explain.
  ///   - width: of the pane.
  init(
    _ item: Item?, _ sockets: SocketTable, _ messages: MessageIndex, _ journal: Journal, width: Int
  ) {
    let width = max(8, width - Self.labelWidth - 3)
    switch item {
    case nil: lines = []
    case .record(let record, let sequence)?:
      let entries = RecordEntries(
        record: record, sequence: sequence, sockets: sockets, messages: messages, journal: journal
      ).all
      lines = entries.flatMap { Self.lines($0, record, width: width) }
    case .message(let placed)?:
      let entries = MessageEntries(placed: placed, sockets: sockets, messages: messages, journal: journal).all
      lines = entries.flatMap { Self.lines($0, width: width) }
    }
  }

  private static func lines(_ entry: InspectorEntry, _ record: Record, width: Int) -> [Line] {
    if entry.isPicture {
      guard let picture = TimingPicture(record, width: width) else { return [] }
      return [Line(label: entry.label, text: picture.text, role: .received, arrival: picture.arrival)]
    }
    return lines(entry, width: width)
  }

  private static func lines(_ entry: InspectorEntry, width: Int) -> [Line] {
    Paragraph.lines(entry.text, width: width).enumerated().map { index, text in
      Line(label: index == 0 ? entry.label : "", text: text, role: entry.role)
    }
  }

  /// Lines that can be scrolled away.
  func reach(height: Int) -> Int { max(0, lines.count - height) }
}
