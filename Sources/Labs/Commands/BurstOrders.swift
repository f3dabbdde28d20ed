import Sockets
import Traffic

extension CommandContext {
  /// Says something to the burst that a socket plays.
  func burst(_ name: String, _ order: BurstOrder) -> Result<Void, CommandFailure> {
    connection(name).flatMap { connection in
      switch order {
      case .stop: if connection.stopBursts() { return .success(()) }
      case .pause:
        if let isNew = connection.pauseBurst() {
          return isNew ? .success(()) : .failure(.refused("\(name): its burst is paused already"))
        }
      case .resume:
        if let wasPaused = connection.resumeBurst() {
          return wasPaused ? .success(()) : .failure(.refused("\(name): its burst is not paused"))
        }
      }
      return .failure(.refused("\(name) plays no burst"))
    }
  }
}
