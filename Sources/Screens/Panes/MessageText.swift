import Traffic

/// A message as a row of the table: below the call that completed it.
struct MessageText: RowCells {
  let placed: PlacedMessage
  /// When the row above was there.
  let before: Nanoseconds?
  let sockets: SocketTable
  let moments: Moments

  private var message: FramedMessage { placed.message }

  /// It is made of several calls, or not whole.
  private var isCut: Bool { (placed.found.calls?.count ?? 1) > 1 }

  var role: Role { message.broken == nil ? .message : .error }

  func role(of column: Column) -> Role {
    switch column {
    case .call: role
    case .why: message.broken != nil ? .error : isCut ? .warning : .muted
    case .got: .strong
    case .time, .data: .text
    case .socket, .delta, .sinceSend, .waited, .asked, .left, .segments, .start, .arrived, .dwell, .planned,
      .late, .burst, .from, .lost, .offset, .flags:
      .muted
    }
  }

  func text(_ column: Column, width: Int) -> String {
    switch column {
    case .call:
      let number = String(message.number)
      return "╰msg".padded(to: max(5, width - number.count)) + number
    case .socket: return sockets.name(placed.socket)
    case .time: return moments.mode == .previous ? sincePrevious : moments.text(message.time)
    case .delta: return sincePrevious
    case .start: return moments.text(message.began)
    // Who wants the message waits for the rest of it.
    case .waited: return message.time > message.began ? Units.duration(message.time - message.began) : ""
    case .got: return String(message.range.count)
    case .offset: return String(message.range.lowerBound)
    case .why: return words
    case .sinceSend, .asked, .left, .segments, .arrived, .dwell, .planned, .late, .burst, .from,
      .lost, .flags, .data:
      return ""
    }
  }

  private var sincePrevious: String { before.map { Units.duration(message.time - $0) } ?? "—" }

  /// `cut: recv 3–4, object`
  private var words: String {
    var parts: [String] = []
    if let broken = message.broken { parts.append(broken.rawValue) }
    if let calls = placed.found.calls {
      let call = message.way == .received ? "recv" : "send"
      parts.append(
        calls.count == 1
          ? "\(call) \(calls.lowerBound)" : "cut: \(call) \(calls.lowerBound)–\(calls.upperBound)")
    }
    if let kind = message.kind { parts.append(kind.rawValue) }
    return (parts + message.notes.words).joined(separator: ", ")
  }
}
