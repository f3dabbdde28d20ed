import Traffic

/// Leaving, and what it costs.
extension Model {
  /// What is lost by leaving now, in words; nil if nothing is.
  var loss: String? {
    guard let extent = sockets.extent, !isRecorded else { return nil }
    let summary = sockets.summary
    // A lesson that asked its first question can ask it again.
    let isUntouched = lesson != nil && summary.sockets == 0
    // The first record of a run only says that it began.
    let records =
      recording?.isWhole == true || isUntouched
      ? 0 : extent.records.upperBound - max(1, extent.records.lowerBound, kept)
    if records <= 0, summary.openSockets == 0, sending.playing.isEmpty { return nil }
    let bytes = Units.size(summary.sentBytes + summary.receivedBytes)
    var parts = programsLeft
    if records > 0 {
      parts.append("loses \(Units.count(records)) record\(records == 1 ? "" : "s") with \(bytes)")
    }
    let open = programs.isEmpty ? summary.openSockets : sockets.open.filter(closesByLeaving).count
    if open > 0 { parts.append("closes \(Units.count(open)) open socket\(open == 1 ? "" : "s")") }
    if let burst = sending.playing.first {
      let more = sending.playing.count - 1
      parts.append("cuts burst \(burst.number)\(more > 0 ? " and \(more) more" : "") short")
    }
    if trials.isRunning { parts.append("ends the trials") }
    return "This \(parts.joined(separator: ", "))"
  }

  /// What becomes of programs that run.
  private var programsLeft: [String] {
    let running = programs.filter { sockets.info($0)?.hasEnded == false }
    func words(_ verb: String, _ end: String, livesOn: Bool) -> String? {
      let names = running.filter { sockets.info($0)?.livesOn == livesOn }.map(sockets.name)
      let more = names.count > 3 ? " and \(names.count - 2) more" : ""
      let told = names.prefix(names.count > 3 ? 2 : 3).joined(separator: ", ")
      return names.isEmpty ? nil : "\(verb) \(told)\(more)\(end)"
    }
    return [words("ends", "", livesOn: false), words("leaves", " running", livesOn: true)].compactMap { $0 }
  }

  private func closesByLeaving(_ socket: SocketID) -> Bool {
    guard let program = sockets.program(of: socket) else { return true }
    return program != socket && sockets.info(program)?.livesOn == false
  }

  /// Leaves, or asks first.
  mutating func quit() -> [Effect] {
    guard asksBeforeQuitting, loss != nil else { return [.quit] }
    overlay = .leaving(Leaving())
    return []
  }

  mutating func take(_ chord: Chord, in leaving: Leaving) -> [Effect] {
    var leaving = leaving
    let answer = leaving.take(chord, keys)
    overlay = .leaving(leaving)
    switch answer {
    case .leave: return [.quit]
    case .stay: overlay = nil
    case .suspend: return [.suspend]
    case .redraw: return [.redraw]
    case .none: break
    }
    return []
  }
}
