import Sockets
import Traffic

extension CommandContext {
  /// Queues a shutdown(2).
  func shutdown(_ name: String, _ how: Ending) -> Result<Void, CommandFailure> {
    connection(name).map { $0.shutdown(how) }
  }
}
