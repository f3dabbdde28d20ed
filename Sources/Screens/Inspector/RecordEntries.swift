import Traffic

/// A record explained: the call, why it ended there, where its bytes came from, its times.
struct RecordEntries {
  let record: Record
  let sequence: Int
  let sockets: SocketTable
  let messages: MessageIndex
  let journal: Journal

  var all: [InspectorEntry] {
    var entries = [
      InspectorEntry(label: record.kind.word, text: "\(callText) · record \(sequence)", role: .strong)
    ]
    let explanation = Explanation(record, in: journal)
    if !explanation.sentences.isEmpty {
      entries.append(InspectorEntry(label: "because", text: explanation.text))
    }
    entries += cut + origin + wire
    if let page = explanation.page {
      entries.append(InspectorEntry(label: "read", text: "man \(page)", role: .muted))
    }
    if record.kind == .recv { entries.append(InspectorEntry(label: "waited", text: "", isPicture: true)) }
    entries.append(InspectorEntry(label: "times", text: times))
    if let info = sockets.info(record.socket), let totals = sockets.totals(record.socket) {
      entries.append(InspectorEntry(label: "socket", text: socketText(info, totals), role: .muted))
    }
    entries += held
    entries += kernel
    return entries
  }

  /// Where the bytes begin and end in messages.
  private var cut: [InspectorEntry] {
    guard let found = MessagesInChunk(record, messages, journal) else { return [] }
    return [InspectorEntry(label: "messages", text: found.text, role: found.isHalf ? .warning : .text)]
  }

  /// What the wire carried of the bytes.
  private var wire: [InspectorEntry] {
    let text = SegmentsOfCall(record, in: journal)?.text ?? DatagramOnWire(record, in: journal)?.text
    return text.map { [InspectorEntry(label: "segments", text: $0)] } ?? []
  }

  /// What waits in a relay, with the numbers that release and drop take.
  private var held: [InspectorEntry] {
    guard let info = sockets.info(record.socket), info.isHeld else { return [] }
    let pieces = sockets.kernelState(of: record.socket)?.held ?? []
    let words = pieces.enumerated().map { "\($0 + 1) \"\(EscapedText.escaped(Array($1.bytes)))\"" }
    return [
      InspectorEntry(
        label: "held", text: words.isEmpty ? "nothing waits yet" : words.joined(separator: " · "), role: .mark
      )
    ]
  }

  /// What the kernel says of the socket now.
  private var kernel: [InspectorEntry] {
    guard let state = sockets.kernelState(of: record.socket) else { return [] }
    var parts: [String] = []
    if let tcp = state.tcp { parts.append(tcp) }
    if let backlog = state.backlog {
      parts.append("\(backlog.waiting) of \(backlog.limit) wait in the backlog")
    }
    if let queue = state.receiveQueue { parts.append("\(Units.size(Int64(queue))) to read") }
    if let queue = state.sendQueue { parts.append("\(Units.size(Int64(queue))) not acknowledged") }
    let facts = state.facts.map { "\($0.name) \($0.value)" }
    return [InspectorEntry(label: "kernel now", text: (parts + facts).joined(separator: " · "))]
  }

  private var callText: String {
    let name = sockets.name(record.socket)
    let flags = record.flags.subtracting(.noSignal).names
    let flagText = flags.isEmpty ? "" : ", " + flags.joined(separator: ", ")
    switch record.kind {
    case .recv, .send:
      let result = record.errno.map { "failed: \($0.name)" } ?? "returned \(record.result)"
      return
        "\(name): \(record.kind.word)(\(record.asked)\(flagText)) \(result) after "
        + "\(Units.duration(record.waited))"
    case .start, .listen, .accept, .connect, .wait, .shutdown, .close, .option, .mark, .expect,
      .burst, .hold, .release, .drop, .call, .startProgram, .output, .signal, .unseen, .lost, .exitProgram,
      .shake, .cut, .ask, .answer, .reveal, .segment:
      let words = RecordLine(record, payload: journal.payload(of: record)?[...], .whole)
        .text(sockets: sockets.info)
      return name.isEmpty ? words : "\(name): \(words)"
    }
  }

  /// The calls at the other end whose bytes these are.
  private var origin: [InspectorEntry] {
    guard let peer = journal.peer(of: record.socket),
      let text = Pairing(journal, peer: peer)?.sentence(for: record, peerName: sockets.name(peer))
    else { return [] }
    let isChunk = record.kind == .recv
    return [
      InspectorEntry(label: isChunk ? "came from" : "went to", text: text, role: isChunk ? .sent : .received)
    ]
  }

  private var times: String {
    var parts: [String] = []
    if record.waited > 0 { parts.append("entered \(Units.time(record.start))") }
    if let planned = record.planned {
      parts.append("planned \(Units.time(planned)), \(Units.duration(max(0, record.start - planned))) late")
    }
    if let arrived = record.arrived {
      let dwell = record.end - arrived
      parts.append("newest byte arrived \(Units.time(arrived)), \(Units.duration(dwell)) before the return")
    }
    parts.append("\(record.waited > 0 ? "returned" : "at") \(Units.time(record.end))")
    if let segments = record.segments {
      parts.append("\(segments) segment\(segments == 1 ? "" : "s") since the call before")
    }
    return parts.joined(separator: "; ")
  }

  private func socketText(_ info: SocketInfo, _ totals: SocketTotals) -> String {
    let state = SocketState(info, totals)
    if info.role == .program { return state.sentence }
    let ends = [info.local, info.peer].compactMap { $0 }.joined(separator: " ↔ ")
    return "\(info.kind.rawValue) \(ends), \(state.sentence)"
  }
}
