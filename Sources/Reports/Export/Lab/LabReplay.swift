import SystemPackage
import Traffic

/// Writes the lines of a lab from records, in their order.
struct LabReplay {
  private let journal: Journal
  private let names: SocketNames
  private var actors: [SocketID: LabActor] = [:]
  /// What listens in the lab, by its address in the run.
  private var listeners: [String: String] = [:]
  /// Who is at an address that the lab does not choose: clients that datagrams are sent to, by it.
  private var clients: [String: String] = [:]
  private var lines = LabLines()
  private var missing: Int64 = 0
  private var unplayed = 0
  /// Calls of recv by hand that are still to be written.
  private var pending: [LabReceive] = []
  /// Connects that are still to be written, until they are accepted or the client does something: connections are named in the
  /// order in which they were accepted, and connect() calls may return in another.
  private var connects: [(socket: SocketID, time: Nanoseconds)] = []
  /// Who has been connected, by its own row or its accept's.
  private var connected: Set<SocketID> = []
  /// Sockets that send no more, and those that have shut down their receiving side.
  private var finished: Set<SocketID> = []
  private var deaf: Set<SocketID> = []
  private var labNames: LabNames
  /// There is something to play.
  var hasLines: Bool { lines.hasAny }

  init(_ journal: Journal, _ names: SocketNames) {
    (self.journal, self.names, labNames) = (journal, names, LabNames(names))
  }

  /// What is not in the lab.
  var notes: [String] {
    (missing > 0 ? ["\(Units.size(missing)) that were no longer held are sent as zeros"] : [])
      + (unplayed > 0 ? ["\(Units.count(unplayed)) sends are another program's, and left to it"] : [])
  }

  mutating func take(_ row: ExportRows.Row, to output: inout ByteBuffer) {
    let record = row.record
    guard let info = names[record.socket] else { return }
    settle(before: record.start, to: &output)
    if record.kind != .connect { connectHeld(upTo: record.socket, to: &output) }
    switch record.kind {
    case .listen: listen(record, info, payload: row.payload, to: &output)
    case .connect where record.errno == nil || record.errno == .nowInProgress:
      if names.peer(of: record.socket) == nil {
        connect(record.socket, at: record.end, to: &output)
      } else if !connected.contains(record.socket) {
        connects.append((record.socket, record.end))
      }
    case .accept: accept(record, info, to: &output)
    case .recv: receive(row, to: &output)
    case .send where record.result > 0 || record.result == 0 && info.kind.keepsBoundaries:
      send(row, to: &output)
    case .shutdown where record.result >= 0:
      if record.how != .read { finished.insert(record.socket) }
      if record.how != .write { deaf.insert(record.socket) }
      end(record, "shutdown", " \(record.how?.word ?? "both")", to: &output)
    case .close:
      finished.insert(record.socket)
      end(record, "close", record.how == .reset ? " --reset" : "", to: &output)
    case .start, .wait, .option, .mark, .expect, .burst, .hold, .release, .drop, .call, .startProgram,
      .output,
      .signal, .unseen, .lost, .exitProgram, .shake, .cut, .ask, .answer, .reveal, .segment, .connect, .send,
      .shutdown:
      break
    }
  }

  /// Writes what is still to be sent, and waits for what had come.
  mutating func end(to output: inout ByteBuffer) {
    if let last = connects.last { connectHeld(upTo: last.socket, to: &output) }
    settle(before: .max, isLast: true, to: &output)
    lines.flush(to: &output)
    for id in actors.keys.sorted(by: { $0.value < $1.value }) { awaitReceived(id, to: &output) }
  }

  // MARK: Opening

  private mutating func listen(
    _ record: Record, _ info: SocketInfo, payload: ArraySlice<UInt8>?, to output: inout ByteBuffer
  ) {
    let text = payload.map { String(decoding: $0, as: UTF8.self) } ?? info.local ?? ""
    if info.isWatched {
      return lines.comment(
        "\(info.name), a program's, listens at \(text): it has to run when this is played", to: &output)
    }
    guard let address = LabWords.address(text) else {
      return lines.comment("\(info.name) listened at \(text), which cannot be written here", to: &output)
    }
    let name = labNames[record.socket, info]
    if let target = info.target {
      guard let target = LabWords.address(target) ?? listeners.values.first(where: { $0 == target }) else {
        return lines.comment("\(info.name) passed on to \(target), which cannot be written here", to: &output)
      }
      listeners[AddressForm.plain(text)] = name
      return lines.line("relay \(address) \(target) --as \(name)", at: record.end, to: &output)
    }
    listeners[AddressForm.plain(text)] = name
    lines.line("listen \(address) --as \(name)\(LabWords.options(info))", at: record.end, to: &output)
  }

