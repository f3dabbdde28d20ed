import Traffic

/// The JSON Lines that scripts rely on.
public struct JSONLines: RecordFormat {
  public var isInOrderOfCause: Bool { false }

  private let version: String
  let encoding: DataEncoding

  /// - Parameters:
  ///   - version: of the program, for the first line.
  ///   - encoding: how the lines have payloads.
  public init(version: String, encoding: DataEncoding) {
    self.version = version
    self.encoding = encoding
  }

  /// Each row names its fields.
  public func writeHead(to output: inout ByteBuffer) {}

  public func write(
    _ record: Record, sequence: Int, payload: ArraySlice<UInt8>?, names: SocketNames,
    to output: inout ByteBuffer
  ) {
    begin(record.kind.word, sequence, record.end, &output)
    if record.socket != .none { output.add("socket", names.name(record.socket)) }
    if record.isWatched { addOrigin(record, &output) }
    add(record, payload, names, &output)
    output.endObject()
  }

  public func writeEvicted(
    records: Int, bytes: Int64, sequence: Int, time: Nanoseconds, to output: inout ByteBuffer
  ) {
    begin("evicted", sequence, time, &output)
    output.add("records", records)
    output.add("bytes", bytes)
    output.endObject()
  }

  func begin(_ event: String, _ sequence: Int, _ time: Nanoseconds, _ output: inout ByteBuffer) {
    output.beginObject()
    output.add("event", event)
    output.add("seq", sequence)
    output.add("t", time)
  }

  private func add(
    _ record: Record, _ payload: ArraySlice<UInt8>?, _ names: SocketNames, _ output: inout ByteBuffer
  ) {
    switch record.kind {
    case .start:
      output.add("version", version)
      output.begin("wall")
      output.append("\"")
      output.append(wall: record.wall ?? 0)
      output.append("\"")
    case .listen:
      let info = names[record.socket]
      output.add("kind", info?.kind.rawValue ?? "")
      output.add("local", Self.text(payload))
      output.add("backlog", info?.role == .listener ? Int(record.asked) : nil)
      output.add("exposed", info?.isExposed ?? false)
      if let seed = record.seed {
        output.add("target", info?.target)
        output.add("seed", Int64(clamping: seed))
      }
    case .accept:
      let connection = record.connection.flatMap { names[$0] }
      output.add("connection", connection?.name)
      output.add("local", connection?.local)
      output.add("peer", connection?.peer)
      output.add("waited", record.waited)
      output.add("backlog", record.backlogLeft)
      if let pair = record.pair { output.add("pair", pair) }
      output.add("errno", record.errno?.name)
    case .connect:
      let ends = payload.flatMap(ConnectedEnds.init)
      output.add("kind", names[record.socket]?.kind.rawValue ?? "")
      output.add("local", ends?.local)
      output.add("peer", ends?.peer ?? "")
      if let pair = record.pair { output.add("pair", pair) }
      output.add("waited", record.waited)
      output.add("errno", record.errno?.name)
    case .recv: addReceive(record, payload, names, &output)
    case .send: addSend(record, payload, names, &output)
    case .wait: addWait(record, payload.flatMap(WaitSets.init) ?? WaitSets(), names, &output)
    case .shutdown, .close:
      output.add("how", record.how?.word ?? "")
      if record.kind == .close { output.add("unread", record.unread) }
      if let undelivered = record.undelivered { output.add("undelivered", undelivered) }
      output.add("errno", record.errno?.name)
    case .option:
      let change = payload.flatMap(OptionChange.init)
      output.add("name", change?.name ?? "")
      output.add("value", change?.granted ?? "")
      output.add("requested", change?.asked ?? "")
      output.add("errno", record.errno?.name)
    case .mark: output.add("text", Self.text(payload))
    case .expect:
      let verdict = payload.flatMap(Verdict.init)
      output.add("line", record.line)
      output.add("ok", record.result == 1)
      output.add("wanted", verdict?.wanted ?? "")
      output.add("got", verdict?.got ?? "")
    case .hold, .release, .drop:
      output.add("way", record.way?.rawValue)
      output.add("bytes", Int(record.asked))
      if record.kind == .release { output.add("changed", record.conditions.contains(.changed)) }
    case .burst: addBurst(record, BurstReport(payload: payload ?? []), &output)
    case .call, .startProgram, .output, .signal, .unseen, .lost, .exitProgram:
      addProgram(record, payload, &output)
    case .shake: addShake(payload.flatMap(ShakeStart.init), &output)
    case .cut: addCut(record, payload.flatMap(CutResult.init), &output)
    case .segment: addSegment(record, names, &output)
    case .ask, .answer, .reveal: addLesson(record, payload, &output)
    }
  }

  /// What calls of a watched program have beside ours; `call` of a wait is among its own fields.
  private func addOrigin(_ record: Record, _ output: inout ByteBuffer) {
    output.add("origin", Record.watchedOrigin)
    if let process = record.process { output.add("pid", Int(process)) }
    if let thread = record.thread { output.add("tid", Int(thread)) }
    if let descriptor = record.descriptor { output.add("fd", Int(descriptor)) }
    if record.kind != .wait, let call = record.call { output.add("call", call.name) }
    if let kept = record.kept { output.add("kept", kept) }
  }

