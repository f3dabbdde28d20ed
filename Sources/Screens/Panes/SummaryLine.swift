import Traffic

/// What a reader that takes one recv() for one message would have made of the socket in view.
struct SummaryLine {
  let model: Model
  let journal: Journal

  /// Records that have just come, and are taken with the next look.
  private static let lag = 10_000

  func draw(on canvas: Canvas, in rect: Rect) {
    let (text, role) = words(width: rect.width - 2)
    canvas.put(
      text.fitted(to: rect.width - 2), row: rect.row, column: rect.column + 1, style: Style(role), clip: rect)
  }

  /// Whose messages they are: the socket's, or those of its other end, or of a listener's newest connection. Of a relay's pair, unless
  /// one of the two was chosen, of the one where such a reader would have been wrong more often.
  private var socket: SocketID? {
    guard let subject = model.subject, let info = model.sockets.info(subject) else { return nil }
    let isListener = info.role == .listener
    guard let end = model.sockets.bearer(of: subject) else { return nil }
    if let partner = model.sockets.info(end)?.partner, isListener || model.list.selection == .all {
      let pair = [end, partner].sorted { $0.value < $1.value }.filter(model.messages.isFramed)
      return pair.max { wrong($0) < wrong($1) }
    }
    return [end, model.sockets.peer(of: end)].compactMap { $0 }.first(where: model.messages.isFramed)
  }

  private func wrong(_ socket: SocketID) -> Int {
    model.messages.standing(of: socket, journal)?.naive.wrong ?? 0
  }

  private func words(width: Int) -> (text: String, role: Role) {
    guard let socket, let standing = model.messages.standing(of: socket, journal) else { return ("", .muted) }
    let name = model.sockets.name(socket)
    if standing.records - standing.taken > Self.lag {
      let part = standing.taken * 100 / max(1, standing.records)
      return ("\(name): cutting what was recorded into messages, \(part) %", .warning)
    }
    let naive = standing.naive
    let counts = [Direction.received, .sent].compactMap { way -> String? in
      guard let count = standing.follower.count(way), count > 0 || way == .received else { return nil }
      return "\(Units.count(count)) \(way.word)"
    }
    let messages = "\(name): \(counts.joined(separator: ", "))"
    if let rest = standing.follower.unfinished(.received)?.message, rest.kind == .rest {
      let framing = model.messages.framing(of: socket, .received) ?? ""
      let key = model.keys.label(.framing) ?? ""
      return (
        "\(messages), and none from byte \(rest.range.lowerBound) on: is it \(framing)? \(key) tells", .error
      )
    }
    if naive.receives == 0 { return ("\(messages), as messages", .muted) }
    let role: Role = naive.right == naive.receives ? .good : .warning
    let long = "\(messages). \(naive.sentence)"
    if SafeText.width(long) <= width { return (long, role) }
    let shorter = ["\(messages) · \(naive.summary)", "\(name): \(naive.summary)"]
    return (shorter.first { SafeText.width($0) <= width } ?? naive.summary, role)
  }
}
