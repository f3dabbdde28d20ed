import Sockets
import Traffic

extension CommandContext {
  /// Writes a note.
  func mark(_ text: String) -> Result<Void, CommandFailure> {
    run.mark(.none, text)
    return .success(())
  }
}
