import Sockets
import Traffic

extension CommandContext {
  /// Queues what is to be typed to a program.
  func type(_ name: String, _ burst: Burst) -> Result<Void, CommandFailure> {
    opened(name).flatMap { open in
      guard let program = open as? WatchedProgram else {
        return .failure(.refused("\(name) is no program that is watched: send is for sockets"))
      }
      guard let keyboard = program.keyboard else {
        return .failure(
          .refused(
            "\(name): its terminal and its standard input are not recvscope's: it was not started here"))
      }
      if let refusal = burst.refusalOfTyping(isTerminal: keyboard.isTerminal) {
        return .failure(.refused("\(name): \(refusal)"))
      }
      do {
        var schedule = try BurstSchedule(playing: burst)
        schedule.beginning = run.clock.now
        schedule.speed = run.speed
        if keyboard.type(schedule) { return .success(()) }
        return .failure(.refused(program.isClosed ? "\(name) is closed" : "\(name): what it reads was ended"))
      } catch {
        return .failure(.refused("\(error)"))
      }
    }
  }
}

extension Burst {
  /// Why it cannot be typed; nil if it can.
  fileprivate func refusalOfTyping(isTerminal: Bool) -> String? {
    tolerance != nil
      ? "within is for sends on sockets"
      : steps.lazy.compactMap { $0.refusalOfTyping(isTerminal: isTerminal) }.first
  }
}

extension BurstStep {
  fileprivate func refusalOfTyping(isTerminal: Bool) -> String? {
    switch self {
    case .send, .split, .pause, .at: nil
    case .group(let steps, _, _):
      steps.lazy.compactMap { $0.refusalOfTyping(isTerminal: isTerminal) }.first
    case .shutdown, .close:
      isTerminal ? "a terminal goes on; \"\\x04\" (^D) is what ends a line's reading" : nil
    case .flagged, .cork, .uncork, .reset: "only sockets know MSG_OOB, MSG_MORE, TCP_CORK and RST"
    }
  }
}
