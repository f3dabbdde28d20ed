/// What one socket sent in a run that was recorded, in a recording or as JSON Lines, in the messages that it waited for answers between; of one that was
/// accepted, what the other end sent.
struct RecordedDialogue {
  enum Mistake: Error, Equatable {
    /// This line, from 1, is no object of `--json`.
    case noObject(line: Int)
    /// A payload is there in another encoding than base64, or is not there.
    case noPayload(line: Int)
    case noSends(socket: String, known: [String])
    /// Some of its bytes are not in the recording.
    case notHeld(socket: String, offset: Int64)
    case tooLong(bytes: Int64)

    func sentence(_ file: String) -> String {
      switch self {
      case .noObject(let line): "\(file):\(line): no line of --json"
      case .noPayload(let line):
        "\(file):\(line): its data is not there as base64, which is what --json writes"
      case .notHeld(let socket, let offset):
        "\(file): the bytes of \(socket) from offset \(offset) on are not in the recording"
      case .tooLong(let bytes): ShakeMistake.tooLong(bytes: bytes).sentence
      case .noSends(let socket, let known):
        "\(file): \(socket) sends nothing there"
          + (known.isEmpty ? "" : "; what does is \(known.sorted().joined(separator: ", "))")
      }
    }
  }

  let messages: [[UInt8]]

  /// - Parameter journal: of a recording.
  init(_ journal: Journal, of name: String) throws(Mistake) {
    let sockets = journal.sockets.compactMap { socket in journal.socket(socket).map { (socket, $0) } }
    let bearers = sockets.filter { $0.1.totals.sends > 0 || $0.1.info.role == .accepted }.map {
      $0.1.info.name
    }
    guard let (socket, known) = sockets.first(where: { $0.1.info.name == name }) else {
      throw .noSends(socket: name, known: bearers)
    }
    let own = known.info.role == .accepted ? Direction.received : .sent
    var turns = Turns()
    let ranks = journal.ranks(of: socket)
    for start in stride(from: ranks.lowerBound, to: ranks.upperBound, by: Self.step) {
      for (_, record) in journal.records(of: socket, in: start..<min(start + Self.step, ranks.upperBound)) {
        guard let direction = Direction(record.kind), record.counts(in: direction), record.result > 0 else {
          continue
        }
        if direction != own {
          turns.answer(at: record.answerTime)
          continue
        }
        guard record.offset == turns.bytes, let payload = journal.payload(of: record),
          payload.count == Int(record.result)
        else { throw .notHeld(socket: name, offset: turns.bytes) }
        turns.add(payload, at: record.causeTime)
        if turns.bytes > Int64(ShakeMistake.longest) { throw .tooLong(bytes: turns.bytes) }
      }
    }
    messages = turns.messages
    if messages.isEmpty { throw .noSends(socket: name, known: bearers) }
  }

  /// Records that are held at a time.
  private static let step = 256

  init(_ bytes: [UInt8], of socket: String) throws(Mistake) {
    var turns = Turns()
    var others: Set<String> = []
    // What was accepted is the server's end: its messages are what it received.
    var isAccepted = false
    for (index, line) in bytes.split(separator: 0x0a, omittingEmptySubsequences: false).enumerated()
    where !line.isEmpty {
      guard let object = JSONTexts(line) else { throw .noObject(line: index + 1) }
      let (event, name) = (object["event"], object["socket"] ?? "")
      if event == "send" || event == "recv" && isAccepted { others.insert(name) }
      if event == "accept", object["connection"] == socket { isAccepted = true }
      guard name == socket, event == "send" || event == "recv" else { continue }
      // A call that failed carries nothing.
      guard let data = object["data"] else {
        if object.isNull("returned") { continue }
        throw .noPayload(line: index + 1)
      }
      guard let payload = Self.decoded(base64: Array(data.utf8)) else { throw .noPayload(line: index + 1) }
      if payload.isEmpty { continue }
      let end = object.number("t")
      let began = event == "recv" ? end : object.number("start") ?? end
      if (event == "recv") != isAccepted {
        turns.answer(at: began ?? 0)
      } else {
        turns.add(payload, at: (event == "recv" ? object.number("arrived") : nil) ?? began ?? 0)
      }
    }
    messages = turns.messages
    if messages.isEmpty { throw .noSends(socket: socket, known: Array(others)) }
  }

  /// What was sent, with a new message behind each answer that had come when its call began.
  private struct Turns {
    private(set) var messages: [[UInt8]] = []
    private(set) var bytes: Int64 = 0
    /// The first and the newest answer that no message stands behind yet.
    private var answers: (first: Nanoseconds, last: Nanoseconds)?

    mutating func answer(at time: Nanoseconds) { answers = (answers?.first ?? time, time) }

    mutating func add(_ payload: [UInt8], at time: Nanoseconds) {
      bytes += Int64(payload.count)
      if messages.isEmpty {
        messages.append(payload)
      } else if let (first, last) = answers, first <= time {
        messages.append(payload)
        answers = last > time ? (last, last) : nil
      } else {
        messages[messages.count - 1] += payload
      }
    }
  }

  /// Base64 with padding. RFC 4648, section 4.
  private static func decoded(base64 text: [UInt8]) -> [UInt8]? {
    guard text.count % 4 == 0 else { return nil }
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: text.count, by: 4) {
      let isLast = start + 4 == text.count
      let padding = isLast ? text[start..<start + 4].filter { $0 == UInt8(ascii: "=") }.count : 0
      var bits = 0
      for place in start..<start + 4 {
        guard let digit = place < start + 4 - padding ? digit(text[place]) : 0 else { return nil }
        bits = bits << 6 | digit
      }
      guard padding < 3 else { return nil }
      bytes += [UInt8(bits >> 16), UInt8(bits >> 8 & 255), UInt8(bits & 255)].prefix(3 - padding)
    }
    return bytes
  }

  private static func digit(_ byte: UInt8) -> Int? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(byte - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(byte - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
