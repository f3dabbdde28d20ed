import Sockets
import Traffic

extension CommandContext {
  /// Says how a session's bytes are cut into messages; of a listener, those of its connections, of a relay's
  /// pair, those of both its
  /// sockets.
  func frame(
    _ name: String, _ way: Direction?, from offset: Int64, _ framing: Framing
  ) -> Result<Void, CommandFailure> {
    socket(name).flatMap { id in
      guard let kind = journal.socket(id)?.info.kind else {
        return .failure(.refused("\(name) is closed, and nothing is held of it"))
      }
      guard journal.socket(id)?.info.role != .program else {
        return .failure(.refused("\(name) is a program: say which of its sockets, such as \(name).fd3"))
      }
      guard !kind.keepsBoundaries else {
        return .failure(.refused("\(name) is a \(kind.rawValue) socket: each datagram is a message"))
      }
      let choice = FramingChoice(framing.text, from: offset)
      let words = [way?.word, offset > 0 ? "from \(offset)" : nil, framing.text].compactMap { $0 }
      let text = words.joined(separator: " ")
      for socket in [id] + otherSocket(of: id, in: name) {
        run.writer.update(socket) { info in
          if way != .sent { info.receivedFraming = choice }
          if way != .received { info.sentFraming = choice }
        }
        run.writer.append(
          .option(socket, at: run.clock.now),
          OptionChange(name: FramingChoice.word, granted: text, asked: text))
        tellSoFar(socket)
      }
      return .success(())
    }
  }

  /// Where the name is that of a relay's pair, the socket of the other end.
  private func otherSocket(of socket: SocketID, in name: String) -> [SocketID] {
    guard let info = journal.socket(socket)?.info, info.relayEnd?.pair == name else { return [] }
    return info.partner.map { [$0] } ?? []
  }

  /// Sockets of a listener that are told of at most.
  private static let mostTold = 100

  /// Says what the messages of a session come to that were received already: the answer to why there was half a one.
  private func tellSoFar(_ session: SocketID) {
    let sockets = journal.sockets.filter { $0 == session || journal.socket($0)?.info.parent == session }
    for socket in sockets.prefix(Self.mostTold) {
      guard var walk = MessageWalk(socket, journal) else { continue }
      walk.advance(journal)
      let (count, naive) = (walk.follower.count(.received) ?? 0, walk.follower.naive)
      if naive.receives == 0 { continue }
      run.mark(socket, "\(count) message\(count == 1 ? "" : "s") received so far. \(naive.sentence)")
    }
  }
}
