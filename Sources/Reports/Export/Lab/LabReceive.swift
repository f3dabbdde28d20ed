import SystemPackage
import Traffic

/// A call of recv by hand, on its way into a lab.
struct LabReceive {
  let socket: SocketID
  let start: Nanoseconds
  let end: Nanoseconds
  /// How much of the stream must have been sent for it to return.
  let needs: Int64
  /// It told that no more comes.
  let isEnd: Bool
  let isStream: Bool
  private let name: String
  private let asked: UInt32
  private let flags: MessageFlags
  private let foundNothing: Bool
  private let isShort: Bool

  /// - Parameter taken: what calls before it took of the stream.
  init(_ record: Record, _ name: String, taken: Int64) {
    (socket, start, end, self.name) = (record.socket, record.start, record.end, name)
    (asked, flags) = (record.asked, record.flags.subtracting([.noSignal, .more]))
    foundNothing = record.errno?.isPassing == true
    isShort = record.result >= 0 && record.result < record.asked
    isEnd = record.endsReceiving
    isStream = !record.conditions.contains(.datagram)
    needs = record.result > 0 ? taken + Int64(record.result) : 0
  }

  /// The line of the lab. One that found nothing must not wait there for what comes later; one that found something waits for it,
  /// because in the lab it may be early.
  /// - Parameters:
  ///   - hasCause: what it returned is sent before it.
  ///   - hasEnd: so is the end of what comes.
  func line(hasCause: Bool, hasEnd: Bool) -> String {
    var flags = flags
    if foundNothing || !hasCause { flags.insert(.dontWait) } else { flags.remove(.dontWait) }
    // A time-out or a signal may have cut it short, and neither is in the lab.
    if isShort, !hasEnd { flags.remove(.waitAll) }
    let words = flags.names.joined(separator: ",")
    return "recv \(name) \(SizeText.text(Int(asked)))\(words.isEmpty ? "" : " \(words)")"
  }
}
