import CLinux
import Glibc
import Synchronization
import SystemPackage
import Traffic

/// A passive socket: its thread calls accept(2), and each connection gets a receiving thread of its own.
public final class Listener: Sendable {
  /// How long accept(2) is left alone after it failed for want of a resource. The connection stays in the backlog, so
  /// asking again at once would spin.
  private static let rest: Nanoseconds = 100_000_000

  public let id: SocketID
  public let name: String
  /// Where it listens.
  let address: SocketAddress
  private let run: Run
  private let socket: Socket
  private let options: SessionOptions
  private let adopt: @Sendable (Connection) -> Void
  private let thread = Mutex<Thread?>(nil)
  private let mustStop = Atomic(false)
  private let closed = Atomic(false)
  private let accepted = Atomic(0)

  /// - Parameter adopt: is told of each new connection before its accept record is written.
  init(
    _ run: Run, id: SocketID, name: String, socket: Socket, address: SocketAddress, options: SessionOptions,
    adopt: @escaping @Sendable (Connection) -> Void
  ) {
    self.run = run
    self.id = id
    self.name = name
    self.socket = socket
    self.address = address
    self.options = options
    self.adopt = adopt
  }

  /// True once close(2) was called.
  public var isClosed: Bool { closed.load(ordering: .acquiring) }

  func startAccepting() -> Result<Void, Errno> {
    Thread.start(name) { self.acceptLoop() }.map { started in thread.withLock { $0 = started } }
  }

  /// Ends accepting and calls close(2). Connections that were accepted stay.
  public func close() {
    mustStop.store(true, ordering: .releasing)
    let running = thread.withLock { thread in
      defer { thread = nil }
      return thread
    }
    running?.stop()
    guard !closed.exchange(true, ordering: .acquiringAndReleasing) else { return }
    var record = Record(.close, socket: id, start: run.clock.now, end: 0)
    let result = socket.close()
    record.end = run.clock.now
    record.detail = Ending.normal.rawValue
    if case .failure(let errno) = result { record.result = -errno.rawValue }
    run.journal.append(record)
  }

  private func acceptLoop() {
    while !mustStop.load(ordering: .acquiring) {
      var record = Record(.accept, socket: id, start: run.clock.now, end: 0)
      let result = socket.accept()
      record.end = run.clock.now
      switch result {
      case .success((let socket, let peer)): take(socket, peer: peer, record: record)
      case .failure(let errno):
        record.result = -errno.rawValue
        run.journal.append(record)
        if !Self.isPassing(errno) { return }
        if errno != .interrupted { _ = cl_sleep_until(cl_monotonic() + Self.rest) }
      }
    }
  }

  private func take(_ socket: Socket, peer: SocketAddress, record: Record) {
    let number = accepted.add(1, ordering: .relaxed).newValue
    let name = "\(name).\(number)"
    let id = run.journal.add(
      SocketInfo(
        name: name, kind: options.kind, role: .accepted, parent: id, local: socket.localAddress?.text,
        peer: peer.text, policy: options.policy))
    socket.enableRecording(options.kind)
    let connection = Connection(run, id: id, name: name, socket: socket, options: options)
    adopt(connection)
    var record = record
    record.detail = id.value
    run.journal.append(record)
    connection.begin()
  }

  /// Errors after which accept(2) may succeed again. See accept(2).
  private static func isPassing(_ errno: Errno) -> Bool {
    switch errno {
    case .badFileDescriptor, .invalidArgument, .notSocket, .notSupported: false
    default: true
    }
  }
}
