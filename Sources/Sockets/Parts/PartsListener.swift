import CLinux
import Glibc
import SystemPackage
import Traffic

/// A listener without a thread: accept(2) is called when somebody says so.
public final class PartsListener: Sendable {
  public let local: String
  private let id: SocketID
  private let kind: SocketKind
  private let run: Run
  private let socket: Socket
  private let file: SocketFile?

  private init(
    _ run: Run, _ id: SocketID, _ kind: SocketKind, _ socket: Socket, _ file: SocketFile?, local: String
  ) {
    (self.run, self.id, self.kind, self.socket, self.file, self.local) = (run, id, kind, socket, file, local)
  }

  /// - Parameters:
  ///   - kind: `tcp` or `unix`.
  ///   - name: a new one.
  public static func open(
    _ address: AddressText, _ kind: SocketKind, name: String, in run: Run
  ) -> Result<PartsListener, OpenFailure> {
    Resolver.resolve(address, kind: kind, isPassive: true).flatMap { addresses in
      let address = addresses[0]  // getaddrinfo gives at least one when it succeeds
      func failed(_ call: String, _ errno: Errno) -> OpenFailure {
        OpenFailure(call: call, object: address.text, errno: errno)
      }
      return (address.path.map(SocketFile.makeWay) ?? .success(())).flatMap {
        Socket.make(family: address.family, kind: kind).mapError { failed("socket", $0) }
      }.flatMap { socket in
        if kind == .tcp { _ = socket.set(SOL_SOCKET, SO_REUSEADDR, 1) }
        run.willUse(port: address.port)
        return socket.bind(address).mapError { failed("bind", $0) }.flatMap {
          let file = address.path.flatMap(SocketFile.claim)
          run.willUse(port: socket.localAddress?.port ?? 0)
          return socket.listen(backlog: Int(SOMAXCONN)).mapError { failed("listen", $0) }.map {
            let local = (socket.localAddress ?? address).text
            let id = run.writer.add(
              SocketInfo(
                name: name, kind: kind, role: .listener, local: local, isExposed: !address.isLoopback))
            _ = fcntl(socket.descriptor, F_SETFL, O_NONBLOCK)
            run.writer.append(.listen(id, at: run.clock.now, backlog: Int(SOMAXCONN)), text: local)
            return PartsListener(run, id, kind, socket, file, local: local)
          }
        }
      }
    }
  }

  /// The next connection.
  /// - Parameters:
  ///   - name: of the connection.
  ///   - isOver: is asked every now and then; true ends the wait.
  /// - Returns: nil if none came before a deadline of CLOCK_MONOTONIC.
  public func accept(
    name: String, until deadline: Nanoseconds, orWhen isOver: () -> Bool
  ) -> PartsConnection? {
    while true {
      let start = run.clock.now
      switch socket.accept() {
      case .success((let made, let peer)):
        let connection = PartsConnection(
          accepted: made, peer, kind, name: name, parent: id, in: run)
        run.writer.append(
          .accept(id, from: start, to: run.clock.now, connection: connection.id, backlogLeft: nil))
        return connection
      case .failure(let errno):
        if !errno.isPassing || isOver() || cl_monotonic() >= deadline { return nil }
      }
      var entry = pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0)
      _ = cl_poll_until(&entry, 1, min(deadline, cl_monotonic() + 20_000_000))
    }
  }

  public func close() {
    file?.remove()
    socket.close(kind, isReset: false, on: id, run: run) { socket.close() }
  }
}
