/// What a record says in one line, where no columns say it: a row of the screen, a line of plain text.
///
/// recv and send, whose numbers fill columns, come down to their outcome. Whatever comes from outside is made safe.
public struct RecordLine {
  /// How much of it is told.
  public enum Form: Sendable {
    /// All of it.
    case whole
    /// Without what stands beside a row, which has little room: how long the call took, and the socket's own address.
    case row
  }

  private let record: Record
  private let payload: ArraySlice<UInt8>
  private let form: Form

  /// - Parameter payload: of the record; nil if it is no longer held.
  public init(_ record: Record, payload: ArraySlice<UInt8>?, _ form: Form) {
    self.record = record
    self.payload = payload ?? []
    self.form = form
  }

  /// - Parameter sockets: what is known of a socket.
  public func text(sockets: (SocketID) -> SocketInfo?) -> String {
    String(writing: { write(to: &$0, sockets: sockets) })
  }

  /// - Parameter sockets: what is known of a socket.
  public func write(to output: inout ByteBuffer, sockets: (SocketID) -> SocketInfo?) {
    switch record.kind {
    case .start: output.append(wall: record.wall ?? 0)
    case .listen: writeListen(to: &output, sockets(record.socket))
    case .accept: writeAccept(to: &output, record.connection.flatMap(sockets))
    case .connect: writeConnect(to: &output, sockets(record.socket))
    case .wait: writeWait(to: &output, sockets)
    case .option: writeOption(to: &output)
    case .mark: output.append(safe: text)
    case .expect: writeVerdict(to: &output)
    case .burst: output.append(safe: record.burstLine(payload))
    case .call, .startProgram, .output, .signal, .unseen, .lost, .exitProgram:
      output.append(program: record, payload: payload)
    case .shake: output.append(shake: payload)
    case .cut: output.append(cut: payload)
    case .segment: output.append(segment: record, marksFirst: form == .row)
    case .ask: output.append(asked: payload)
    case .answer: output.append(answer: record, payload: payload)
    case .reveal: output.append(revealed: record, payload: payload)
    case .recv, .send, .shutdown, .close, .hold, .release, .drop: output.append(outcomeOf: record)
    }
  }

  private var text: String { String(decoding: payload, as: UTF8.self) }

  private func writeListen(to output: inout ByteBuffer, _ info: SocketInfo?) {
    output.append(safe: text)
    if info?.role == .listener {
      output.append(", backlog ")
      output.append(number: record.asked)
    } else {
      output.append(", datagrams")
    }
    if let target = info?.target {
      output.append(", passed on to ")
      output.append(safe: target)
    }
    if form == .whole, let seed = record.seed {
      output.append(", seed ")
      output.append(number: Int64(clamping: seed))
    }
    if info?.isExposed == true { output.append(", EXPOSED: others than this machine can reach it") }
  }

  private func writeAccept(to output: inout ByteBuffer, _ connection: SocketInfo?) {
    guard let connection else { return output.append(outcomeOf: record) }
    output.append(safe: connection.name)
    if form == .whole {
      output.append("  ")
      output.append(safe: connection.local ?? "—")
    }
    output.append(" ← ")
    output.append(safe: connection.peer ?? "—")
    writeTime(to: &output)
  }

  private func writeConnect(to output: inout ByteBuffer, _ info: SocketInfo?) {
    let ends = ConnectedEnds(payload: payload)
    if form == .whole, let local = ends?.local {
      output.append(safe: local)
      output.append(" ")
    }
    output.append("→ ")
    output.append(safe: ends?.peer ?? info?.peer ?? "")
    output.append("  ")
    output.append(outcomeOf: record)
    writeTime(to: &output)
  }

  private func writeWait(to output: inout ByteBuffer, _ sockets: (SocketID) -> SocketInfo?) {
    output.append(text: record.waitCall?.name ?? "")
    output.append("  ")
    let sets = WaitSets(payload: payload)
    if let sets, sets != WaitSets() {
      write(sets, to: &output, sockets)
    } else {
      output.append(outcomeOf: record)
      // Ready was none of the sockets, but the eventfd by which recvscope wakes its own loop.
      if sets != nil, record.result > 0 { output.append(", recvscope's own") }
    }
    writeTime(to: &output)
  }

  private func write(_ sets: WaitSets, to output: inout ByteBuffer, _ sockets: (SocketID) -> SocketInfo?) {
    let begin = output.count
    for (word, set) in [
      ("readable", sets.readable), ("writable", sets.writable), ("exceptional", sets.exceptional),
      ("edge", sets.edges),
    ] as [(StaticString, [SocketID])] where !set.isEmpty {
      if output.count > begin { output.append(", ") }
      output.append(word)
      for id in set {
        output.append(" ")
        output.append(safe: sockets(id)?.name ?? id.placeholder)
      }
    }
  }

  private func writeOption(to output: inout ByteBuffer) {
    if let change = OptionChange(payload: payload) {
      output.append(safe: change.name)
      output.append(" ")
      output.append(safe: change.granted)
      if change.asked != change.granted {
        output.append(" (asked ")
        output.append(safe: change.asked)
        output.append(")")
      }
    }
    guard let errno = record.errno else { return }
    output.append("  ")
    output.append(phraseOf: errno)
  }

  private func writeVerdict(to output: inout ByteBuffer) {
    let verdict = Verdict(payload: payload)
    output.append("line ")
    output.append(number: record.line ?? 0)
    if record.result == 1 {
      output.append(": ")
    } else {
      output.append(" FAILED: wanted ")
      output.append(safe: verdict?.wanted ?? "")
      output.append(", got ")
    }
    output.append(safe: verdict?.got ?? "")
  }

  private func writeTime(to output: inout ByteBuffer) {
    guard form == .whole else { return }
    output.append("  waited ")
    output.append(duration: record.waited)
  }
}
