import Traffic

/// Sends of one socket that become one burst of a lab.
struct LabSends {
  /// What one line holds at most.
  private static let most = (count: 200, bytes: 32 << 10)

  let name: String
  /// Where a datagram goes that does not go to the socket's own peer.
  let target: String?
  private var sends = RecordedSends()
  private(set) var latest: Nanoseconds

  init(_ name: String, _ target: String?, _ bytes: LabBytes, at time: Nanoseconds, _ flag: SendFlag?) {
    (self.name, self.target, latest) = (name, target, time)
    append(bytes, at: time, flag)
  }

  mutating func append(_ bytes: LabBytes, at time: Nanoseconds, _ flag: SendFlag?) {
    sends.append(bytes.payload, count: bytes.count, start: time, flag: flag)
    latest = time
  }

  func takes(_ name: String, _ target: String?, bytes: Int) -> Bool {
    self.name == name && self.target == target && sends.count < Self.most.count
      && sends.bytes + bytes <= Self.most.bytes
  }

  /// It takes time to play.
  var hasPauses: Bool { sends.count > 1 }

  /// The line of the lab, without its newline.
  var line: String { "send \(name)\(target.map { " to \($0)" } ?? "") \(sends.burst?.text ?? "")" }
}
