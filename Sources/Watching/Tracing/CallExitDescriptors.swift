import CTracing
import Glibc
import Traffic

/// Calls that make, name and close sockets and descriptors.
extension CallExit {
  func accept(_ call: UnderWay, _ thread: TracedThread, _ seen: inout SeenCall) {
    guard seen.result >= 0 else { return }
    let descriptor = Int32(truncatingIfNeeded: seen.result)
    thread.process.table.forget(descriptor)
    if let made = finder.socket(descriptor, of: thread, listener: call.socket) {
      seen.detail = .accepted(made)
    }
  }

  func takeAddress(_ call: UnderWay, _ thread: TracedThread, _ seen: inout SeenCall) {
    let length = min(128, max(0, Int(call.int(2))))
    seen.address = AddressText.text(thread.process.memory.bytes(at: call.argument(1), count: length))
    let isUnderWay = seen.result == -Int64(EINPROGRESS)
    let isRefused = call.name == .connect && isRefused(call, seen.result)
    if call.name == .connect, isUnderWay || isRefused { call.socket?.peer = seen.address }
    if seen.result == 0 || isUnderWay || isRefused { refresh(call, thread) { _ in } }
  }

  /// True for a connect(2) that asked its peer, and came to nothing: getpeername(2) tells nothing of it.
  private func isRefused(_ call: UnderWay, _ result: Int64) -> Bool {
    guard result < 0, call.socket?.kind == .tcp else { return false }
    return ![EISCONN, EALREADY, EBADF, EFAULT].contains(Int32(truncatingIfNeeded: -result))
  }

  /// Asks for the addresses of the call's socket again.
  func refresh(_ call: UnderWay, _ thread: TracedThread, _ change: (SeenSocket) -> Void) {
    guard let socket = call.socket else { return }
    change(socket)
    var error: CInt = 0
    guard let own = Duplicate(of: call.descriptor, in: thread.process.pidfd, error: &error) else { return }
    finder.askEnds(of: socket, own.descriptor)
  }

  /// Whatever it returns, the descriptor is free; see close(2). Only EBADF says that there was none.
  func close(_ call: UnderWay, _ thread: TracedThread, _ seen: SeenCall) {
    var seen = seen
    if seen.result == -Int64(EBADF) { return tell(seen) }
    guard let socket = thread.process.table.forget(call.descriptor) else { return }
    fillClose(&seen, socket, call.closing)
    tell(seen)
  }

  func fillClose(_ seen: inout SeenCall, _ socket: SeenSocket, _ closing: Closing) {
    let isLast = socket.holders == 0 && socket.inFlight == 0
    if isLast { finder.forget(socket) }
    seen.detail = .close(closing.how, unread: closing.unread, isLast: isLast)
  }

  func closeRange(_ call: UnderWay, _ thread: TracedThread, _ seen: SeenCall) {
    guard seen.result == 0, case .closeRange(let closings) = call.before else { return }
    let range = DescriptorRange(call)
    for descriptor in thread.process.table.entries.keys.sorted() where range.contains(descriptor) {
      guard let socket = thread.process.table.forget(descriptor) else { continue }
      closeSilently(.closeRange, socket, descriptor, thread.process, closings[descriptor], at: seen.left)
    }
  }

  /// Tells of a socket that was closed by something else than a close(2) of its own.
  func closeSilently(
    _ name: CallName, _ socket: SeenSocket, _ descriptor: Int32, _ process: TracedProcess,
    _ closing: Closing?, at time: Nanoseconds
  ) {
    buffer.clear()
    var seen = SeenCall(name, of: socket, descriptor: descriptor, process: process.id, at: time)
    fillClose(&seen, socket, closing ?? .unknown)
    tell(seen)
  }

  func duplicate(_ call: UnderWay, _ thread: TracedThread, _ seen: SeenCall) {
    var seen = seen
    guard seen.result >= 0 else {
      if call.socket != nil { tell(seen) }
      return
    }
    let made = Int32(truncatingIfNeeded: seen.result)
    let table = thread.process.table
    if made == call.descriptor { return }
    if let closed = table.forget(made) {
      var closing = SeenCall(
        call.name, of: closed, descriptor: made, process: thread.process.id, at: seen.left)
      fillClose(&closing, closed, call.closing)
      tell(closing)
    }
    if let entry = table[call.descriptor] { table.set(made, entry) }
    seen.detail = .descriptor(made)
    if call.socket != nil { tell(seen) }
  }

  func make(_ call: UnderWay, _ thread: TracedThread, _ seen: SeenCall) {
    guard seen.result >= 0 else { return tell(seen) }
    let made: [Int32] =
      call.name == .socket
      ? [Int32(truncatingIfNeeded: seen.result)]
      : thread.process.memory.values(Int32.self, at: call.argument(3), count: 2)
    for descriptor in made {
      thread.process.table.forget(descriptor)
      guard let socket = finder.socket(descriptor, of: thread) else { continue }
      var each = SeenCall(
        call.name, of: socket, descriptor: descriptor, process: thread.process.id, at: seen.left)
      each.detail = .descriptor(descriptor)
      tell(each)
    }
  }

  func epollControl(_ call: UnderWay, _ thread: TracedThread, result: Int64) {
    guard result == 0, case .epoll(let interest) = finder.entry(call.descriptor, of: thread) else { return }
    // EPOLL_CTL_DEL
    if call.int(1) == 2 { return interest.remove(call.int(2)) }
    let memory = thread.process.memory.bytes(at: call.argument(3), count: trace_epoll_event_size())
    guard memory.count == trace_epoll_event_size() else { return }
    var (events, data): (UInt32, UInt64) = (0, 0)
    memory.withUnsafeBytes { trace_epoll_event($0.baseAddress!, &events, &data) }
    interest.set(call.int(2), data: data, isEdge: events & 1 << 31 != 0)
  }
}
