import CLinux
import Glibc
import Synchronization
import SystemPackage
import Traffic

/// Captures the headers of what passes on the ports of a run, on all interfaces, and records it. A thread of its own reads
/// what the kernel's filter lets through.
public final class WireCapture: Sendable {
  /// Packets that wait in the ring at most: 8 MiB of memory.
  private static let frames: UInt32 = 1 << 15
  /// Packets are read in bundles: a thread that is woken for each would slow down who sends.
  private static let bundling: Nanoseconds = 1_000_000
  /// How long one waits at most for the socket of a packet before one looks again.
  private static let patience: Nanoseconds = 5_000_000
  /// A port is followed for so long after its last socket was open.
  private static let lingering: Nanoseconds = 20_000_000_000
  private static let sweep: Nanoseconds = 10_000_000_000
  private static let mostTold = 8

  /// What the ports' lock guards: the filter in the kernel is that of these ports.
  private struct Ports {
    /// When each was wanted last, CLOCK_MONOTONIC.
    var wanted: [UInt16: Nanoseconds] = [:]

    /// Gives the kernel the filter of these ports.
    func attach(to wire: OpaquePointer) -> CInt {
      let filter = WireFilter(ports: Set(wanted.keys))
      return filter.instructions.withUnsafeBufferPointer {
        cl_wire_filter(wire, $0.baseAddress!, UInt16($0.count))  // a filter is never empty
      }
    }
  }

  private let ports = Mutex(Ports())
  /// The address of the ring, which one thread reads; the filter is changed under the ports' lock.
  private let address: UInt
  private let bell: CInt
  private let isToEnd = Atomic(false)
  private let isOver = Atomic(false)
  private let writer: JournalWriter
  private let now: @Sendable () -> Nanoseconds
  private let arrival: @Sendable (_ stamp: Nanoseconds, _ before: Nanoseconds) -> Nanoseconds?

  /// Begins to capture; nothing is let through before a port is followed.
  /// - Parameters:
  ///   - now: the time on the run's clock.
  ///   - arrival: a stamp of CLOCK_REALTIME on the run's clock, before a time of CLOCK_MONOTONIC; nil where that cannot be.
  public static func start(
    recordedIn writer: JournalWriter, now: @escaping @Sendable () -> Nanoseconds,
    arrival: @escaping @Sendable (_ stamp: Nanoseconds, _ before: Nanoseconds) -> Nanoseconds?
  ) -> Result<WireCapture, WireFailure> {
    var error: CInt = 0
    guard let wire = cl_wire_open(frames, &error) else {
      return .failure(WireFailure(call: "socket(AF_PACKET)", errno: Errno(rawValue: error)))
    }
    let capture = WireCapture(wire, writer, now, arrival)
    let filtered = capture.ports.withLock { $0.attach(to: wire) }
    let begun = filtered < 0 ? filtered : cl_wire_begin(wire)
    let started = begun < 0 ? begun : capture.startThread()
    if started < 0 {
      capture.isOver.store(true, ordering: .releasing)
      return .failure(
        WireFailure(call: begun < 0 ? "bind(AF_PACKET)" : "pthread_create", errno: Errno(rawValue: -started)))
    }
    return .success(capture)
  }

  private init(
    _ wire: OpaquePointer, _ writer: JournalWriter, _ now: @escaping @Sendable () -> Nanoseconds,
    _ arrival: @escaping @Sendable (Nanoseconds, Nanoseconds) -> Nanoseconds?
  ) {
    address = UInt(bitPattern: wire)
    bell = cl_eventfd()
    (self.writer, self.now, self.arrival) = (writer, now, arrival)
  }

  deinit {
    if bell >= 0 { close(bell) }
    cl_wire_close(wire)
  }

  // MARK: Ports

  /// From now on captures what goes to a port or comes from it; to be told before listen(2), bind(2) or connect(2) is called.
  /// It is followed until some time after its last socket is closed.
  public func follow(port: UInt16) {
    guard port != 0 else { return }
    ports.withLock { ports in
      if ports.wanted.updateValue(cl_monotonic(), forKey: port) == nil { _ = ports.attach(to: wire) }
    }
  }

