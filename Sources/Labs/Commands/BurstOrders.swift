import Sockets
import Traffic

extension CommandContext {
  /// Says something to the burst that a socket plays.
  func burst(_ name: String, _ order: BurstOrder) -> Result<Void, CommandFailure> {
    anyConnection(name).flatMap { found in
      switch order {
      case .stop: if found.connection?.stopBursts() == true { return .success(()) }
      case .pause:
        if let isNew = found.connection?.pauseBurst() {
          return isNew ? .success(()) : .failure(.refused("\(name): its burst is paused already"))
        }
      case .resume:
        if let wasPaused = found.connection?.resumeBurst() {
          return wasPaused ? .success(()) : .failure(.refused("\(name): its burst is not paused"))
        }
      }
      return .failure(.refused("\(name) plays no burst"))
    }
  }
}
