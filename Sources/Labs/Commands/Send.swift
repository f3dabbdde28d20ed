import Sockets
import Traffic

extension CommandContext {
  /// Queues a burst.
  /// - Parameter address: of a datagram socket: whom to send to; nil is its peer, or whom it heard from last.
  func send(_ name: String, _ burst: Burst, to address: AddressText?) -> Result<Void, CommandFailure> {
    connection(name).flatMap { connection in
      guard let address else { return send(burst, on: connection, to: nil) }
      return destination(address, of: connection).flatMap { send(burst, on: connection, to: $0) }
    }
  }

  private func send(
    _ burst: Burst, on connection: Connection, to destination: SocketAddress?
  ) -> Result<Void, CommandFailure> {
    guard !connection.isClosed else { return .failure(.refused("\(connection.name) is closed")) }
    if connection.isBound, destination == nil, connection.lastPartner == nil {
      let hint = "it heard from nobody yet; write send \(connection.name) to ADDRESS …"
      return .failure(.refused("\(connection.name): \(hint)"))
    }
    do {
      connection.play(try BurstSchedule(playing: burst), to: destination)
      return .success(())
    } catch {
      return .failure(.refused("\(error)"))
    }
  }

  private func destination(_ address: AddressText, of connection: Connection) -> Result<
    SocketAddress, CommandFailure
  > {
    guard !connection.kind.isConnectionOriented else {
      return .failure(
        .refused("\(connection.name) is connected: only a datagram socket chooses whom to send to"))
    }
    return manager.destination(address, of: connection).mapError(CommandFailure.open)
  }
}
