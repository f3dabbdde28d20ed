import CLinux
import Sockets
import Synchronization
import SystemPackage
import Traffic
import Watching

/// What a watched program is seen to do on the connections that messages are sent on in parts: written by the tracing thread, read by
/// whoever sends.
final class ProgramSight: Sendable {
  /// What is known of one connection.
  struct Connection: Sendable {
    /// Bytes that its recv calls have returned.
    var received = 0
    /// The first of its recv and send calls, and the newest.
    var calls: [CutResult.Call] = []
    /// A recv call returned 0.
    var hasReadEnd = false
    /// The program has closed it, or its sending side.
    var isClosed = false
    /// The same before it had read our end of stream.
    var closedFirst = false
    /// How the process ended that had it.
    var crash: String?
    /// The process that had it has ended, in whatever way.
    var isOrphan = false
    /// It was closed because the process ends, which is told next.
    var isEndingProcess = false
    fileprivate var process: Int32?
    fileprivate var wanted = Int.max
    fileprivate let bell: Bell
  }

  private struct State {
    /// By the address that the program knows of the other end, which is ours.
    var connections: [String: Connection] = [:]
    /// By the number of the program's socket.
    var keys: [Int: String] = [:]
    var isUnseen = false
    /// Processes that have called recv or send on a connection.
    var served: Set<Int32> = []
    /// How one of them ended that had no connection any more.
    var strayEnd: String?
    /// We end it: that is no crash.
    var isEnding = false
    var failedBind: String?
    var datagrams = false
  }

  private let state = Mutex(State())

  /// From now on `bell` rings when something is known that was waited for.
  func expect(_ key: String, _ bell: Bell) { state.withLock { $0.connections[key] = Connection(bell: bell) } }

  /// - Returns: what is known of it now.
  func forget(_ key: String) -> Connection? {
    state.withLock { state in
      for (number, other) in state.keys where other == key { state.keys[number] = nil }
      return state.connections.removeValue(forKey: key)
    }
  }

  func connection(_ key: String) -> Connection? { state.withLock { $0.connections[key] } }

  /// Rings once its recv calls have returned so many bytes.
  /// - Returns: true if they have already.
  func ring(_ key: String, at received: Int) -> Bool {
    state.withLock { state in
      guard let connection = state.connections[key] else { return false }
      if connection.received >= received { return true }
      state.connections[key]?.wanted = received
      return false
    }
  }

  /// Some of what the program does cannot be seen: io_uring.
  var isUnseen: Bool { state.withLock { $0.isUnseen } }

  /// How a process ended after its connection was over, since this was asked last.
  func takeStrayEnd() -> String? {
    state.withLock { state in
      defer { state.strayEnd = nil }
      return state.strayEnd
    }
  }

  /// From now on its end is our doing.
  func expectEnd() { state.withLock { $0.isEnding = true } }

  /// Why it does not listen, as far as its calls tell.
  var troubles: (bind: String?, datagrams: Bool) { state.withLock { ($0.failedBind, $0.datagrams) } }

  /// Another program begins: what is known of the one before is over.
  func startOver() { state.withLock { $0 = State() } }

  // MARK: Told by the tracing thread

  func take(_ event: borrowing ProgramEvent) {
    switch event {
    case .call(let call, _): take(call)
    case .exited(let process, let end): take(process, end)
    case .unseen: state.withLock { $0.isUnseen = true }
    case .began, .failed, .signal, .lost, .ended: break
    }
  }

  /// `ended by SIGSEGV`
  static func phrase(ofSignal signal: Int32) -> String {
    "ended by SIG\(cl_signal_name(signal).map { String(cString: $0) } ?? String(signal))"
  }

  private func take(_ process: Int32, _ end: ProgramEnd) {
    let crash: String? =
      switch end {
      case .exited(0): nil
      case .exited(let status): "exited with status \(status)"
      case .killed(let signal): Self.phrase(ofSignal: signal)
      }
    state.withLock { state in
      let keys = state.connections.keys.filter { state.connections[$0]!.process == process }
      if state.served.remove(process) != nil, keys.isEmpty, !state.isEnding {
        state.strayEnd = crash ?? state.strayEnd
      }
      for key in keys {
        state.connections[key]!.crash = crash
        state.connections[key]!.isOrphan = true
        state.connections[key]!.bell.ring()
      }
    }
  }

  private func take(_ call: SeenCall) {
    guard let socket = call.socket else { return }
    switch call.call {
    case .bind where call.result < 0: note(call)
    case .bind where socket.kind.keepsBoundaries: state.withLock { $0.datagrams = true }
    default: break
    }
    let seen: SeenSocket
    if case .accepted(let connection) = call.detail { seen = connection } else { seen = socket }
    state.withLock { state in
      guard let key = Self.key(of: seen, in: &state) else { return }
      Self.count(call, &state.connections[key]!)  // `key` only gives one that is there
      if let process = state.connections[key]!.process { state.served.insert(process) }
    }
  }

  private func note(_ call: SeenCall) {
    state.withLock {
      $0.failedBind = "bind(\(call.address ?? "")): \(Errno(rawValue: Int32(clamping: -call.result)).phrase)"
    }
  }

  private static func key(of socket: SeenSocket, in state: inout State) -> String? {
    if let key = state.keys[socket.number] { return state.connections[key] == nil ? nil : key }
    // What we accepted is the program's own connect(2).
    guard
      let key = [socket.peer, socket.local].lazy.compactMap({ $0 }).first(where: {
        state.connections[$0] != nil
      })
    else { return nil }
    state.keys[socket.number] = key
    return key
  }

  private static func count(_ call: SeenCall, _ connection: inout Connection) {
    let result = Int(clamping: call.result)
    switch (call.call, call.detail) {
    case (_, .accepted): connection.process = call.process
    case (_, .close(_, _, isLast: true)):
      if !connection.isClosed { connection.closedFirst = !connection.hasReadEnd }
      connection.isClosed = true
      if call.call == .exit {
        connection.process = call.process
        connection.isEndingProcess = true
      }
      connection.bell.ring()
    case (_, .shutdown(let how)) where how != .read && result == 0:
      if !connection.isClosed { connection.closedFirst = !connection.hasReadEnd }
      connection.isClosed = true
      connection.bell.ring()
    case (.read, _), (.readv, _), (.recvfrom, _), (.recvmsg, _), (.recvmmsg, _),
      (_, .fromFile(isSend: false)):
      connection.process = call.process
      add(call, &connection)
      if result > 0, !call.flags.contains(.peek) {
        connection.received += result
        if connection.received >= connection.wanted {
          connection.wanted = .max
          connection.bell.ring()
        }
      } else if result == 0, call.asked > 0 {
        connection.hasReadEnd = true
        connection.bell.ring()
      }
    case (.write, _), (.writev, _), (.sendto, _), (.sendmsg, _), (.sendmmsg, _), (_, .fromFile(isSend: true)):
      connection.process = call.process
      add(call, &connection)
    default: break
    }
  }

  private static func add(_ call: SeenCall, _ connection: inout Connection) {
    if connection.calls.count == CutResult.keptCalls {
      connection.calls.remove(at: CutResult.keptCalls / 2)
    }
    connection.calls.append(
      CutResult.Call(name: call.call, asked: call.asked, result: Int(clamping: call.result)))
  }
}
