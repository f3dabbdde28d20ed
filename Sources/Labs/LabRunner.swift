import Sockets
import Synchronization
import Traffic

/// Performs the commands of labs and of the prompt on the sockets of one run.
public final class LabRunner: Sendable {
  /// How long a command waits for a socket that is still connecting or not accepted yet.
  static let patience: Nanoseconds = 10_000_000_000

  public let manager: SessionManager
  /// By session.
  let answerers = Mutex<[SocketID: Answerer]>([:])

  public init(_ manager: SessionManager) { self.manager = manager }

  /// Performs one command and returns when it has taken effect; `send` returns when its burst is queued.
  /// - Parameter line: line number in the lab, for the records of `expect`.
  public func perform(_ command: Command, line: Int) -> Result<Void, CommandFailure> {
    CommandContext(runner: self, line: line).perform(command)
  }

  /// The same for a command typed by hand: whoever asks for a connection wants to know how that ended.
  public func performWhole(_ command: Command) -> Result<Void, CommandFailure> {
    CommandContext(runner: self, line: 1, awaitsConnection: true).perform(command)
  }

  /// Performs the lines of a lab, one after another, until one fails.
  /// - Parameter unexpected: is told of each `expect` that does not hold; the lab goes on.
  public func play(_ lab: Lab, unexpected: (String) -> Void) -> LabOutcome {
    var outcome = LabOutcome()
    for line in lab.lines {
      switch perform(line.command, line: line.number) {
      case .success: break
      case .failure(.unexpected(let message)):
        outcome.isUnexpected = true
        unexpected("line \(line.number): expect \(message)")
      case .failure(let failure):
        outcome.failure = LabOutcome.Failure(line: line, failure: failure)
        return outcome
      }
    }
    return outcome
  }

  /// Sends standard input on a session until it ends.
  public func pumpInput(to name: String) -> Result<Void, CommandFailure> {
    CommandContext(runner: self, line: 1).connection(name).map {
      InputPump(connection: $0, journal: manager.run.journal).run()
    }
  }

  /// Waits until every connection attempt has come to its end and everything queued was sent.
  public func finish() -> Result<Void, CommandFailure> {
    _ = manager.run.journal.wait(limit: .max) { !self.manager.isConnecting }
    if let failure = manager.firstFailure { return .failure(.open(failure)) }
    for connection in manager.connections { connection.waitUntilIdle() }
    return .success(())
  }
}
