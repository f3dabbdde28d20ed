import Traffic

/// A message explained: its size, which calls made it, how long it took.
struct MessageEntries {
  let placed: PlacedMessage
  let sockets: SocketTable
  let messages: MessageIndex
  let journal: Journal

  var all: [InspectorEntry] {
    let message = placed.message
    let sentences = MessageSentences(message, of: placed.socket, journal)
    let isReceived = message.way == .received
    var entries = [
      InspectorEntry(
        label: "message", text: "\(sockets.name(placed.socket)): \(name), \(sentences.size)", role: .strong)
    ]
    if let trouble = sentences.trouble {
      let role: Role = message.broken == nil ? .warning : .error
      entries.append(
        InspectorEntry(label: message.broken == nil ? "note" : "broken", text: trouble, role: role))
    }
    if let calls = sentences.calls {
      let isCut = placed.found.calls.map { $0.count > 1 } ?? false
      entries.append(
        InspectorEntry(
          label: isReceived ? "came in" : "went by", text: calls, role: isCut && isReceived ? .warning : .text
        ))
    }
    if let other = sentences.otherCalls(name: sockets.name) {
      entries.append(
        InspectorEntry(
          label: isReceived ? "sent by" : "taken by", text: other, role: isReceived ? .sent : .received))
    }
    entries.append(InspectorEntry(label: "took", text: sentences.took))
    if let framing = messages.framing(of: placed.socket, message.way) {
      entries.append(InspectorEntry(label: "framing", text: framing, role: .muted))
    }
    if isReceived, let standing = messages.standing(of: placed.socket, journal) {
      entries.append(InspectorEntry(label: "so far", text: standing.naive.sentence, role: .muted))
    }
    return entries
  }

  private var name: String {
    let number = "message \(placed.message.number)"
    let count = messages.standing(of: placed.socket, journal)?.count(placed.message.way)
    let all = count.map { " of \(Units.count($0))" } ?? ""
    return [number + all, placed.message.kind?.rawValue].compactMap { $0 }.joined(separator: ", ")
  }
}
