@testable import Traffic

extension SampleJournals {
  private static let request = Array("GET /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello".utf8)

  /// A server that looks for the length in what one recv returned; with one cut that is not tried yet.
  static func shake() -> Journal {
    let shaken = Shaken([request], framing: "http", answer: "HTTP/1.1 200 OK\r\n\r\n")
    for offset in 1..<request.count - 1 {
      let verdict: CutVerdict =
        switch offset {
        case 17: .crash
        case 25...40: .different
        case 44: .unstable
        case 46...47: .silent
        case 50: .unproven
        default: .same
        }
      shaken.cut([offset], verdict)
    }
    return shaken.writer.journal
  }

  /// Three messages, the middle one of a byte, each long enough or short enough to wrap or not; pairs of cuts.
  static func dialogue() -> Journal {
    let shaken = Shaken(
      [Array("EHLO me\r\n".utf8), [0x2e], (0..<300).map { UInt8(truncatingIfNeeded: $0) }], framing: nil,
      answer: "250 ok\r\n", total: 40)
    for offset in 1..<9 { shaken.cut([offset], offset == 8 ? .closed : .same) }
    for offset in 100..<120 { shaken.cut([offset, offset + 60], offset == 110 ? .reset : .same, in: 2) }
    return shaken.writer.journal
  }

  /// What would move, hide or turn things in a terminal, in every part that is shown.
  static func hostileShake() -> Journal {
    let evil = "\u{1b}[2J\u{202e}\u{9b}31m\r\n\u{200b}中\u{7}"
    let bytes = (UInt8.min...UInt8.max).map { $0 } + Array(evil.utf8)
    let shaken = Shaken([bytes], framing: evil, answer: evil, target: "python3 \(evil)")
    shaken.cut([1], .crash, answer: Array(evil.utf8), note: evil)
    shaken.cut([29], .different, answer: bytes, note: evil)
    return shaken.writer.journal
  }

  /// What a shake writes to the journal, cut by cut.
  struct Shaken {
    let writer: JournalWriter

    init(
      _ messages: [[UInt8]], framing: String?, answer: String, target: String = "python3 server.py",
      total: Int? = nil, to writer: JournalWriter = JournalWriter(wall: 1_763_690_531_000_000_000)
    ) {
      self.writer = writer
      let total = total ?? messages.reduce(0) { $0 + $1.count - 1 }
      writer.append(
        .shake(at: 1_000_000),
        ShakeStart(
          target: target, messages: messages, framing: framing, total: total, answer: Array(answer.utf8)))
    }

    /// A connection with what the two parts were sent and answered as.
    func cut(
      _ offsets: [Int], _ verdict: CutVerdict, in message: Int = 0, answer: [UInt8] = Array("bad\n".utf8),
      note: String = ""
    ) {
      let number = writer.journal.summary.sockets + 1
      let time = Nanoseconds(1_000_000 + number * 1_000_000)
      let socket = writer.add(
        SocketInfo(
          name: "shake.\(number)", kind: .tcp, role: .client, local: "127.0.0.1:\(50_000 + number)",
          peer: "127.0.0.1:9000"))
      writer.append(
        .connect(socket, from: time, to: time + 50_000),
        ConnectedEnds(local: "127.0.0.1:\(50_000 + number)", peer: "127.0.0.1:9000"))
      SampleJournals.send(writer, socket, at: time + 60_000, "one", planned: time + 59_000, step: 0)
      SampleJournals.send(writer, socket, at: time + 200_000, "two", planned: time + 199_000, step: 1)
      let calls = [
        CutResult.Call(name: .recvfrom, asked: 4096, result: offsets[0]),
        CutResult.Call(name: .sendto, asked: 4, result: 4),
      ]
      writer.append(
        .cut(socket, from: time, to: time + 500_000, verdict),
        CutResult(
          cuts: CutPlaces(message: message, offsets: offsets), verdict: verdict,
          isProven: verdict != .unproven,
          note: !note.isEmpty
            ? note
            : verdict == .crash
              ? "killed by SIGSEGV" : verdict == .unproven ? "no recv call of the program was seen" : "",
          runs: verdict == .unstable
            ? [.different, .same, .same, .same]
            : verdict.isFound
              ? [CutVerdict](repeating: verdict, count: 4) : [verdict],
          answer: verdict == .silent ? [] : answer, answered: answer.count,
          end: verdict == .closed ? .closed : .open, calls: calls))
    }
  }
}
