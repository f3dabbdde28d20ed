import CTracing
import Glibc
import Traffic

/// Reads the sets of a select(2), poll(2) or epoll_wait(2) that returned.
struct WaitReader {
  let finder: SocketFinder
  let thread: TracedThread

  /// - Returns: nil if no socket was asked for.
  func read(_ call: UnderWay, result: Int64) -> SeenWait? {
    switch call.name {
    case .select, .pselect6: select(call, result)
    case .poll, .ppoll: poll(call, result)
    default: epoll(call, result)
    }
  }

  // MARK: select

  private func select(_ call: UnderWay, _ result: Int64) -> SeenWait? {
    guard case .sets(let asked, let timeout) = call.before else { return nil }
    var wait = SeenWait(.select, timeout: timeout)
    var isOfSockets = false
    for (index, set) in asked.enumerated() {
      let told =
        result > 0
        ? thread.process.memory.values(UInt64.self, at: call.argument(index + 1), count: set.count) : []
      for descriptor in members(of: set) {
        guard let socket = finder.socket(descriptor, of: thread) else { continue }
        isOfSockets = true
        let word = Int(descriptor) / 64
        guard word < told.count, told[word] & 1 << UInt64(descriptor % 64) != 0 else { continue }
        switch index {
        case 0: wait.readable.append(socket)
        case 1: wait.writable.append(socket)
        default: wait.exceptional.append(socket)
        }
      }
    }
    return isOfSockets ? wait : nil
  }

  private func members(of set: [UInt64]) -> [Int32] {
    var members: [Int32] = []
    for (index, word) in set.enumerated() {
      var rest = word
      while rest != 0 {
        members.append(Int32(index * 64 + rest.trailingZeroBitCount))
        rest &= rest - 1
      }
    }
    return members
  }

  // MARK: poll

  private func poll(_ call: UnderWay, _ result: Int64) -> SeenWait? {
    let entries = thread.process.memory.values(
      pollfd.self, at: call.argument(0), count: min(1 << 16, Int(clamping: call.argument(1))))
    var wait = SeenWait(.poll, timeout: milliseconds(call.int(2)))
    if case .timeout(let timeout) = call.before { wait.timeout = timeout }
    var isOfSockets = false
    for entry in entries {
      guard let socket = finder.socket(entry.fd, of: thread) else { continue }
      isOfSockets = true
      if result > 0, entry.revents != 0 { wait.add(socket, UInt32(UInt16(bitPattern: entry.revents))) }
    }
    return isOfSockets ? wait : nil
  }

  // MARK: epoll

  private func epoll(_ call: UnderWay, _ result: Int64) -> SeenWait? {
    guard case .epoll(let interest) = finder.entry(call.descriptor, of: thread) else { return nil }
    if !interest.isKnown { ask(interest, call.descriptor) }
    guard interest.watched.contains(where: { finder.socket($0.descriptor, of: thread) != nil }) else {
      return nil
    }
    var wait = SeenWait(
      .epollWait,
      timeout: call.name == .epollPwait2
        ? thread.process.memory.timespec(at: call.argument(3)) : milliseconds(call.int(3)))
    guard result > 0 else { return wait }
    let size = trace_epoll_event_size()
    let memory = thread.process.memory.bytes(at: call.argument(1), count: Int(min(result, 1 << 16)) * size)
    for index in 0..<memory.count / size {
      var (events, data): (UInt32, UInt64) = (0, 0)
      memory.withUnsafeBytes { trace_epoll_event($0.baseAddress! + index * size, &events, &data) }
      guard let watched = interest[data], let socket = finder.socket(watched.descriptor, of: thread) else {
        continue
      }
      wait.add(socket, events)
      if watched.isEdge { wait.edges.append(socket) }
    }
    return wait
  }

  /// What was added before it was watched.
  private func ask(_ interest: EpollInterest, _ descriptor: Int32) {
    interest.isKnown = true
    let most = 4096
    let watched = [trace_watched](unsafeUninitializedCapacity: most) { buffer, initialized in
      initialized = max(
        0, Int(trace_epoll_watched(thread.id, descriptor, buffer.baseAddress!, CInt(most))))  // most > 0
    }
    for one in watched {
      interest.set(one.descriptor, data: one.data, isEdge: one.events & 1 << 31 != 0)
    }
  }

  // MARK: Times

  private func milliseconds(_ value: Int32) -> Nanoseconds? {
    value < 0 ? nil : Nanoseconds(value) * 1_000_000
  }
}
