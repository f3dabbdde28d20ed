import Sockets
import Traffic

extension CommandContext {
  /// Asks for statistics of what is in the journal now: who prints it makes them.
  func statistics(_ name: String?, isJSON: Bool) -> Result<Void, CommandFailure> {
    var socket = SocketID.none
    if let name {
      guard let id = journal.socket(named: name) else {
        return .failure(.refused("there is no socket \(name)"))
      }
      socket = id
    }
    run.writer.append(
      .statistics(socket, at: run.clock.now), text: isJSON ? "stats --json" : "stats")
    return .success(())
  }
}
