import Sockets
import Traffic

extension CommandContext {
  /// Opens a relay; to a session of this run once that is there.
  func relay(
    _ address: AddressText, to target: AddressText, _ options: SessionOptions
  ) -> Result<Void, CommandFailure> {
    let name = options.name!  // LabRunner.named has reserved one
    let isThere = ready(target)
    if case .failure = isThere { manager.release(name) }
    return isThere.flatMap {
      manager.relay(address, to: target, options, as: name, sight: runner.sight).mapError(CommandFailure.open)
    }
  }

  func hold(
    _ name: String, _ way: Way, messages: Bool, limit: Nanoseconds?
  ) -> Result<Void, CommandFailure> {
    steered(name) { messages ? $0.holdMessages(way, limit: limit) : $0.hold(way, limit: limit) }
  }

  /// - Parameter burst: goes out in the place of what is held.
  func release(
    _ name: String, _ way: Way, _ release: Release, with burst: Burst?
  ) -> Result<Void, CommandFailure> {
    var replacements: [Replacement]?
    if let burst {
      switch self.replacements(burst) {
      case .success(let made): replacements = made
      case .failure(let failure): return .failure(failure)
      }
    }
    return steered(name) { [replacements] in $0.release(way, release, with: replacements) }
  }

  func drop(_ name: String, _ way: Way, _ pieces: [Int]) -> Result<Void, CommandFailure> {
    steered(name) { $0.drop(way, pieces) }
  }

  private func steered(
    _ name: String, _ body: (RelayedSession) -> Result<Void, RelayedSession.Refusal>
  ) -> Result<Void, CommandFailure> {
    opened(name).flatMap { open in
      guard let pair = open as? RelayedSession else {
        return .failure(.refused("\(name) is no pair of a relay, such as relay.1"))
      }
      return body(pair).mapError { .refused("\(name): \($0.message)") }
    }
  }

  /// The sends of a burst with the pauses before them.
  private func replacements(_ burst: Burst) -> Result<[Replacement], CommandFailure> {
    do {
      var sends: [Replacement] = []
      var last: Nanoseconds = 0
      for action in try BurstSchedule(playing: burst) {
        let gap = action.time - last
        switch action.action {
        case .send(let bytes): sends.append(Replacement(bytes, gap: gap))
        case .sendFlagged(let bytes, let flag):
          sends.append(Replacement(bytes, isUrgent: flag == .outOfBand, gap: gap))
        case .cork, .uncork, .shutdown, .close, .reset:
          return .failure(.refused("what replaces bytes is made of payloads and pauses"))
        }
        if sends.count > Self.mostReplacements {
          return .failure(.refused("more than \(Self.mostReplacements) sends in one release"))
        }
        last = action.time
      }
      return .success(sends)
    } catch {
      return .failure(.refused("\(error)"))
    }
  }

  private static let mostReplacements = 100_000
}
