extension Judgement {
  /// What was received, cut into messages: how many there are, and the one with a number, if there is one.
  static func messages(
    of socket: SocketID, in journal: Journal, number: Int? = nil
  ) -> Result<(count: Int, message: FramedMessage?), Refusal> {
    guard var walk = MessageWalk(socket, journal) else {
      return .failure(
        Refusal("nothing cuts its bytes into messages: say frame first, such as frame NAME newline"))
    }
    var wanted: FramedMessage?
    walk.advance(journal) { found in
      if found.message.way == .received, found.message.number == number { wanted = found.message }
    }
    return .success((walk.follower.count(.received) ?? 0, wanted))
  }

  /// Compares a message's content with what a burst would send.
  static func compare(
    _ burst: Burst, with number: Int, _ message: FramedMessage?, of count: Int, on socket: SocketID,
    in journal: Journal,
    _ file: (String) throws -> [UInt8]
  ) -> Result<Judgement, Refusal> {
    var wanted: [UInt8] = []
    do {
      for action in try BurstSchedule(burst, file: file) {
        switch action.action {
        case .send(let bytes), .sendFlagged(let bytes, _): wanted += bytes
        case .cork, .uncork, .shutdown, .close, .reset: break
        }
      }
    } catch {
      return .failure(Refusal("\(error)"))
    }
    let text = EscapedText.literal(wanted)
    guard let message else {
      return .success(Judgement(holds: false, wanted: text, got: "\(count) messages"))
    }
    guard let content = journal.content(of: message, on: socket) else {
      return .failure(Refusal("bytes of message \(number) were dropped for want of memory (--memory)"))
    }
    let broken = message.broken.map { ", broken: \($0.rawValue)" } ?? ""
    return .success(
      Judgement(
        holds: content == wanted && message.broken == nil, wanted: text,
        got: EscapedText.literal(content) + broken))
  }
}
