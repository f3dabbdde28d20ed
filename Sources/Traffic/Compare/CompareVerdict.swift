/// What the sockets of two runs come to beside each other.
public struct CompareVerdict: Sendable, Equatable {
  /// Sockets whose calls return the same at the same places.
  public private(set) var same = 0
  /// Sockets whose calls do not.
  public private(set) var different = 0
  /// Sockets, among both, whose bytes are other ones.
  public private(set) var otherBytes = 0
  /// Sockets with bytes that only one of the runs has.
  public private(set) var alone = 0

  public init() {}

  public var hasSameSizes: Bool { different == 0 && alone == 0 }

  public mutating func add(_ comparison: SocketComparison) {
    if comparison.isSame { same += 1 } else { different += 1 }
    if !comparison.hasSameBytes { otherBytes += 1 }
  }

  /// Counts a socket that only one run has, if it received anything.
  public mutating func addAlone(_ totals: SocketTotals) { if totals.receivedBytes > 0 { alone += 1 } }

  /// All of it in a sentence.
  public var sentence: String {
    let count = same + different
    func sockets(_ count: Int) -> String { "\(Units.count(count)) socket\(count == 1 ? "" : "s")" }
    var parts: [String] = []
    if count == 0 {
      parts.append("no socket that both have received anything")
    } else if different == 0 {
      parts.append("no call differs on \(sockets(count))")
    } else {
      parts.append("\(Units.count(different)) of \(sockets(count)) cut differently")
    }
    if otherBytes > 0 { parts.append("\(Units.count(otherBytes)) with other bytes") }
    if alone > 0 { parts.append("\(Units.count(alone)) that only one run has") }
    let text = parts.joined(separator: ", ")
    return text.prefix(1).uppercased() + text.dropFirst() + "."
  }
}
