import Sockets
import Traffic

extension CommandContext {
  /// Opens a client; to a session of this run once that is there.
  func connect(_ address: AddressText, _ options: SessionOptions) -> Result<Void, CommandFailure> {
    let name = options.name!  // LabRunner.named has reserved one
    let begun = ready(address).flatMap { prepareReplay(options) }.flatMap {
      manager.connect(address, options, as: name).mapError(CommandFailure.open)
    }
    if case .failure = begun { manager.release(name) }
    return begun.flatMap { awaitsConnection ? outcome(of: name) : .success(()) }
  }

  func ready(_ address: AddressText) -> Result<Void, CommandFailure> {
    guard case .session(let name) = address else { return .success(()) }
    return session(name).map { _ in }.mapError { failure in
      guard case .refused(let reason) = failure else { return failure }
      return .refused(reason + address.portHint)
    }
  }

  private func outcome(of name: String) -> Result<Void, CommandFailure> {
    leaveOrder()
    _ = runner.wait(limit: .max, for: RecordKinds { $0.kind == .connect || $0.kind == .mark }) {
      if case .connecting = manager.session(named: name) { false } else { true }
    }
    if case .failed(let failure) = manager.session(named: name) { return .failure(.open(failure)) }
    return .success(())
  }
}