  /// Follows the sockets that are open already; how their numbers began is unknown.
  public func followOpenSockets() {
    for (id, _) in writer.journal.openSockets {
      let info = writer.journal.socket(id)?.info
      if let port = info?.local.flatMap({ WireEndpoint($0) })?.port { follow(port: port) }
    }
  }

  /// Follows no more the ports of which no socket has been open for some time.
  private func unfollow(at time: Nanoseconds) {
    var open: Set<UInt16> = []
    for (id, _) in writer.journal.openSockets {
      guard let info = writer.journal.socket(id)?.info else { continue }
      for text in [info.local, info.peer] {
        if let port = text.flatMap({ WireEndpoint($0) })?.port { open.insert(port) }
      }
    }
    ports.withLock { ports in
      let before = ports.wanted.count
      for port in open where ports.wanted[port] != nil { ports.wanted[port] = time }
      ports.wanted = ports.wanted.filter { time - $0.value < Self.lingering }
      if ports.wanted.count != before { _ = ports.attach(to: wire) }
    }
  }

  // MARK: Capturing

  private func startThread() -> CInt {
    let context = Unmanaged.passRetained(self)
    var thread: cl_thread = 0
    let result = cl_thread_start(
      &thread, "wire",
      { context in
        // What passRetained gave.
        let capture = Unmanaged<WireCapture>.fromOpaque(context!).takeRetainedValue()
        capture.run()
        capture.isOver.store(true, ordering: .releasing)
        return nil
      }, context.toOpaque())
    if result < 0 { context.release() } else { cl_thread_detach(thread) }
    return result
  }

  private func run() {
    var table = FlowTable(writer) { Interface(index: $0) }
    var nextSweep = cl_monotonic() + Self.sweep
    while true {
      let isLast = isToEnd.load(ordering: .acquiring)
      let taken = drain(&table)
      if isLast { break }
      let time = cl_monotonic()
      if time >= nextSweep {
        unfollow(at: time)
        nextSweep = time + Self.sweep
      }
      if taken > 0 {
        _ = cl_sleep_until(time + Self.bundling)
      } else {
        wait(until: table.hasWaiting ? min(nextSweep, time + Self.patience) : nextSweep)
      }
    }
    table.finish()
  }

  private func wait(until deadline: Nanoseconds) {
    var entries = [
      pollfd(fd: cl_wire_descriptor(wire), events: Int16(POLLIN), revents: 0),
      pollfd(fd: bell, events: Int16(POLLIN), revents: 0),
    ]
    _ = cl_poll_until(&entries, UInt(entries.count), deadline)
  }

  private var wire: OpaquePointer { OpaquePointer(bitPattern: address)! }  // it was made of one

  /// Takes all that has come.
  private func drain(_ table: inout FlowTable) -> Int {
    var packet = cl_wire_packet()
    var count = 0
    table.update()
    while cl_wire_next(wire, &packet) {
      count += 1
      let time = arrival(packet.stamp, cl_monotonic()) ?? now()
      let header = withUnsafeBytes(of: &packet.bytes) {
        SegmentHeader(
          UnsafeRawBufferPointer(rebasing: $0.prefix(Int(packet.count))), captured: Int(packet.length))
      }
      if let header { table.take(header, at: time, on: packet.interface) }
    }
    if count > 0 { table.update() }
    let dropped = cl_wire_dropped(wire)
    if dropped > 0 {
      writer.append(
        .mark(at: now()),
        text:
          "the wire: \(dropped) packets passed that were not captured: they came faster than they could be read"
      )
    }
    return count
  }

  /// Where it captures: `lo (MTU 65536), eth0 (MTU 1500)`.
  public static var interfaces: String {
    let all = Interface.all.map(\.text)
    let rest = all.count > mostTold ? " and \(all.count - mostTold) more" : ""
    return all.prefix(mostTold).joined(separator: ", ") + rest
  }

  /// Captures no more; returns when all that has passed is recorded.
  public func stop() {
    isToEnd.store(true, ordering: .releasing)
    if bell >= 0 { _ = cl_eventfd_ring(bell) }
    while !isOver.load(ordering: .acquiring) { _ = cl_sleep_until(cl_monotonic() + Self.bundling) }
  }
}
