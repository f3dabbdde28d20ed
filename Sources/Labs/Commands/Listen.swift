import Sockets
import Traffic

extension CommandContext {
  /// Opens a listener, or a bound datagram socket.
  func listen(_ address: AddressText, _ options: SessionOptions) -> Result<Void, CommandFailure> {
    let name = options.name!  // LabRunner.named has reserved one
    let prepared = prepareReplay(options)
    if case .failure = prepared { manager.release(name) }
    return prepared.flatMap { manager.listen(address, options, as: name).mapError(CommandFailure.open) }
  }
}
