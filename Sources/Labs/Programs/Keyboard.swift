import CLinux
import Glibc
import Sockets
import Synchronization
import SystemPackage
import Traffic

/// Types bursts to a program, one after another, on a thread that lives while there is something to type.
final class Keyboard: Sendable {
  private struct State {
    var waiting: [BurstSchedule] = []
    var isTyping = false
    /// Nothing more is typed: the program is over, or what it reads was ended.
    var isClosed = false
    var whenIdle: [@Sendable () -> Void] = []
  }

  let isTerminal: Bool
  private let descriptor: CInt
  private let state = Mutex(State())
  /// Wakes the thread at the end.
  private let bell = Bell()
  private let failed: @Sendable (Errno) -> Void

  /// - Parameter failed: is told why what was typed could not be written.
  init(_ channel: ProgramChannel, failed: @escaping @Sendable (Errno) -> Void) {
    descriptor = channel.sink
    isTerminal = channel.isTerminal
    self.failed = failed
  }

  /// Types when what was asked for before is typed.
  /// - Returns: false if nothing can be typed any more.
  func type(_ schedule: BurstSchedule) -> Bool {
    let mustStart: Bool? = state.withLock { state in
      if state.isClosed { return nil }
      state.waiting.append(schedule)
      defer { state.isTyping = true }
      return !state.isTyping
    }
    guard let mustStart else { return false }
    if mustStart, !Worker.start("type", run) { end() }
    return true
  }

  /// The window of the terminal is another one.
  func resize(_ size: WindowSize) {
    state.withLock { state in
      if isTerminal, !state.isClosed { _ = cl_set_window(descriptor, CInt(size.rows), CInt(size.columns)) }
    }
  }

  /// Types no more; a pipe's reader gets an end of file.
  func close() {
    let isIdle = state.withLock { state in
      if state.isClosed { return false }
      state.isClosed = true
      return !state.isTyping
    }
    bell.ring()
    if isIdle { Glibc.close(descriptor) }
  }

  func waitUntilIdle() {
    let idle = Latch()
    let isIdle = state.withLock { state in
      if state.isTyping { state.whenIdle.append(idle.raise) }
      return !state.isTyping
    }
    if !isIdle { idle.wait() }
  }

  /// What a program without a terminal reads from; nil once it is closed.
  var pipe: CInt? { state.withLock { isTerminal || $0.isClosed ? nil : descriptor } }

  private var isClosed: Bool { state.withLock { $0.isClosed } }

  private func run() {
    while let schedule = next() { play(schedule) }
  }

  /// The next one; nil when there is none, or no more is wanted.
  private func next() -> BurstSchedule? {
    let next = state.withLock { state in
      state.isClosed || state.waiting.isEmpty ? nil : state.waiting.removeFirst()
    }
    if next == nil { end() }
    return next
  }

  private func end() {
    let (waiting, isClosed) = state.withLock { state in
      (state.isTyping, state.waiting) = (false, [])
      defer { state.whenIdle = [] }
      return (state.whenIdle, state.isClosed)
    }
    if isClosed { Glibc.close(descriptor) }
    for tell in waiting { tell() }
  }

  private func play(_ schedule: BurstSchedule) {
    let start = cl_monotonic()
    for action in schedule {
      while !isClosed, cl_monotonic() < start + action.time { bell.wait(until: start + action.time) }
      if isClosed { return }
      switch action.action {
      case .send(let bytes), .sendFlagged(let bytes, _): if !write(bytes) { return close() }
      case .shutdown, .close: return close()
      // Refused before: see `Burst.refusalOfTyping`.
      case .cork, .uncork, .reset: break
      }
    }
  }

  /// - Returns: false if nobody reads there any more.
  private func write(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty, !isClosed {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        var entries = [
          pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0),
          pollfd(fd: bell.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        poll(&entries, 2, -1)
      } else if errno != EINTR {
        failed(Errno(rawValue: errno))
        return false
      }
    }
    return true
  }
}