  /// Writes the connects that are held, up to a socket's, if its own is.
  private mutating func connectHeld(upTo socket: SocketID, to output: inout ByteBuffer) {
    guard let place = connects.firstIndex(where: { $0.socket == socket }) else { return }
    let held = connects[...place]
    connects.removeFirst(place + 1)
    for (socket, time) in held { connect(socket, at: time, to: &output) }
  }

  private mutating func connect(_ id: SocketID, at time: Nanoseconds, to output: inout ByteBuffer) {
    guard connected.insert(id).inserted, let info = names[id] else { return }
    let actor = LabActor(info, labNames[id, info])
    actors[id] = actor
    if actor.part == .nobody { return }
    if info.kind.keepsBoundaries, let local = info.local { clients[AddressForm.plain(local)] = actor.name }
    guard let target = target(info.peer, of: id) else {
      return lines.comment(
        "\(info.name) was connected to \(info.peer ?? "—"), which cannot be written here", to: &output)
    }
    if actor.part == .program {
      lines.comment("\(info.name) is a program's: a client of ours sends what it sent", to: &output)
    }
    lines.line("connect \(target) --as \(actor.name)\(LabWords.options(info))", at: time, to: &output)
  }

  private mutating func accept(_ record: Record, _ listener: SocketInfo, to output: inout ByteBuffer) {
    guard let id = record.connection, let info = names[id] else { return }
    if let client = names.peer(of: id), names[client]?.role == .client {
      let time = connects.first { $0.socket == client }?.time ?? record.end
      connects.removeAll { $0.socket == client }
      connect(client, at: time, to: &output)
    }
    var actor = LabActor(info, labNames[id, info])
    if names.peer(of: id) == nil {
      let target =
        listener.isWatched ? listener.local.flatMap(LabWords.address) : labNames[record.socket, listener]
      if let target {
        let name = "\(LabNames.word(actor.name))-peer"
        actor.standIn = name
        lines.comment(
          "the peer of \(info.name), \(info.peer ?? "—"), is not of this run: a client of ours sends what it sent",
          to: &output)
        lines.line("connect \(target) --as \(name)\(LabWords.kind(info))", at: record.end, to: &output)
      }
    }
    actors[id] = actor
  }

  /// Where a client connects to: a session of the lab, or an address.
  private mutating func target(_ peer: String?, of id: SocketID) -> String? {
    if let parent = names.peer(of: id).flatMap({ names[$0]?.parent }), let info = names[parent],
      !info.isWatched, !finished.contains(parent)
    {
      return labNames[parent, info]
    }
    guard let peer else { return nil }
    return listeners[AddressForm.plain(peer)] ?? LabWords.address(peer)
  }

  // MARK: Bytes

  private mutating func receive(_ row: ExportRows.Row, to output: inout ByteBuffer) {
    let record = row.record
    var actor = actor(of: record.socket)
    if actor?.isManual == true, actor?.part == .itself, let name = actor?.name, record.errno != .interrupted {
      pending.append(LabReceive(record, name, taken: actor?.taken ?? 0))
      if record.result > 0, !record.flags.contains(.peek) { actor?.taken += Int64(record.result) }
    }
    if record.streamBytes > 0 {
      actor?.received += Int64(record.streamBytes)
      actor?.latest = record.end
    } else if record.endsReceiving, record.errno == nil {
      actor?.hasEnded = true
      actor?.latest = record.end
    }
    actors[record.socket] = actor
    guard let actor, let peer = actor.standIn else { return }
    if record.streamBytes > 0 {
      if actor.part == .itself, actor.sent > 0, lines.sender != peer {
        lines.wait("\(peer) bytes \(actor.sent)", until: nil, to: &output)
      }
      lines.add(peer, nil, bytes(row), at: record.end, nil, to: &output)
    } else if record.endsReceiving {
      lines.line(
        record.errno == .connectionReset ? "close \(peer) --reset" : "shutdown \(peer) write", at: record.end,
        to: &output)
    }
  }

  private mutating func send(_ row: ExportRows.Row, to output: inout ByteBuffer) {
    let record = row.record
    guard var actor = actor(of: record.socket) else { return }
    actor.sent += Int64(record.streamBytes)
    actors[record.socket] = actor
    if actor.part == .nobody {
      if record.origin == nil { unplayed += 1 }
      return
    }
    awaitReceived(record.socket, before: row, to: &output)
    let target = record.address.map(names.text).flatMap {
      let plain = AddressForm.plain($0)
      return listeners[plain] ?? clients[plain] ?? LabWords.address($0)
    }
    lines.add(actor.name, target, bytes(row), at: record.start, SendFlag(record.flags), to: &output)
  }

  /// What a call has moved; zeros in the place of what is no longer held.
  private mutating func bytes(_ row: ExportRows.Row) -> LabBytes {
    let length = Int(max(0, row.record.result))
    let bytes = LabBytes(row.payload, length)
    missing += Int64(bytes.missing)
    return bytes
  }

