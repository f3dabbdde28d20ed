import Traffic

/// One row of the table in words: a cell's text and role for each column.
struct RowText {
  let row: ItemSource.Row
  /// The row above, for the time between the two.
  let before: ItemSource.Row?
  let model: Model
  /// Whom the datagram came from or went to; asked for if the table shows it.
  var address: String?
  /// When the newest send() before this row returned; asked for if the table shows it.
  var lastSend: Nanoseconds?

  var record: Record {
    switch row.item {
    case .record(let record, _): record
    }
  }

  /// The role of the call's name, which tells the kinds apart.
  var role: Role {
    switch record.kind {
    case .recv: record.errno.map { $0.isPassing } == true ? .muted : record.result <= 0 ? endRole : .received
    case .send: record.result < 0 ? .error : .sent
    case .listen, .accept, .connect: record.result < 0 ? .error : .connection
    case .shutdown, .close: .endOfStream
    case .mark: .mark
    case .expect: record.result > 0 ? .good : .error
    case .burst: record.result > 0 ? .sent : .error
    case .start, .wait, .option: .muted
    }
  }

  private var endRole: Role { record.result < 0 ? .error : .endOfStream }

  /// True for calls whose numbers fill columns; other rows are told in words.
  var hasNumbers: Bool { Direction(record.kind) != nil }

  func text(_ column: Column, width: Int) -> String {
    switch column {
    case .call: return call(width)
    case .socket: return model.sockets.name(record.socket)
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
    case .start: return isCall ? moment(record.start) : "—"
    case .arrived: return record.arrived.map(moment) ?? (record.kind == .recv ? "—" : "")
    case .planned: return record.planned.map(moment) ?? (record.kind == .send ? "—" : "")
    case .late:
      return record.planned.map { Units.duration(record.start - $0) } ?? (record.kind == .send ? "—" : "")
    case .burst:
      guard record.kind == .send, let burst = record.burst, let step = record.step else { return "" }
      return "\(burst).\(step + 1)"
    case .from: return address ?? ""
    case .lost: return record.lost.map(String.init) ?? ""
    case .offset: return hasNumbers ? String(record.offset) : ""
    case .flags: return record.flags.subtracting(.noSignal).names.joined(separator: ",")
    case .why: return record.outcome ?? ""
    case .data: return ""
    }
  }

  private var isCall: Bool {
    switch record.kind {
    case .accept, .connect, .recv, .send, .wait: true
    case .start, .listen, .shutdown, .close, .option, .mark, .expect, .burst: false
    }
  }

  private func call(_ width: Int) -> String {
    guard hasNumbers else { return record.kind.word }
    let number = String(record.number)
    return record.kind.word.padded(to: max(5, width - number.count)) + number
  }

  private var time: String {
    model.timeMode == .previous ? sincePrevious : moment(record.end)
  }

  /// A moment as the user wants times told; no other row's moment goes with one of a call, so `previous` is the start.
  private func moment(_ time: Nanoseconds) -> String {
    switch model.timeMode {
    case .start, .previous: return Units.time(time)
    case .wall: return model.wall.map { Units.timeOfDay($0 + time, offset: model.utcOffset) } ?? "—"
    case .mark: return model.markTime.map { Units.time(time - $0) } ?? "—"
    }
  }

  private var sincePrevious: String { before.map { Units.duration(record.end - $0.item.time) } ?? "—" }

  /// What a row without numbers says; the payload tells what the record does not.
  func sentence(_ payload: [UInt8]?) -> String {
    let payload = payload ?? []
    switch record.kind {
    case .start: return "start of the run"
    case .listen: return record.errno.map(\.phrase) ?? "on \(Self.text(payload)), backlog \(record.asked)"
    case .accept: return accepted
    case .connect:
      let peer = ConnectedEnds(payload: payload)?.peer
      let target = peer.map(SafeText.string) ?? model.sockets.info(record.socket)?.peer ?? "its peer"
      return record.errno.map { "to \(target): \($0.phrase)" } ?? "to \(target)"
    case .wait: return waited(WaitSets(payload: payload) ?? WaitSets())
    case .expect:
      let verdict = Verdict(payload: payload)
      let (wanted, got) = (SafeText.string(verdict?.wanted ?? ""), SafeText.string(verdict?.got ?? ""))
      let place = "line \(record.line ?? 0)"
      return record.result == 1 ? "\(place) holds: \(got)" : "\(place) FAILED: wanted \(wanted), got \(got)"
    case .burst: return record.burstLine(payload)
    case .option:
      guard let change = OptionChange(payload: payload) else { return record.errno?.phrase ?? "" }
      let isGranted = change.granted == change.asked
      let value = "\(change.name)=\(change.granted)" + (isGranted ? "" : " (asked \(change.asked))")
      return SafeText.string(value) + (record.errno.map { ": \($0.phrase)" } ?? "")
    case .mark: return Self.text(payload) + (record.errno.map { ": \($0.phrase)" } ?? "")
    case .shutdown, .close, .recv, .send: return record.outcome ?? ""
    }
  }

  private var accepted: String {
    if let errno = record.errno { return errno.phrase }
    let connection = record.connection.flatMap { model.sockets.info($0) }
    return "\(connection?.name ?? "a connection") from \(connection?.peer ?? "an unnamed peer")"
  }

  private func waited(_ sets: WaitSets) -> String {
    let parts = [("readable", sets.readable), ("writable", sets.writable), ("exceptional", sets.exceptional)]
      .filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1.map(model.sockets.name).joined(separator: " "))" }
    // What was ready is none of the sockets: the eventfd by which recvscope wakes its own loop.
    let none = record.result > 0 ? "\(record.result) ready, recvscope's own" : record.outcome ?? ""
    return "\(record.waitCall?.name ?? ""): \(parts.isEmpty ? none : parts.joined(separator: ", "))"
  }

  private static func text(_ payload: [UInt8]) -> String { SafeText.string(utf8: payload) }
}
