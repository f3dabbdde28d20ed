import Reports
import Traffic

extension Tally {
  /// A table a socket, the most frequent outcome first, with a bar for its share.
  func table(width: Int) -> String {
    sockets.map { socket in
      let rows = ranked(socket)
      let digits = "\(rows.first?.count ?? 0)".count
      let most = max(20, width - 34)
      let lines = rows.map { row in
        let share = Double(row.count) / Double(runs)
        let bar = String(repeating: "█", count: max(1, Int(share * 20 + 0.5)))
        let percent =
          String(repeating: " ", count: 7 - self.percent(row.count).count) + self.percent(row.count)
        let text = row.results.text
        let results = text.count > most ? text.prefix(most - 1) + "…" : text[...]
        let number = String(repeating: " ", count: digits - "\(row.count)".count) + "\(row.count)"
        return
          "  \(number)  \(percent)  \(bar)\(String(repeating: " ", count: 21 - bar.count))\(results)"
      }
      return "\(socket): recv returned, in \(runs) runs\n\(lines.joined(separator: "\n"))\n"
    }.joined(separator: "\n")
  }

  /// One object a socket and outcome.
  var json: String {
    String { output in
      for socket in sockets {
        for row in ranked(socket) {
          output.beginObject()
          output.add("socket", socket)
          output.add("outcome", row.results.text.split(separator: " ").map(String.init))
          output.add("count", row.count)
          output.add("runs", runs)
          output.endObject()
        }
      }
    }
  }
}
