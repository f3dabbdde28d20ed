import SystemPackage
import Traffic

/// Writes records as the JSON Lines that scripts rely on.
struct RecordJSON: RecordFormat {
  var encoding = DataEncoding.base64

  func line(_ record: Record, sequence: Int, payload: ArraySlice<UInt8>?, names: SocketNames) -> [UInt8] {
    var object = JSONObject()
    object.add("event", record.kind.word)
    object.add("seq", sequence)
    object.add("t", record.end)
    if record.socket != .none { object.add("socket", names.name(record.socket)) }
    add(record, payload, names, to: &object)
    return object.line
  }

  func evicted(records: Int, bytes: Int64, sequence: Int, time: Nanoseconds) -> [UInt8] {
    var object = JSONObject()
    object.add("event", "evicted")
    object.add("seq", sequence)
    object.add("t", time)
    object.add("records", records)
    object.add("bytes", bytes)
    return object.line
  }

  private func add(
    _ record: Record, _ payload: ArraySlice<UInt8>?, _ names: SocketNames, to object: inout JSONObject
  ) {
    let info = names[record.socket]
    switch record.kind {
    case .start:
      object.add("version", recvscopeVersion)
      object.add("wall", String { $0.append(wall: record.wall ?? 0) })
    case .listen:
      object.add("kind", info?.kind.rawValue ?? "")
      object.add("local", Self.text(payload))
      object.add("backlog", info?.role == .listener ? Int(record.asked) : nil)
      object.add("exposed", info?.isExposed ?? false)
    case .accept:
      let connection = record.connection.flatMap { names[$0] }
      add(connection?.name, as: "connection", to: &object)
      add(connection?.local, as: "local", to: &object)
      add(connection?.peer, as: "peer", to: &object)
      object.add("waited", record.waited)
      object.add("backlog", record.backlogLeft)
      addErrno(record, to: &object)
    case .connect:
      let ends = payload.flatMap(ConnectedEnds.init)
      object.add("kind", info?.kind.rawValue ?? "")
      add(ends?.local, as: "local", to: &object)
      object.add("peer", ends?.peer ?? "")
      object.add("waited", record.waited)
      addErrno(record, to: &object)
    case .recv: addReceive(record, payload, names, to: &object)
    case .send: addSend(record, payload, names, to: &object)
    case .wait: addWait(record, payload, names, to: &object)
    case .shutdown, .close:
      object.add("how", record.how?.word ?? "")
      addErrno(record, to: &object)
    case .option:
      let change = payload.flatMap(OptionChange.init)
      object.add("name", change?.name ?? "")
      object.add("value", change?.granted ?? "")
      object.add("requested", change?.asked ?? "")
      addErrno(record, to: &object)
    case .mark: object.add("text", Self.text(payload))
    case .expect:
      let verdict = payload.flatMap(Verdict.init)
      object.add("line", record.line)
      object.add("ok", record.result == 1)
      object.add("wanted", verdict?.wanted ?? "")
      object.add("got", verdict?.got ?? "")
    case .burst: addBurst(record, BurstReport(payload: payload ?? []), to: &object)
    }
  }

  private func addReceive(
    _ record: Record, _ payload: ArraySlice<UInt8>?, _ names: SocketNames, to object: inout JSONObject
  ) {
    addCall(record, to: &object)
    object.add("flags", record.flags.names)
    object.add("queued", record.queued)
    object.add("arrived", record.arrived)
    object.add("segments", record.segments)
    if record.conditions.contains(.datagram) {
      add(record.address.map(names.text), as: "from", to: &object)
      object.add("lost", record.lost)
      object.add("segment_size", record.segmentSize)
    } else {
      object.add("offset", record.offset)
    }
    object.add("why", Reason(record)?.rawValue ?? "")
    encoding.add(payload, to: &object)
  }

  private func addSend(
    _ record: Record, _ payload: ArraySlice<UInt8>?, _ names: SocketNames, to object: inout JSONObject
  ) {
    addCall(record, to: &object)
    object.add("offset", record.offset)
    object.add("planned", record.planned)
    object.add("burst", record.burst)
    object.add("step", record.step)
    if let address = record.address { object.add("to", names.text(address)) }
    encoding.add(payload, to: &object)
  }

  private func addBurst(_ record: Record, _ report: BurstReport?, to object: inout JSONObject) {
    object.add("burst", record.burst)
    object.add("start", record.start)
    add(report?.end.word, as: "end", to: &object)
    addErrno(record, to: &object)
    object.add("sends", report?.sends)
    object.add("bytes", report?.bytes)
    object.add("unsent_sends", report?.unsentSends)
    object.add("unsent", report?.unsentBytes)
    object.add("late_p50", report?.medianLate)
    object.add("late_p99", report?.percentile99Late)
    object.add("late_max", report?.maximumLate)
    object.add("late_of", report?.sampled)
    object.add("paused", report?.paused)
    object.add("within", report?.tolerance)
    if let isKept = report?.keptTolerance { object.add("ok", isKept) } else { object.addNull("ok") }
  }

  private func addWait(
    _ record: Record, _ payload: ArraySlice<UInt8>?, _ names: SocketNames, to object: inout JSONObject
  ) {
    let sets = payload.flatMap(WaitSets.init) ?? WaitSets()
    object.add("call", record.waitCall?.name ?? "")
    object.add("waited", record.waited)
    object.add("timeout", record.timeout)
    object.add("readable", sets.readable.map(names.name))
    object.add("writable", sets.writable.map(names.name))
    object.add("exceptional", sets.exceptional.map(names.name))
    addErrno(record, to: &object)
  }

  private func addCall(_ record: Record, to object: inout JSONObject) {
    object.add("n", Int(record.number))
    object.add("start", record.start)
    object.add("waited", record.waited)
    object.add("asked", Int(record.asked))
    object.add("returned", record.returned)
    addErrno(record, to: &object)
  }

  private func addErrno(_ record: Record, to object: inout JSONObject) {
    add(record.errno?.name, as: "errno", to: &object)
  }

  private func add(_ value: String?, as name: String, to object: inout JSONObject) {
    if let value { object.add(name, value) } else { object.addNull(name) }
  }

  private static func text(_ payload: ArraySlice<UInt8>?) -> String {
    String(decoding: payload ?? [], as: UTF8.self)
  }
}
