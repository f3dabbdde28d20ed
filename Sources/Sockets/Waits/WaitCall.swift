import CLinux
import Glibc
import SystemPackage
import Traffic

/// One way to wait for several descriptors: select(2), poll(2) or epoll_wait(2).
///
/// What they report is told in select's words; see select(2), "Correspondence between select() and poll() notifications".
protocol WaitCall {
  static var call: WaitCallName { get }

  /// Watches a descriptor for this from now on, whatever it was before; for nothing at all with an empty interest.
  mutating func watch(_ descriptor: CInt, for interest: Interest) -> Result<Void, Errno>

  /// Waits until something is ready, until a time of CLOCK_MONOTONIC at the latest, to the nanosecond and without saying what: a
  /// wait that follows tells at once.
  mutating func rest(until deadline: Nanoseconds)

  /// Waits until something is ready or the timeout is over; nil is for ever.
  /// - Parameter ready: gets what is ready.
  /// - Returns: what the call returned.
  mutating func wait(timeout: Nanoseconds?, ready: inout [Ready]) -> Result<CInt, Errno>
}

extension WaitCall {
  mutating func add(_ descriptor: CInt) -> Result<Void, Errno> { watch(descriptor, for: .reading) }
  mutating func remove(_ descriptor: CInt) { _ = watch(descriptor, for: []) }

  /// One wait, and its record.
  /// - Parameter name: the socket of a descriptor; nil for one that is no socket of a session.
  mutating func wait(
    timeout: Nanoseconds?, ready: inout [Ready], on id: SocketID, run: Run, name: (CInt) -> SocketID?
  ) {
    let start = run.clock.now
    let outcome = wait(timeout: timeout, ready: &ready)
    let end = run.clock.now
    let result: Int32 =
      switch outcome {
      case .success(let count): count
      case .failure(let errno): -errno.rawValue
      }
    run.writer.append(
      .wait(id, Self.call, from: start, to: end, result: result, timeout: timeout),
      WaitSets(ready: ready, id: name))
  }
}

/// What a wait says of one descriptor.
struct Ready {
  var descriptor: CInt
  var isReadable = false
  var isWritable = false
  var isExceptional = false
  /// What poll(2) or epoll_wait(2) said; nil for select(2).
  var events: PollEvents?
  /// True if it is told once, as EPOLLET asks.
  var isEdge = false
}

extension Ready {
  /// The bits of poll(2) and epoll(7), which have the same values, in select's words.
  init(descriptor: CInt, events: UInt32, isEdge: Bool = false) {
    let events = PollEvents(rawValue: events)
    self.descriptor = descriptor
    self.events = events
    self.isEdge = isEdge
    isReadable = !events.isDisjoint(with: [.readable, .hangUp, .error])
    isWritable = !events.isDisjoint(with: [.writable, .error])
    isExceptional = events.contains(.urgent)
  }
}

extension PollEvents {
  /// What poll(2) and epoll(7) are asked for.
  init(_ interest: Interest) {
    self = []
    if interest.contains(.reading) { formUnion([.readable, .urgent, .peerHangUp]) }
    if interest.contains(.writing) { insert(.writable) }
  }
}

extension Nanoseconds {
  /// poll's and epoll's timeout: whole milliseconds, rounded up so that no wait ends early.
  var milliseconds: CInt { CInt(clamping: (self + 999_999) / 1_000_000) }
}

extension WaitSets {
  /// What was ready, by the sockets' ids; descriptors that are no socket of a session are left out.
  init(ready: [Ready], id: (CInt) -> SocketID?) {
    self.init(
      readable: ready.filter(\.isReadable).compactMap { id($0.descriptor) },
      writable: ready.filter(\.isWritable).compactMap { id($0.descriptor) },
      exceptional: ready.filter(\.isExceptional).compactMap { id($0.descriptor) },
      events: ready.compactMap { found in
        found.events.flatMap { events in id(found.descriptor).map { SocketEvents($0, events) } }
      },
      edges: ready.filter(\.isEdge).compactMap { id($0.descriptor) })
  }
}
