import Traffic

/// A column of the table `records`, by the JSON's name. Times are ns since the start of the run.
enum RecordField: String, CaseIterable {
  case event, seq, t, wall, socket, origin, pid, tid, fd, call
  case n, start, waited, asked, returned, errno, flags, queued, arrived, segments
  case from, lost, segmentSize = "segment_size", offset, why, stoppedTo = "stopped_to"
  case planned, burst, step, to, changed, proven, connection, backlog, pair, how, unread, undelivered, timeout
  case way, sequence, acknowledgement, length, window, retransmitted, marks, interface
  case name, value, requested, text, line, ok, wanted, got, status, signal, size, data

  /// Made once: asking an enum for all its cases makes an array.
  static let allCases: [RecordField] = [
    .event, .seq, .t, .wall, .socket, .origin, .pid, .tid, .fd, .call, .n, .start, .waited, .asked, .returned,
    .errno, .flags, .queued, .arrived, .segments, .from, .lost, .segmentSize, .offset, .why, .stoppedTo,
    .planned, .burst, .step, .to, .changed, .proven, .connection, .backlog, .pair, .how, .unread,
    .undelivered,
    .timeout, .way, .sequence, .acknowledgement, .length, .window, .retransmitted, .marks, .interface, .name,
    .value, .requested, .text, .line, .ok, .wanted, .got, .status, .signal, .size, .data,
  ]

  var type: String {
    switch self {
    case .event, .wall, .socket, .origin, .call, .errno, .flags, .from, .why, .stoppedTo, .to, .connection,
      .how, .way, .marks, .interface, .name, .value, .requested, .text, .wanted, .got:
      "TEXT"
    case .seq, .t, .pid, .tid, .fd, .n, .start, .waited, .asked, .returned, .queued, .arrived, .segments,
      .lost, .segmentSize, .offset, .planned, .burst, .step, .changed, .proven, .backlog, .pair, .unread,
      .undelivered, .timeout, .sequence, .acknowledgement, .length, .window, .retransmitted, .line, .ok,
      .status, .signal, .size:
      "INTEGER"
    case .data: "BLOB"
    }
  }

  func value(_ record: Record, _ sequence: Int, _ names: QueryNames) -> QueryValue {
    let isCall = record.kind == .recv || record.kind == .send
    switch self {
    case .event: return .text(record.kind.word)
    case .seq: return .integer(Int64(sequence))
    case .t: return .integer(record.end)
    case .wall:
      var text = ByteBuffer()
      text.append(wall: names.wall &+ record.end)
      return .text(text.withUnsafeBytes { String(decoding: $0, as: UTF8.self) })
    case .socket: return record.socket == .none ? .null : .text(names.name(record.socket))
    case .origin: return .text(record.isWatched ? Record.watchedOrigin : Record.ownOrigin)
    case .pid: return QueryValue(record.process.map(Int.init))
    case .tid: return QueryValue(record.thread.map(Int.init))
    case .fd: return QueryValue(record.descriptor.map(Int.init))
    case .call: return QueryValue(record.call?.name ?? record.waitCall?.name)
    case .n: return isCall ? .integer(Int64(record.number)) : .null
    case .start: return .integer(record.start)
    case .waited: return .integer(record.waited)
    case .asked: return isCall ? .integer(Int64(record.asked)) : .null
    case .returned: return isCall || record.kind == .call ? QueryValue(record.returned) : .null
    case .errno: return QueryValue(record.errno?.name)
    case .flags:
      return record.segment.map { .text($0.flags.names.joined(separator: " ")) }
        ?? (isCall ? .text(record.flags.names.joined(separator: " ")) : .null)
    case .queued: return record.kind == .recv ? QueryValue(record.queued) : .null
    case .arrived: return QueryValue(record.arrived)
    case .segments: return QueryValue(record.segments)
    case .from:
      return record.kind == .recv ? QueryValue(record.address.map(names.journal.text)) : .null
    case .lost: return QueryValue(record.lost)
    case .segmentSize: return QueryValue(record.segmentSize)
    case .offset: return isCall || record.kind == .segment ? .integer(record.offset) : .null
    case .why: return QueryValue(Reason(record)?.rawValue)
    case .stoppedTo: return QueryValue(Interruption(record.conditions)?.word)
    case .planned: return QueryValue(record.planned)
    case .burst: return QueryValue(record.burst)
    case .step: return QueryValue(record.step)
    case .to: return record.kind == .send ? QueryValue(record.address.map(names.journal.text)) : .null
    case .changed: return QueryValue(record.conditions.contains(.changed))
    case .proven: return record.isProven.map { QueryValue($0) } ?? .null
    case .connection: return QueryValue(record.connection.map(names.name))
    case .backlog: return QueryValue(record.kind == .listen ? Int(record.asked) : record.backlogLeft)
    case .pair: return QueryValue(record.pair)
    case .how: return QueryValue(record.how?.word)
    case .unread: return QueryValue(record.unread)
    case .undelivered: return QueryValue(record.undelivered)
    case .timeout: return QueryValue(record.timeout)
    case .way: return QueryValue(record.wireWay?.word ?? record.way?.rawValue)
    case .sequence: return QueryValue(record.segment?.sequence)
    case .acknowledgement: return QueryValue(record.segment?.acknowledgement)
    case .length: return QueryValue(record.segment?.length)
    case .window: return QueryValue(record.segment?.window)
    case .retransmitted:
      return record.segment.map { QueryValue($0.marks.contains(.retransmission)) } ?? .null
    case .marks:
      return QueryValue(record.segment?.marks.subtracting(.retransmission).names.joined(separator: " "))
    case .interface:
      return record.kind == .segment ? QueryValue(record.address.map(names.journal.text)) : .null
    case .name, .value, .requested:
      guard record.kind == .option, let change = names.journal.body(OptionChange.self, of: record) else {
        return .null
      }
      return QueryValue(self == .name ? change.name : self == .value ? change.granted : change.asked)
    case .text:
      guard record.kind == .mark, let bytes = names.journal.payload(of: record) else { return .null }
      return .text(String(decoding: bytes, as: UTF8.self))
    case .line: return QueryValue(record.line)
    case .ok: return record.kind == .expect ? QueryValue(record.result == 1) : .null
    case .wanted, .got:
      guard record.kind == .expect, let verdict = names.journal.body(Verdict.self, of: record) else {
        return .null
      }
      return .text(self == .wanted ? verdict.wanted : verdict.got)
    case .status: return QueryValue(record.exitStatus)
    case .signal: return QueryValue(record.signalNumber)
    case .size: return isCall || record.kind == .output ? .integer(Int64(record.payloadLength)) : .null
    case .data:
      guard isCall || record.kind == .output else { return .null }
      return names.journal.payload(of: record).map { .bytes($0) } ?? .null
    }
  }
}
