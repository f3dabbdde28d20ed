import Reports
import Sockets
import Traffic

/// A lab run once for each of several recv sizes.
struct Sweep {
  /// What one size gave on one socket.
  struct Row {
    var size: Int
    var socket: String
    var rate: Trial.Rate
  }

  var sizes: [Int]
  var rows: [Row] = []

  /// Reads `recv=1,10,100,1k,64k`. Nil if it is something else.
  init?(parsing text: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0] == "recv" else { return nil }
    let words = parts[1].split(separator: ",", omittingEmptySubsequences: false)
    sizes = words.compactMap { try? SizeText.parse(String($0)) }.filter { $0 > 0 }
    guard sizes.count == words.count else { return nil }
  }

  /// The lab with another size for every socket that receives.
  static func lab(_ lab: Lab, size: Int) -> Lab {
    Lab(
      lines: lab.lines.map { line in
        var line = line
        switch line.command {
        case .listen(let address, var options):
          options.policy.size = size
          line.command = .listen(address, options)
        case .connect(let address, var options):
          options.policy.size = size
          line.command = .connect(address, options)
        default: break
        }
        return line
      })
  }

  mutating func add(_ trial: Trial, size: Int) {
    for (socket, rate) in trial.rates.sorted(by: { $0.key < $1.key }) where rate.bytes > 0 {
      rows.append(Row(size: size, socket: socket, rate: rate))
    }
  }

  /// One line a size: calls, calls a second, bytes a second, and a bar for these.
  var table: String {
    let fastest = rows.map { $0.perSecond(Double($0.rate.bytes)) }.max() ?? 1
    let head = "      recv  socket          calls     calls/s        bytes/s\n"
    return head
      + rows.map { row in
        let speed = row.perSecond(Double(row.rate.bytes))
        let columns = [
          Self.right(SizeText.text(row.size), 10), "  ", Self.left(row.socket, 12),
          Self.right(Units.count(row.rate.calls), 9),
          Self.right(Units.count(Int(row.perSecond(Double(row.rate.calls)))), 12),
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

extension Sweep.Row {
  func perSecond(_ amount: Double) -> Double { amount / Double(max(1, rate.time)) * 1e9 }
}
