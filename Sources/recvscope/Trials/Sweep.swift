import Reports
import Traffic

extension Sweep {
  /// One line a size: calls, calls a second, bytes a second, and a bar for these.
  var table: String {
    let fastest = rows.map(\.rate.bytesPerSecond).max() ?? 1
    let head = "      recv  socket          calls     calls/s        bytes/s\n"
    return head
      + rows.map { row in
        let speed = row.rate.bytesPerSecond
        let columns = [
          Self.right(SizeText.text(row.size), 10), "  ", Self.left(row.socket, 12),
          Self.right(Units.count(row.rate.calls), 9),
          Self.right(Units.count(Int(row.rate.callsPerSecond)), 12),
          Self.right("\(Units.size(Int64(speed)))/s", 15), "  ",
          String(repeating: "█", count: max(1, Int(speed / fastest * 20 + 0.5))),
        ]
        return columns.joined() + "\n"
      }.joined()
  }

  var json: String {
    String { output in
      for row in rows {
        output.beginObject()
        output.add("socket", row.socket)
        output.add("recv", row.size)
        output.add("calls", row.rate.calls)
        output.add("bytes", row.rate.bytes)
        output.add("ns", row.rate.time)
        output.endObject()
      }
    }
  }

  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private static func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
