import Sockets
import Traffic

extension CommandContext {
  /// Says how a session's bytes are cut into messages; of a listener, those of its connections.
  func frame(
    _ name: String, _ way: Direction?, from offset: Int64, _ framing: Framing
  ) -> Result<Void, CommandFailure> {
    session(name).flatMap { session in
      let id: SocketID? =
        switch session {
        case .open(let open): open.id
        case .closed(let closed): closed.id
        case .connecting, .failed: nil
        }
      guard let id, let kind = journal.socket(id)?.info.kind else {
        return .failure(.refused("\(name) is closed, and nothing is held of it"))
      }
      guard !kind.keepsBoundaries else {
        return .failure(.refused("\(name) is a \(kind.rawValue) socket: each datagram is a message"))
      }
      let choice = FramingChoice(framing.text, from: offset)
      run.writer.update(id) { info in
        if way != .sent { info.receivedFraming = choice }
        if way != .received { info.sentFraming = choice }
      }
      let words = [way?.word, offset > 0 ? "from \(offset)" : nil, framing.text].compactMap { $0 }
      let text = words.joined(separator: " ")
      run.writer.append(
        .option(id, at: run.clock.now), OptionChange(name: FramingChoice.word, granted: text, asked: text))
      return .success(())
    }
  }
}
