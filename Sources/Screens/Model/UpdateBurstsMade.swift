import Traffic

/// Bursts made of what passed already: of sends, and of bytes.
extension Model {
  /// What a line can hold and be edited in.
  private static let mostSends = 200
  private static let mostBytes = 4 << 10

  /// The socket whose sends are made a burst: the chosen one, else the one that sends would go to, else the first that
  /// has sent.
  var recalled: SocketID? {
    if let chosen { return chosen }
    let hasSent = { (socket: SocketID) in sockets.totals(socket).map { $0.sends > 0 } ?? false }
    if let sendTarget, hasSent(sendTarget) { return sendTarget }
    return sockets.ids.first(where: hasSent) ?? sendTarget
  }

  /// Opens the send prompt with what the socket sent, from the mark on if there is one.
  mutating func recallSends(_ journal: Journal) {
    guard let socket = recalled else { return }
    var sends = RecordedSends()
    var (left, lost) = (0, 0)
    let ranks = journal.ranks(of: socket)
    for start in stride(from: ranks.lowerBound, to: ranks.upperBound, by: 1024) {
      for (_, record) in journal.records(of: socket, in: start..<min(start + 1024, ranks.upperBound))
      where isRecalled(record) {
        guard let payload = journal.payload(of: record) else {
          lost += 1
          continue
        }
        if left > 0 || sends.count == Self.mostSends || sends.bytes + payload.count > Self.mostBytes {
          left += 1
        } else {
          sends.append(payload, start: record.start, flag: SendFlag(record.flags))
        }
      }
    }
    let name = sockets.name(socket)
    guard let burst = sends.burst else {
      let why = left > 0 ? "its first send is too long for a line" : "nothing held was sent from the mark on"
      notice = Notice(kind: .note, text: "\(name): \(why)")
      return
    }
    openSendPrompt(burst.text, to: socket)
    var words = "\(sends.count) send\(sends.count == 1 ? "" : "s") of \(name)"
    if table.moments.mark != nil { words += " from the mark on" }
    if lost > 0 { words += "; \(lost) before it no longer held" }
    if left > 0 { words += "; \(left) more find no room in a line" }
    notice = Notice(kind: .note, text: words)
  }

  /// Bytes went out, and not before the mark; what failed took nothing along.
  private func isRecalled(_ record: Record) -> Bool {
    guard record.kind == .send, record.end >= table.moments.mark ?? .min else { return false }
    return record.result > 0 || (record.result == 0 && record.asked == 0)
  }

  /// Opens the send prompt with the selected bytes, or those of the record under the cursor, as one send.
  mutating func recallBytes(_ journal: Journal) {
    guard let source = copySource else { return }
    var pieces = source.pieces(journal)
    guard let bytes = pieces.next(limit: Self.mostBytes) else {
      notice = Notice(kind: .error, text: "these bytes are no longer held")
      return
    }
    openSendPrompt(Burst(steps: [.send(Payload(shortestFor: bytes))]).text)
    let isCut = Int64(bytes.count) + pieces.missing < source.count
    let count = isCut ? "the first \(bytes.count) of \(source.count)" : "\(bytes.count)"
    let way = self.bytes.direction == .received ? "received" : "sent"
    let missing = pieces.missing > 0 ? "; \(pieces.missing) B are no longer held and left out" : ""
    notice = Notice(
      kind: .note, text: "\(count) B \(way) by \(sockets.name(self.bytes.socket))\(missing)")
  }
}
