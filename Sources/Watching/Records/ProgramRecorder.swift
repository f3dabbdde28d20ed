import CLinux
import SystemPackage
import Traffic

/// Makes records of what a watched program does. It lives on the tracing thread.
final class ProgramRecorder {
  /// How long a call takes under ptrace(2) that returns at once: measured, rounded up.
  static let floor: Nanoseconds = 9_000

  private let journal: ProgramJournal
  private var writer: JournalWriter { journal.writer }
  private var sockets: WatchedSockets

  init(_ journal: ProgramJournal) {
    self.journal = journal
    sockets = WatchedSockets(journal)
  }

  private var now: Nanoseconds { cl_monotonic() - journal.origin }

  func take(_ event: ProgramEvent) {
    let program = journal.program
    switch event {
    case .began(let process):
      writer.append(
        .startProgram(program, at: now, process: process),
        ProgramStart(command: journal.command, source: "ptrace", floor: Self.floor))
    case .failed(let failure):
      writer.append(.unopened(program, from: now, to: now), text: failure.sentence)
    case .call(let call, let bytes): record(call, bytes)
    case .signal(let process, let thread, let number):
      writer.append(.signal(program, at: now, process: process, thread: thread, number: number))
    case .unseen(let reason, let process, let thread):
      writer.append(.unseen(program, at: now, process: process, thread: thread, reason))
    case .lost(let calls, let errno):
      writer.append(.lost(program, at: now, calls: calls, Errno(rawValue: errno)))
    case .exited(let process, .exited(let status)):
      writer.append(.exitProgram(program, at: now, process: process, status: status))
    case .exited(let process, .killed(let signal)):
      writer.append(.exitProgram(program, at: now, process: process, status: 0, signal: signal))
    case .willUse, .ended: break
    }
  }

  // MARK: Calls

  private func record(_ call: SeenCall, _ bytes: UnsafeRawBufferPointer) {
    let socket = call.socket.map { sockets.id(of: $0) } ?? journal.program
    switch (call.call, call.detail) {
    case (_, .close(let how, let unread, isLast: true)):
      append(
        .close(socket, how, from: start(call), to: end(call), unread: unread, failed: errno(call)), call)
      if let seen = call.socket { sockets.forget(seen) }
    case (_, .fromFile(let isSend)): isSend ? send(call, socket, bytes) : receive(call, socket, bytes)
    case (.read, _), (.readv, _), (.recvfrom, _), (.recvmsg, _), (.recvmmsg, _):
      receive(call, socket, bytes)
    case (.write, _), (.writev, _), (.sendto, _), (.sendmsg, _), (.sendmmsg, _): send(call, socket, bytes)
    case (.accept, _), (.accept4, _): accept(call, socket)
    case (.connect, _):
      let ends = ConnectedEnds(local: call.socket?.local, peer: call.address ?? call.socket?.peer ?? "")
      append(.connect(socket, from: start(call), to: end(call), failed: errno(call)), call, ends)
    case (.listen, .backlog(let backlog)) where call.result == 0:
      append(.listen(socket, at: end(call), backlog: backlog), call, text: call.socket?.local ?? "")
    case (.bind, _) where call.result == 0 && call.socket?.kind.isConnectionOriented == false:
      append(.listen(socket, at: end(call), backlog: 0), call, text: call.socket?.local ?? "")
    case (.shutdown, .shutdown(let how)):
      append(.shutdown(socket, how, from: start(call), to: end(call), failed: errno(call)), call)
    case (_, .option(let name, let value)):
      append(
        .option(socket, at: end(call), failed: errno(call)), call,
        OptionChange(name: name, granted: value, asked: value))
    case (_, .wait(let wait)): self.wait(call, wait)
    default:
      append(
        .call(socket, from: start(call), to: end(call), result: Int32(clamping: call.result)), call,
        text: call.address ?? "")
    }
  }

  private func receive(_ call: SeenCall, _ socket: SocketID, _ bytes: UnsafeRawBufferPointer) {
    var record = Record.recv(
      socket, from: start(call), to: end(call), asked: call.asked, result: Int32(clamping: call.result),
      flags: call.flags, conditions: call.conditions)
    record.queued = call.queued
    if call.conditions.contains(.datagram) {
      record.lost = call.lost
    } else {
      record.segments = call.segments
    }
    record.address = call.address.map(writer.intern)
    writer.append(made(record, call), payload: bytes)
  }

  private func send(_ call: SeenCall, _ socket: SocketID, _ bytes: UnsafeRawBufferPointer) {
    var record = Record.send(socket, flags: call.flags, to: call.address.map(writer.intern))
    (record.start, record.end) = (start(call), end(call))
    record.asked = UInt32(clamping: call.asked)
    record.result = Int32(clamping: call.result)
    writer.append(made(record, call), payload: bytes)
  }

  private func accept(_ call: SeenCall, _ socket: SocketID) {
    if case .accepted(let connection) = call.detail {
      append(
        .accept(
          socket, from: start(call), to: end(call), connection: sockets.id(of: connection), backlogLeft: nil),
        call)
    } else {
      append(
        .accept(socket, from: start(call), to: end(call), failed: errno(call) ?? .badFileDescriptor), call)
    }
  }

  private func wait(_ call: SeenCall, _ wait: SeenWait) {
    func ids(_ all: [SeenSocket]) -> [SocketID] { all.map { sockets.id(of: $0) } }
    let sets = WaitSets(
      readable: ids(wait.readable), writable: ids(wait.writable), exceptional: ids(wait.exceptional),
      events: wait.events.map { SocketEvents(sockets.id(of: $0.socket), $0.events) }, edges: ids(wait.edges))
    append(
      .wait(
        journal.program, wait.call, from: start(call), to: end(call), result: Int32(clamping: call.result),
        timeout: wait.timeout), call, sets)
  }

  // MARK: Shared

  private func start(_ call: SeenCall) -> Nanoseconds { call.entered - journal.origin }
  private func end(_ call: SeenCall) -> Nanoseconds { call.left - journal.origin }
  private func errno(_ call: SeenCall) -> Errno? {
    call.result < 0 ? Errno(rawValue: Int32(clamping: -call.result)) : nil
  }

  private func made(_ record: Record, _ call: SeenCall) -> Record {
    record.made(
      by: call.call, process: call.process, thread: call.thread,
      descriptor: call.descriptor < 0 ? nil : call.descriptor)
  }

  private func append(_ record: Record, _ call: SeenCall) { writer.append(made(record, call)) }

  private func append(_ record: Record, _ call: SeenCall, _ body: some RecordBody) {
    writer.append(made(record, call), body)
  }

  private func append(_ record: Record, _ call: SeenCall, text: String) {
    writer.append(made(record, call), text: text)
  }
}
