import Traffic

/// What a reader that takes one recv() for one message would have made of the socket in view.
struct SummaryLine {
  let model: Model
  let journal: Journal

  func draw(on canvas: Canvas, in rect: Rect) {
    let (text, role) = words(width: rect.width - 2)
    canvas.put(
      text.fitted(to: rect.width - 2), row: rect.row, column: rect.column + 1, style: Style(role), clip: rect)
  }

  /// Whose messages they are: the socket's, or those of its other end, or of a listener's newest connection.
  private var socket: SocketID? {
    guard let subject = model.subject else { return nil }
    let candidates: [SocketID?] =
      model.sockets.info(subject)?.role == .listener
      ? [model.sockets.connections(of: subject).last] : [subject, model.sockets.peer(of: subject)]
    return candidates.compactMap { $0 }.first(where: model.messages.isFramed)
  }

  private func words(width: Int) -> (text: String, role: Role) {
    guard let socket, let standing = model.messages.standing(of: socket, journal) else { return ("", .muted) }
    let name = model.sockets.name(socket)
    if !standing.isComplete {
      let part = standing.taken * 100 / max(1, standing.records)
      return ("\(name): cutting what was recorded into messages, \(part) %", .warning)
    }
    let naive = standing.naive
    let counts = [Direction.received, .sent].compactMap { way -> String? in
      guard let count = standing.follower.count(way), count > 0 || way == .received else { return nil }
      return "\(Units.count(count)) \(way.word)"
    }
    let messages = "\(name): \(counts.joined(separator: ", "))"
    if naive.receives == 0 { return ("\(messages), as messages", .muted) }
    let role: Role = naive.right == naive.receives ? .good : .warning
    let long = "\(messages). \(naive.sentence)"
    if SafeText.width(long) <= width { return (long, role) }
    let short = "\(messages) · \(naive.summary)"
    return (SafeText.width(short) <= width ? short : naive.summary, role)
  }
}
