import Sockets
import Traffic

extension CommandContext {
  /// One accept(2) now.
  func accept(_ name: String) -> Result<Void, CommandFailure> {
    listener(name).flatMap { listener in
      if listener.isClosed { return .failure(.refused("\(name) is closed")) }
      let hint = "accept is being called already, as always without --accept manual"
      return byHand("accept", on: name, hint: hint) { listener.acceptByHand(done: $0) }
    }
  }
}