  private func addProgram(_ record: Record, _ payload: ArraySlice<UInt8>?, _ output: inout ByteBuffer) {
    switch record.kind {
    case .startProgram:
      let start = payload.flatMap(ProgramStart.init)
      output.add("command", start?.command ?? "")
      output.add("source", start?.source ?? "")
      output.add("floor", start?.floor)
    case .exitProgram:
      output.add("status", record.exitStatus)
      output.add("signal", record.signalNumber)
    case .signal: output.add("signal", record.signalNumber)
    case .output:
      output.add("stream", record.stream?.rawValue)
      output.add(payload, as: encoding)
    case .unseen: output.add("reason", record.unseenReason?.rawValue)
    case .lost:
      output.add("records", Int(record.asked))
      output.add("reason", record.errno?.name)
    default:
      output.add("address", payload.flatMap { $0.isEmpty ? nil : Self.text($0) })
      output.add("returned", record.returned)
      output.add("errno", record.errno?.name)
    }
  }

  private func addReceive(
    _ record: Record, _ payload: ArraySlice<UInt8>?, _ names: SocketNames, _ output: inout ByteBuffer
  ) {
    addCall(record, &output)
    output.add("flags", record.flags.names)
    output.add("queued", record.queued)
    output.add("arrived", record.arrived)
    output.add("segments", record.segments)
    if record.conditions.contains(.datagram) {
      output.add("from", record.address.map(names.text))
      output.add("lost", record.lost)
      output.add("segment_size", record.segmentSize)
    } else {
      output.add("offset", record.offset)
    }
    output.add("why", Reason(record)?.rawValue ?? "")
    if let own = Interruption(record.conditions) { output.add("stopped_to", own.word) }
    output.add(payload, as: encoding)
  }

  private func addSend(
    _ record: Record, _ payload: ArraySlice<UInt8>?, _ names: SocketNames, _ output: inout ByteBuffer
  ) {
    addCall(record, &output)
    output.add("offset", record.offset)
    output.add("planned", record.planned)
    output.add("burst", record.burst)
    output.add("step", record.step)
    if let address = record.address { output.add("to", names.text(address)) }
    if record.origin != nil {
      if record.flags.contains(.outOfBand) { output.add("flags", ["oob"]) }
      output.add("from", numbers: names.origins(of: record))
      if record.conditions.contains(.changed) { output.add("changed", true) }
      if let isProven = record.isProven { output.add("proven", isProven) }
    }
    output.add(payload, as: encoding)
  }

  private func addSegment(_ record: Record, _ names: SocketNames, _ output: inout ByteBuffer) {
    guard let segment = record.segment else { return }
    output.add("way", record.wireWay?.word)
    output.add("sequence", segment.sequence)
    output.add("acknowledgement", segment.acknowledgement)
    output.add("length", segment.length)
    output.add("flags", segment.flags.names)
    output.add("window", segment.window)
    output.add("retransmitted", segment.marks.contains(.retransmission))
    output.add("marks", segment.marks.subtracting(.retransmission).names)
    output.add("interface", record.address.map(names.text))
    output.add("offset", segment.offset)
  }

  private func addBurst(_ record: Record, _ report: BurstReport?, _ output: inout ByteBuffer) {
    output.add("burst", record.burst)
    output.add("start", record.start)
    output.add("end", report?.end.word)
    output.add("errno", record.errno?.name)
    output.add("sends", report?.sends)
    output.add("bytes", report?.bytes)
    output.add("unsent_sends", report?.unsentSends)
    output.add("unsent", report?.unsentBytes)
    output.add("late_p50", report?.medianLate)
    output.add("late_p99", report?.percentile99Late)
    output.add("late_max", report?.maximumLate)
    output.add("late_of", report?.sampled)
    output.add("paused", report?.paused)
    output.add("within", report?.tolerance)
    output.add("ok", report?.keptTolerance)
  }

  private func addWait(
    _ record: Record, _ sets: WaitSets, _ names: SocketNames, _ output: inout ByteBuffer
  ) {
    output.add("call", record.call?.name ?? record.waitCall?.name ?? "")
    output.add("waited", record.waited)
    output.add("timeout", record.timeout)
    output.add("readable", sets.readable.lazy.map(names.name))
    output.add("writable", sets.writable.lazy.map(names.name))
    output.add("exceptional", sets.exceptional.lazy.map(names.name))
    if record.waitCall != .select {
      // One word an event, as "server.1 POLLIN".
      output.add(
        "events",
        sets.events.flatMap { socket in socket.events.names.map { "\(names.name(socket.socket)) \($0)" } })
    }
    if record.waitCall == .epollWait { output.add("edges", sets.edges.lazy.map(names.name)) }
    output.add("errno", record.errno?.name)
  }

  private func addCall(_ record: Record, _ output: inout ByteBuffer) {
    output.add("n", Int(record.number))
    output.add("start", record.start)
    output.add("waited", record.waited)
    output.add("asked", Int(record.asked))
    output.add("returned", record.returned)
    output.add("errno", record.errno?.name)
  }

  private static func text(_ payload: ArraySlice<UInt8>?) -> String {
    String(decoding: payload ?? [], as: UTF8.self)
  }
}
