import Sockets
import Traffic

extension CommandContext {
  /// Queues a shutdown(2); nothing happens to what is closed.
  func shutdown(_ name: String, _ how: Ending) -> Result<Void, CommandFailure> {
    anyConnection(name).map { $0.connection?.shutdown(how) }
  }
}
