/// Finds where the messages end of what a socket receives, as the bytes come: nothing is kept of them.
public struct MessageEnds: Sendable {
  /// How what is received is cut.
  public let framing: Framing
  private var cutter: MessageCutter
  /// What is sent is cut in the same way: the two ways of HTTP know of each other.
  private let takesSent: Bool
  private var found: [FramedMessage] = []

  /// Nil if nothing that is received is cut.
  public init?(received: FramingChoice?, sent: FramingChoice?) {
    guard let received, let framing = try? Framing(parsing: received.text), framing != .unframed else {
      return nil
    }
    self.framing = framing
    takesSent = sent?.text == received.text
    cutter = MessageCutter(framing, from: { ($0 == .received ? received : sent)?.offset ?? 0 })
  }

  /// - Returns: where the messages lie that the next bytes complete, by their offsets in what is received.
  public mutating func receive(_ bytes: UnsafeRawBufferPointer, at offset: Int64) -> [Range<Int64>] {
    found.removeAll(keepingCapacity: true)
    cutter.take(bytes, .received, at: offset, time: 0, into: &found)
    return ranges
  }

  public mutating func send(_ bytes: UnsafeRawBufferPointer) {
    if takesSent { cutter.take(bytes, .sent, at: cutter.position(of: .sent), time: 0, into: &found) }
  }

  /// The same at the end of what is received.
  public mutating func end(isClean: Bool) -> [Range<Int64>] {
    found.removeAll(keepingCapacity: true)
    cutter.end(.received, isClean: isClean, into: &found)
    return ranges
  }

  /// True where no message can be found any more.
  public var isLost: Bool { cutter.unfinished(.received)?.message.kind == .rest }

  private var ranges: [Range<Int64>] { found.filter { $0.way == .received }.map(\.range) }
}

extension Journal {
  /// Has `ends` take what a socket has received and sent so far.
  /// - Returns: the messages that it received; nil where not all of its bytes are held any more.
  public func catchUp(_ ends: inout MessageEnds, on socket: SocketID) -> [Range<Int64>]? {
    var messages: [Range<Int64>] = []
    let ranks = self.ranks(of: socket)
    if ranks.lowerBound > 0 { return nil }
    for start in stride(from: 0, to: ranks.upperBound, by: 256) {
      for (_, record) in records(of: socket, in: start..<start + 256) where record.result > 0 {
        switch record.kind {
        case .recv where record.takes:
          guard let bytes = payload(of: record) else { return nil }
          messages += bytes.withUnsafeBytes { ends.receive($0, at: record.offset) }
        case .send: payload(of: record)?.withUnsafeBytes { ends.send($0) }
        case .start, .listen, .accept, .connect, .recv, .wait, .shutdown, .close, .option, .mark, .expect,
          .burst, .hold, .release, .drop, .call, .startProgram, .output, .signal, .unseen, .lost,
          .exitProgram, .shake, .cut, .ask, .answer, .reveal, .segment:
          break
        }
      }
    }
    return messages
  }
}
