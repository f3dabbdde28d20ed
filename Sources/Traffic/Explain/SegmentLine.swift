extension ByteBuffer {
  /// What the wire carried, in one line: `sent 5 B  PSH ACK  seq 1  ack 1  window 65 536`.
  /// - Parameter marksFirst: what is cut off at the end of a row is what every segment has.
  mutating func append(segment record: Record, marksFirst: Bool) {
    guard let segment = record.segment, let way = record.wireWay else { return }
    if marksFirst, !segment.isDatagram, !segment.marks.isEmpty {
      append(text: segment.marks.phrases.joined(separator: ", "))
      append("  ")
    }
    append(text: way.word)
    append(" ")
    append(number: segment.length)
    append(" B")
    if segment.isDatagram {
      append(segment.marks.contains(.fragment) ? "  fragment of a datagram" : "  datagram")
      return
    }
    append("  ")
    append(text: segment.flags.names.joined(separator: " "))
    append("  seq ")
    append(known: segment.sequence)
    if segment.flags.contains(.ack) {
      append("  ack ")
      append(known: segment.acknowledgement)
    }
    append("  window ")
    append(known: segment.window)
    for mark in marksFirst ? [] : segment.marks.phrases {
      append(", ")
      append(text: mark)
    }
  }

  private mutating func append(known number: Int64?) {
    if let number { append(number: number) } else { append("—") }
  }
}

extension SegmentMarks {
  /// Its names for people: with blanks, as Wireshark writes them.
  var phrases: [String] {
    names.map { name in
      name.split(separator: "-").map { $0 == "ack" ? "ACK" : String($0) }.joined(separator: " ")
    }
  }
}
