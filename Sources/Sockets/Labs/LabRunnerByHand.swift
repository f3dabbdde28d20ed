import CLinux
import SystemPackage
import Traffic

/// Calls made by hand, and changes to how calls are made.
extension LabRunner {
  func receive(_ connection: Connection, _ size: Int?, _ flags: MessageFlags?) -> Result<Void, CommandFailure>
  {
    if connection.isClosed { return .failure(.refused("\(connection.name) is closed")) }
    return byHand(connection.name, "recv") { connection.receiveOnce(size: size, flags: flags, done: $0) }
  }

  func accept(_ listener: Listener) -> Result<Void, CommandFailure> {
    if listener.isClosed { return .failure(.refused("\(listener.name) is closed")) }
    return byHand(listener.name, "accept") { listener.acceptByHand(done: $0) }
  }

  /// Makes one call and waits for its return.
  private func byHand(
    _ name: String, _ call: String, _ make: (@escaping @Sendable () -> Void) -> Result<Bool, Errno>
  ) -> Result<Void, CommandFailure> {
    let done = Flag()
    let bell = Bell()
    let made = make {
      done.raise()
      bell.ring()
    }
    switch made {
    case .failure(let errno): return .failure(.refused("\(name): pthread_create: \(errno.name)"))
    case .success(false):
      let hint = call == "recv" ? "without --mode manual or pause" : "without --accept manual"
      return .failure(.refused("\(name): \(call) is being called already, as always \(hint)"))
    case .success(true):
      let hasReturned = wait(limit: Self.patience, bell: bell) { done.isUp }
      return hasReturned ? .success(()) : .failure(.timedOut("\(name): \(call) did not return within 10 s"))
    }
  }

  func suspend(_ session: SessionManager.Session) {
    switch session {
    case .listener(let listener): listener.pause()
    case .connection(let connection): connection.pause()
    case .connecting, .failed: break
    }
  }

  func resume(_ session: SessionManager.Session) -> Result<Void, CommandFailure> {
    switch session {
    case .listener(let listener): listener.resume().mapError { .refused("\(listener.name): \($0.message)") }
    case .connection(let connection):
      connection.resume().mapError { .refused("\(connection.name): \($0.message)") }
    case .connecting, .failed: .success(())
    }
  }

  func change(_ session: SessionManager.Session, _ settings: [Setting]) -> Result<Void, CommandFailure> {
    switch session {
    case .listener(let listener):
      listener.set(settings).mapError { .refused("\(listener.name): \($0.message)") }
    case .connection(let connection):
      connection.set(settings).mapError { .refused("\(connection.name): \($0.message)") }
    case .connecting, .failed: .success(())
    }
  }

  /// One select(2), poll(2) or epoll_wait(2) on one socket, for all three conditions.
  func ask(
    _ call: WaitCallName, _ session: SessionManager.Session, timeout: Nanoseconds
  ) -> Result<Void, CommandFailure> {
    switch session {
    case .listener(let listener):
      return listener.socket.look { ask(call, $0, listener.id, timeout: timeout) }
        ?? .failure(.refused("\(listener.name) is closed"))
    case .connection(let connection):
      return connection.socket.look { ask(call, $0, connection.id, timeout: timeout) }
        ?? .failure(.refused("\(connection.name) is closed"))
    case .connecting, .failed: return .success(())
    }
  }

  private func ask(
    _ call: WaitCallName, _ socket: Socket, _ id: SocketID, timeout: Nanoseconds
  ) -> Result<Void, CommandFailure> {
    switch call {
    case .select: return ask(SelectCall(watchesWriting: true), socket, id, timeout: timeout)
    case .poll: return ask(PollCall(watchesWriting: true), socket, id, timeout: timeout)
    case .epollWait:
      do {
        return ask(try EpollCall(watchesWriting: true), socket, id, timeout: timeout)
      } catch {
        return .failure(.refused("epoll_create1: \(error.name)"))
      }
    }
  }

  private func ask<Call: WaitCall>(
    _ call: Call, _ socket: Socket, _ id: SocketID, timeout: Nanoseconds
  ) -> Result<Void, CommandFailure> {
    var call = call
    if case .failure(let errno) = call.add(socket.descriptor) {
      return .failure(.refused("\(Call.call.name): \(errno.name)"))
    }
    var ready: [Ready] = []
    call.wait(timeout: timeout, ready: &ready, on: id, run: run) { $0 == socket.descriptor ? id : nil }
    return .success(())
  }
}
