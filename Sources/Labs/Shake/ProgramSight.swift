import CLinux
import Sockets
import Synchronization
import SystemPackage
import Traffic
import Watching

/// What watched programs are seen to do on the connections that messages are sent on in parts: written by the tracing threads, read by
/// whoever sends.
final class ProgramSight: DeliverySight {
  /// What is known of one connection.
  struct Connection: Sendable {
    /// Bytes that its recv calls have returned.
    var received = 0
    /// The first of its recv and send calls, and the newest.
    var calls: [CutResult.Call] = []
    /// A program that is watched has it.
    fileprivate(set) var isSeen = false
    /// Nobody can call recv on it any more.
    fileprivate(set) var hasNoReader = false
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
    fileprivate var places: [Place] = []
    fileprivate let bell: Bell
  }

  /// A socket of a program.
  fileprivate struct Place: Hashable {
    var program: SocketID
    var number: Int
  }

  private struct State {
    /// By the address that the program knows of the other end, which is ours.
    var connections: [String: Connection] = [:]
    var keys: [Place: String] = [:]
    /// What was accepted or connected and that nobody has asked for yet, by the same address: a program may have it before we know
    /// our own end.
    var strangers: [String: Place] = [:]
    /// That run.
    var programs = 0
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
  func expect(_ key: String, _ bell: Bell) {
    let key = Self.plain(key)
    state.withLock { state in
      var connection = Connection(bell: bell)
      if let place = state.strangers.removeValue(forKey: key) {
        connection.isSeen = true
        connection.places = [place]
        state.keys[place] = key
      }
      state.connections[key] = connection
    }
  }

  /// - Returns: what is known of it now.
  func forget(_ key: String) -> Connection? {
    state.withLock { state in
      let connection = state.connections.removeValue(forKey: Self.plain(key))
      for place in connection?.places ?? [] { state.keys[place] = nil }
      return connection
    }
  }

  func disregard(_ key: String) { _ = forget(key) }

  func connection(_ key: String) -> Connection? { state.withLock { $0.connections[Self.plain(key)] } }

  /// Rings once its recv calls have returned so many bytes.
  /// - Returns: true if they have already.
  func ring(_ key: String, at received: Int) -> Bool {
    delivery(key, of: received) == .whole
  }

  func delivery(_ key: String, of bytes: Int) -> DeliveryState {
    let key = Self.plain(key)
    return state.withLock { state in
      guard let connection = state.connections[key] else { return .unwatched }
      let received = connection.received
      if received >= bytes { return .whole }
      state.connections[key]?.wanted = bytes
      if connection.hasNoReader { return .over(received) }
      if state.programs == 0 { return .unwatched }
      return connection.isSeen ? .partial(received) : .unseen
    }
  }

  /// A socket of IPv6 knows another one of IPv4 by a mapped address; see ipv6(7).
  private static func plain(_ key: String) -> String {
    guard key.hasPrefix("[::ffff:"), let end = key.lastIndex(of: "]") else { return key }
    let host = key[..<end].dropFirst(8)
    return host.contains(".") ? String(host + key[end...].dropFirst()) : key
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

  /// - Parameter program: which one it is, where there are several.
  func take(_ event: borrowing ProgramEvent, of program: SocketID = .none) {
    switch event {
    case .call(let call, _): take(call, of: program)
    case .exited(let process, let end): take(process, end)
    case .unseen: state.withLock { $0.isUnseen = true }
    case .began: state.withLock { $0.programs += 1 }
    case .ended: take(endOf: program)
    case .failed, .willUse, .signal, .lost: break
    }
  }

  /// Nothing more is seen of it.
  private func take(endOf program: SocketID) {
    state.withLock { state in
      state.programs -= 1
      state.strangers = state.strangers.filter { $0.value.program != program }
      for (place, key) in state.keys where place.program == program {
        state.keys[place] = nil
        state.connections[key]?.isSeen = false
        state.connections[key]?.bell.ring()
      }
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

  private func take(_ call: SeenCall, of program: SocketID) {
    guard let socket = call.socket else { return }
    switch call.call {
    case .bind where call.result < 0: note(call)
    case .bind where socket.kind.keepsBoundaries: state.withLock { $0.datagrams = true }
    default: break
    }
    let seen: SeenSocket
    if case .accepted(let connection) = call.detail { seen = connection } else { seen = socket }
    state.withLock { state in
      guard let key = Self.key(of: seen, of: program, in: &state) else {
        return Self.remember(call, seen, Place(program: program, number: seen.number), &state)
      }
      state.connections[key]!.isSeen = true
      Self.count(call, &state.connections[key]!)  // `key` only gives one that is there
      if let process = state.connections[key]!.process { state.served.insert(process) }
    }
  }

  /// Keeps in mind whose a connection is that may be asked for, as long as it is open.
  private static func remember(_ call: SeenCall, _ socket: SeenSocket, _ place: Place, _ state: inout State) {
    switch (call.call, call.detail) {
    case (_, .accepted): if let peer = socket.peer { state.strangers[plain(peer)] = place }
    case (.connect, _): if let local = socket.local { state.strangers[plain(local)] = place }
    case (_, .close(_, _, isLast: true)):
      for address in [socket.peer, socket.local].compactMap({ $0.map(plain) })
      where state.strangers[address] == place {
        state.strangers[address] = nil
      }
    default: break
    }
  }

  private func note(_ call: SeenCall) {
    state.withLock {
      $0.failedBind = "bind(\(call.address ?? "")): \(Errno(rawValue: Int32(clamping: -call.result)).phrase)"
    }
  }

  private static func key(of socket: SeenSocket, of program: SocketID, in state: inout State) -> String? {
    if state.connections.isEmpty { return nil }
    let place = Place(program: program, number: socket.number)
    if let key = state.keys[place] { return state.connections[key] == nil ? nil : key }
    // What we accepted is the program's own connect(2).
    guard
      let key = [socket.peer, socket.local].lazy.compactMap({ $0.map(plain) }).first(where: {
        state.connections[$0] != nil
      })
    else { return nil }
    state.keys[place] = key
    state.connections[key]?.places.append(place)
    return key
  }

  private static func count(_ call: SeenCall, _ connection: inout Connection) {
    let result = Int(clamping: call.result)
    switch (call.call, call.detail) {
    case (_, .accepted): connection.process = call.process
    case (_, .close(_, _, isLast: true)):
      if !connection.isClosed { connection.closedFirst = !connection.hasReadEnd }
      connection.isClosed = true
      connection.hasNoReader = true
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
