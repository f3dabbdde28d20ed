/// What one socket sent in a run that was recorded as JSON Lines, in the messages that it waited for answers between; of one that was
/// accepted, what the other end sent.
struct RecordedDialogue {
  enum Mistake: Error, Equatable {
    /// This line, from 1, is no object of `--json`.
    case noObject(line: Int)
    /// A payload is there in another encoding than base64, or is not there.
    case noPayload(line: Int)
    case noSends(socket: String, known: [String])

    func sentence(_ file: String) -> String {
      switch self {
      case .noObject(let line): "\(file):\(line): no line of --json"
      case .noPayload(let line):
        "\(file):\(line): its data is not there as base64, which is what --json writes"
      case .noSends(let socket, let known):
        "\(file): \(socket) sends nothing there"
          + (known.isEmpty ? "" : "; what does is \(known.sorted().joined(separator: ", "))")
      }
    }
  }

  private(set) var messages: [[UInt8]] = []

  init(_ bytes: [UInt8], of socket: String) throws(Mistake) {
    var isAnswered = true
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
      if (event == "recv") != isAccepted {
        isAnswered = true
      } else if isAnswered {
        messages.append(payload)
        isAnswered = false
      } else {
        messages[messages.count - 1] += payload
      }
    }
    if messages.isEmpty { throw .noSends(socket: socket, known: Array(others)) }
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
