import Sockets
import Traffic

extension CommandContext {
  /// One recv(2) now.
  /// - Parameters:
  ///   - size: nil takes the policy's.
  ///   - flags: nil takes the policy's.
  func recv(_ name: String, _ size: Int?, _ flags: MessageFlags?) -> Result<Void, CommandFailure> {
    connection(name).flatMap { connection in
      if connection.isClosed { return .failure(.refused("\(name) is closed")) }
      let hint = "recv is being called already, as always without --mode manual or pause"
      return byHand("recv", on: name, hint: hint) {
        connection.receiveOnce(size: size, flags: flags, done: $0)
      }
    }
  }
}
