import Sockets
import Traffic

/// Names of watched programs and of their sockets.
extension CommandContext {
  /// A socket of a program, seen by now; nil for every other name.
  func watched(_ name: String) -> SessionManager.Session? {
    guard program(of: name) != nil, let id = journal.socket(named: name) else { return nil }
    return .open(
      WatchedSocket(id: id, name: name, isClosed: journal.socket(id)?.totals.isClosed ?? true))
  }

  /// The sockets whose names fit, oldest first.
  func sockets(fitting glob: String) -> [SocketID] {
    let glob = Glob(glob)
    return journal.sockets.filter { id in journal.socket(id).map { glob.holds($0.info.name) } ?? false }
  }

  /// The program that a socket of this name would be of: `app` for `app.fd5.1`.
  func program(of name: String) -> WatchedProgram? {
    runner.programs.withLock { programs in
      programs.first { name.hasPrefix("\($0.key).fd") }?.value
    }
  }
}
