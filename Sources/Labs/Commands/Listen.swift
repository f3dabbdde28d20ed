import Sockets
import Traffic

extension CommandContext {
  /// Opens a listener, or a bound datagram socket.
  func listen(_ address: AddressText, _ options: SessionOptions) -> Result<Void, CommandFailure> {
    manager.listen(address, options).map { _ in }.mapError(CommandFailure.open)
  }
}
