import Sockets
import Wire

/// Why a command did not do what it says.
public enum CommandFailure: Error, Sendable, Equatable {
  /// A socket could not be opened.
  case open(OpenFailure)
  /// The wire could not be captured.
  case notCaptured(WireFailure)
  /// The command does not fit what is there: an unknown name, a socket that is closed.
  case refused(String)
  /// What a message is answered uncut says nothing about what is right.
  case unsteady(String)
  /// What was waited for did not come in time.
  case timedOut(String)
  /// An `expect` did not hold; its record tells what was wanted and what was got.
  case unexpected(String)

  public var message: String {
    switch self {
    case .open(let failure): failure.message
    case .notCaptured(let failure): failure.sentence
    case .refused(let message), .unsteady(let message), .timedOut(let message), .unexpected(let message):
      message
    }
  }
}
