/// What a framing would make of the first bytes of a socket that are held.
public struct FramingPreview: Sendable, Hashable {
  /// As it is written for `frame`.
  public let framing: String
  /// `5 received, 2 sent, 3 cut between recv calls, first {"a":1}`
  public let sentence: String
  /// Messages were found, and none is broken.
  public let fits: Bool

  /// Those that a list offers, the ones that name what they cut first.
  static let candidates = [
    "json", "http", "newline", "crlf", "resp", "tls", "websocket", "mqtt", "modbus", "length:u16be",
    "length:u32be", "length:u16le", "length:u32le", "length:u8", "length:u64be", "length:text+1", "varint",
    "nul", "slip", "cobs", "gap 10ms",
  ]

  /// Bytes and records that are looked at.
  private static let sample = MessageEffort(records: 512, bytes: 64 << 10, messages: 4096)
  private static let shown = 24

  init?(_ text: String, of socket: SocketID, _ journal: Journal) {
    let choice = FramingChoice(text)
    var walk = MessageWalk(socket, MessageFollower(received: choice, sent: choice))
    var (effort, messages) = (Self.sample, [PlacedMessage]())
    _ = walk.advance(journal, &effort, into: &messages)
    framing = text
    let whole = messages.map(\.message).filter { $0.broken == nil }
    let broken = messages.first { $0.message.broken != nil }?.message
    fits = broken == nil && !whole.isEmpty
    var parts: [String] = []
    if let broken, let reason = broken.broken {
      let size = Units.size(Int64(broken.range.count))
      switch reason {
      case .cut where whole.isEmpty: parts.append("nothing ends a message in \(size)")
      case .bad: parts.append("byte \(broken.range.lowerBound) on does not fit")
      case .cut, .midStream, .evicted, .tooLong:
        parts.append("broken at \(broken.range.lowerBound): \(reason.sentence)")
      }
    }
    for way in [Direction.received, .sent] {
      let count = whole.count { $0.way == way }
      if count > 0 { parts.append("\(Units.count(count)) \(way.word)") }
    }
    let cut = messages.count { $0.message.way == .received && ($0.found.calls?.count ?? 1) > 1 }
    if cut > 0, fits { parts.append("\(Units.count(cut)) cut between recv calls") }
    let ways: [Direction] = [.received, .sent]
    if let open = ways.lazy.compactMap({ walk.follower.unfinished($0) }).first {
      parts.append("\(Units.size(Int64(open.message.range.count))) unfinished")
    }
    if parts.isEmpty { parts.append("no bytes yet") }
    if let first = whole.first,
      let bytes = journal.content(of: first, on: socket, limit: Self.shown), !bytes.isEmpty
    {
      parts.append("first \(EscapedText.literal(bytes))\(first.payload.count > bytes.count ? "…" : "")")
    }
    sentence = parts.joined(separator: ", ")
  }
}

extension Journal {
  /// What each framing would make of a socket's bytes: those that fit before the others.
  public func framingPreviews(of socket: SocketID) -> [FramingPreview] {
    let all = FramingPreview.candidates.compactMap { FramingPreview($0, of: socket, self) }
    return all.filter(\.fits) + all.filter { !$0.fits }
  }
}
