import Sockets
import Traffic

extension CommandContext {
  /// Opens a client; to a session of this run once that is there.
  func connect(_ address: AddressText, _ options: SessionOptions) -> Result<Void, CommandFailure> {
    ready(address).flatMap {
      manager.connect(address, options).mapError(CommandFailure.open)
    }.flatMap { awaitsConnection ? outcome(of: $0) : .success(()) }
  }

  private func ready(_ address: AddressText) -> Result<Void, CommandFailure> {
    guard case .session(let name) = address else { return .success(()) }
    return session(name).map { _ in }
  }

  private func outcome(of name: String) -> Result<Void, CommandFailure> {
    _ = journal.wait(limit: .max, for: RecordKinds { $0.kind == .connect || $0.kind == .mark }) {
      if case .connecting = manager.session(named: name) { false } else { true }
    }
    if case .failed(let failure) = manager.session(named: name) { return .failure(.open(failure)) }
    return .success(())
  }
}
