import CLinux
import Glibc
import Synchronization
import SystemPackage
import Traffic

/// One thread that serves a listener and its connections, or one connection, with select(2), poll(2) or epoll(7).
///
/// The thread exists while there is something to serve.
final class ReadinessLoop: Sendable {
  enum Member: Sendable {
    case listener(Listener)
    case connection(Connection)

    var id: SocketID {
      switch self {
      case .listener(let listener): listener.id
      case .connection(let connection): connection.id
      }
    }

    var descriptor: CInt {
      switch self {
      case .listener(let listener): listener.socket.descriptor
      case .connection(let connection): connection.socket.descriptor
      }
    }

    /// A listener is never watched by edges, as in epoll(7)'s example: one accept(2) an edge would leave connections lying.
    var interest: Interest {
      switch self {
      case .listener: .reading
      case .connection(let connection): connection.policy.isEdge ? [.reading, .edge] : .reading
      }
    }
  }

  private static let deafWait: Nanoseconds = 10_000_000

  private enum Request: Sendable {
    case add(Member, Turn)
    case remove(SocketID)
  }

  private struct State {
    var requests: [Request] = []
    var isRunning = false
    var thread: Thread?
  }

  private let run: Run
  /// The session that the wait records belong to.
  private let id: SocketID
  private let name: String
  private let mode: ReceivePolicy.Mode
  private let timeout: Nanoseconds?
  private let bell = Bell()
  private let state = Mutex(State())

  /// - Parameter mode: select, poll or epoll.
  init(_ run: Run, id: SocketID, name: String, mode: ReceivePolicy.Mode, timeout: Nanoseconds?) {
    self.run = run
    self.id = id
    self.name = name
    self.mode = mode
    self.timeout = timeout
  }

  /// Serves one more socket.
  /// - Parameter turn: is ended after the last call on it.
  func add(_ member: Member, _ turn: Turn) -> Result<Void, Errno> {
    let result = state.withLock { state -> Result<Void, Errno> in
      state.requests.append(.add(member, turn))
      if state.isRunning { return .success(()) }
      let started = Thread.start(name) { self.serve() }
      switch started {
      case .success(let thread): (state.thread, state.isRunning) = (thread, true)
      case .failure: state.requests.removeLast()
      }
      return started.map { _ in }
    }
    bell.ring()
    return result
  }

  /// Serves a socket no more: its turn is soon over.
  func remove(_ id: SocketID) {
    state.withLock { if $0.isRunning { $0.requests.append(.remove(id)) } }
    bell.ring()
  }

  private func serve() {
    switch mode {
    case .select: loop(SelectCall())
    case .poll: loop(PollCall())
    case .epoll:
      do {
        loop(try EpollCall())
      } catch {
        run.mark(id, "epoll_create1: \(error.name)")
        giveUp()
      }
    case .blocking, .nonblocking, .manual: break  // a thread of their own, or none
    }
  }

  /// Nothing can be served.
  private func giveUp() {
    let requests = state.withLock { state in
      defer { (state.requests, state.isRunning, state.thread) = ([], false, nil) }
      return state.requests
    }
    for case .add(_, let turn) in requests { turn.end() }
  }

  /// The loop that a class teaches: wait until something is ready, then accept or recv once on each that is.
  private func loop(_ call: some WaitCall) {
    var call = call
    var served = Served()
    var ready: [Ready] = []
    _ = call.add(bell.descriptor)
    while takeRequests(&call, &served) {
      guard served.waitOutPause(bell) else { continue }
      ready.removeAll(keepingCapacity: true)
      served.endRests(&call)
      var limit = served.restEnd.map { max(0, $0 - cl_monotonic()) } ?? timeout
      // Without a descriptor for the bell nobody can end the wait: it has to end by itself, or no turn ends.
      if bell.descriptor < 0 { limit = min(limit ?? .max, Self.deafWait) }
      call.wait(timeout: limit, ready: &ready, on: id, run: run) { served.member($0)?.id }
      for (place, found) in ready.enumerated() {
        if found.descriptor == bell.descriptor {
          bell.clear()
          continue
        }
        switch served.member(found.descriptor) {
        case .listener(let listener):
          if !listener.acceptOnce() { served.rest(found.descriptor, &call) }
        case .connection(let connection):
          if served.receive(on: connection, found) { finish(connection, &call, &served) }
        case nil: break
        }
        // What was asked for comes first, and may give a descriptor that was ready to another socket.
        if !served.waitOutPause(bell) {
          rearm(ready[(place + 1)...], &call)
          break
        }
      }
    }
  }

  /// - Returns: false if there is nothing left to serve.
  private func takeRequests(_ call: inout some WaitCall, _ served: inout Served) -> Bool {
    while true {
      let requests = state.withLock { state in
        defer { state.requests = [] }
        if state.requests.isEmpty, served.isEmpty { (state.isRunning, state.thread) = (false, nil) }
        return state.requests
      }
      for request in requests {
        switch request {
        case .add(let member, let turn):
          served.add(member, turn)
          if case .failure(let errno) = call.watch(member.descriptor, for: member.interest) {
            run.mark(member.id, "epoll_ctl: \(errno.name)")
          }
        case .remove(let id):
          guard let descriptor = served.descriptor(of: id) else { break }
          call.remove(descriptor)
          served.forget(descriptor)
        }
      }
      if !served.isEmpty { return true }
      if requests.isEmpty { return false }
    }
  }

  /// Lets edges that were told and not looked at be told again.
  private func rearm(_ untouched: ArraySlice<Ready>, _ call: inout some WaitCall) {
    for found in untouched where found.isEdge {
      _ = call.watch(found.descriptor, for: [.reading, .edge])
    }
  }

  private func finish(_ connection: Connection, _ call: inout some WaitCall, _ served: inout Served) {
    call.remove(connection.socket.descriptor)
    served.forget(connection.socket.descriptor)
    connection.receivingEnded()
  }
}