  // MARK: Calls by hand

  /// Writes the calls of recv by hand that had returned before a moment. What a call received was sent before it returned,
  /// but its send may have been recorded after it: then it waits for that here, because in the lab it would wait for ever.
  /// - Parameter isLast: nothing more comes that a call could wait for.
  private mutating func settle(before moment: Nanoseconds, isLast: Bool = false, to output: inout ByteBuffer)
  {
    guard let first = pending.first, first.end < moment else { return }
    var waiting: Set<SocketID> = []
    let calls = pending
    pending = []
    for call in calls {
      let isDue = call.end < moment && !waiting.contains(call.socket)
      if isDue, isLast || hasCause(call) {
        write(call, to: &output)
      } else {
        waiting.insert(call.socket)
        pending.append(call)
      }
    }
  }

  /// All calls of a socket that is closed.
  private mutating func settle(_ socket: SocketID, to output: inout ByteBuffer) {
    let calls = pending.filter { $0.socket == socket }
    pending.removeAll { $0.socket == socket }
    for call in calls { write(call, to: &output) }
  }

  private mutating func write(_ call: LabReceive, to output: inout ByteBuffer) {
    lines.line(
      call.line(hasCause: hasCause(call), hasEnd: isEndCaused(call.socket)), at: call.start, to: &output)
  }

  /// What the call returned is there by then.
  private func hasCause(_ call: LabReceive) -> Bool {
    guard call.isStream, let peer = names.peer(of: call.socket), names[peer]?.partner == nil else {
      return true
    }
    if finished.contains(peer) || deaf.contains(call.socket) { return true }
    return !call.isEnd && actors[peer].map { $0.sent >= call.needs } ?? (call.needs == 0)
  }

  /// Who ended what a socket received has done so in the lab too: it was not the end of the run.
  private func isEndCaused(_ socket: SocketID) -> Bool {
    guard let peer = names.peer(of: socket) else { return true }
    guard let partner = names[peer]?.partner else { return finished.contains(peer) }
    return names.peer(of: partner).map(finished.contains) ?? false
  }

  private mutating func actor(of socket: SocketID) -> LabActor? {
    if let actor = actors[socket] { return actor }
    return names[socket].map { LabActor($0, labNames[socket, $0]) }
  }

  // MARK: Ends

  private mutating func end(
    _ record: Record, _ command: String, _ options: String, to output: inout ByteBuffer
  ) {
    guard let info = names[record.socket], info.role != .program else { return }
    if info.isRelayed || info.isWatched && info.role != .client {
      if record.kind == .close { actors[record.socket] = nil }
      return
    }
    let name = labNames[record.socket, info]
    if record.kind == .close { settle(record.socket, to: &output) }
    if lines.sender != name { lines.flush(to: &output) }
    awaitReceived(record.socket, to: &output)
    lines.flush(to: &output)
    lines.line("\(command) \(name)\(options)", at: record.start, to: &output)
    if record.kind == .close {
      actors[record.socket] = nil
      // Of a stream the peer's end tells that it is done; what is sent to datagrams' sockets would still find it open.
      if info.kind.keepsBoundaries { lines.wait("\(name) sent", until: nil, to: &output) }
      // Whoever turns to it later has its address alone.
      listeners = listeners.filter { $0.value != name }
    }
  }

  // MARK: Lines

  /// What a socket had received before it did something has to be there.
  /// - Parameter row: what it did; nil if that needs all that was received.
  private mutating func awaitReceived(
    _ id: SocketID, before row: ExportRows.Row? = nil, to output: inout ByteBuffer
  ) {
    guard var actor = actors[id], actor.part == .itself, actor.isStream, !actor.isManual else { return }
    var due = PriorAnswer(bytes: actor.received, isEnd: actor.hasEnded, time: actor.latest)
    if let row, actor.latest > row.record.start {
      due = journal.answer(.received, on: id, at: row.record.start, before: row.sequence)
    }
    // What a busy machine recorded late is sent by a later line.
    if let peer = names.peer(of: id).flatMap({ actors[$0] }), peer.part == .itself {
      due.bytes = min(due.bytes, peer.sent)
    }
    let wantsBytes = due.bytes > actor.awaited
    let wantsEnd = due.isEnd && !actor.isEndAwaited && isEndCaused(id)
    if !wantsBytes, !wantsEnd { return }
    let what = wantsEnd ? "end" : "bytes \(due.bytes)"
    lines.wait("\(actor.name) \(what)", until: due.time ?? 0, to: &output)
    (actor.awaited, actor.isEndAwaited) = (due.bytes, actor.isEndAwaited || wantsEnd)
    actors[id] = actor
  }
}
