import Traffic

/// One row of the table in words: a cell's text and role for each column.
struct RowText: RowCells {
  let record: Record
  /// When the row above was there.
  let before: Nanoseconds?
  let sockets: SocketTable
  let moments: Moments
  /// Whom the datagram came from or went to; asked for if the table shows it.
  var address: String?
  /// How late a send() of a burst was is told behind why it came out so, where there is room.
  var tellsLateness = true
  /// When the newest send() before this row returned; asked for if the table shows it.
  var lastSend: Nanoseconds?

  /// The role of the call's name, which tells the kinds apart.
  var role: Role {
    switch record.kind {
    case .recv: record.errno.map { $0.isPassing } == true ? .muted : record.result <= 0 ? endRole : .received
    case .send: record.result < 0 ? .error : .sent
    case .listen, .accept, .connect: record.result < 0 ? .error : .connection
    case .shutdown, .close: .endOfStream
    case .mark, .hold, .release, .drop: .mark
    case .call: record.result < 0 ? .error : .connection
    case .unseen, .lost: .warning
    case .startProgram, .exitProgram: .connection
    case .output: .text
    case .expect: record.result > 0 ? .good : .error
    case .shake, .ask, .answer: .mark
    case .reveal: record.result > 0 ? .good : .warning
    case .cut:
      record.verdict.map { $0.isFound ? .error : $0 == .unproven ? .warning : .good } ?? .text
    case .burst:
      switch record.course {
      case .plain?, .whole?: .sent
      case .cutShort?: .warning
      case .failed?, nil: .error
      }
    case .start, .wait, .option, .signal, .segment: .muted
    }
  }

  private var endRole: Role { record.result < 0 ? .error : .endOfStream }

  func role(of column: Column) -> Role {
    switch column {
    case .call, .why: role
    case .socket, .delta, .sinceSend, .waited, .start, .arrived, .planned, .late, .burst, .from, .lost,
      .segments, .left, .dwell, .offset, .flags:
      .muted
    case .time, .asked, .data: .text
    case .got: .strong
    }
  }

  /// True for calls whose numbers fill columns; other rows are told in words.
  var hasNumbers: Bool { Direction(record.kind) != nil }

  func text(_ column: Column, width: Int) -> String {
    switch column {
    case .call: return call(width)
    case .socket: return sockets.name(record.socket)
    case .time: return time
    case .delta: return sincePrevious
    case .sinceSend: return lastSend.map { Units.duration(record.end - $0) } ?? "—"
    case .waited: return isCall ? Units.duration(record.waited) : "—"
    case .asked: return hasNumbers ? String(record.asked) : ""
    case .got: return hasNumbers ? record.returned.map(String.init) ?? "—" : ""
    case .left: return hasNumbers ? record.kind == .recv ? record.queued.map(String.init) ?? "—" : "" : ""
    case .segments: return record.kind == .recv ? record.segments.map(String.init) ?? "—" : ""
    case .dwell:
      return record.arrived.map { Units.duration(record.end - $0) } ?? (record.kind == .recv ? "—" : "")
    case .start: return isCall ? moments.text(record.start) : "—"
    case .arrived: return record.arrived.map(moments.text) ?? (record.kind == .recv ? "—" : "")
    case .planned: return record.planned.map(moments.text) ?? (record.kind == .send ? "—" : "")
    case .late:
      return record.planned.map { Units.duration(record.start - $0) } ?? (record.kind == .send ? "—" : "")
    case .burst:
      guard record.kind == .send, let burst = record.burst, let step = record.step else { return "" }
      return "\(burst).\(step + 1)"
    case .from: return address ?? ""
    case .lost: return record.lost.map(String.init) ?? ""
    case .offset: return hasNumbers ? String(record.offset) : ""
    case .flags: return record.flags.subtracting(.noSignal).names.joined(separator: ",")
    case .why:
      let words = record.outcome(tellsLateness: tellsLateness) ?? ""
      return SafeText.width(words) <= width ? words : record.outcome(tellsLateness: false) ?? ""
    case .data: return ""
    }
  }

  private var isCall: Bool {
    switch record.kind {
    case .accept, .connect, .recv, .send, .wait, .call: true
    case .start, .listen, .shutdown, .close, .option, .mark, .expect, .burst, .hold, .release, .drop,
      .startProgram, .output, .signal, .unseen, .lost, .exitProgram, .shake, .cut, .ask, .answer, .reveal,
      .segment:
      false
    }
  }

  private func call(_ width: Int) -> String {
    guard hasNumbers else { return record.kind.word }
    let number = String(record.number)
    return record.kind.word.padded(to: max(5, width - number.count)) + number
  }

  private var time: String { moments.mode == .previous ? sincePrevious : moments.text(record.end) }

  private var sincePrevious: String { before.map { Units.duration(record.end - $0) } ?? "—" }
}
