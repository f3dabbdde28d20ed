import Testing

@testable import Traffic

/// A server that is made up: what the parts of each message come to, whole or cut.
struct SampleTarget: CustomTestStringConvertible, Sendable {
  var testDescription: String
  var messages: [[UInt8]]
  var cuts: CutPlaces
  var framing: Framing?
  /// The answers to whole messages, which were those of these numbers at first; nil if they are none.
  var answers: @Sendable ([[UInt8]], [Int]) -> [String]?
  /// What is answered if the messages come in these parts.
  var fails: @Sendable ([[[UInt8]]]) -> Bool
  /// What is to be found.
  var smallest: [String]
  var places: CutPlaces

  /// What a trial comes to: it fails when cut, and is right when not.
  func stays(_ trial: CutTrial) -> Bool {
    let wanted = answers(messages, Array(messages.indices))
    guard let wanted, answers(trial.messages, trial.kept) == trial.kept.map({ wanted[$0] }) else {
      return false
    }
    return fails(Self.parts(of: trial)) && !fails(trial.messages.map { [$0] })
  }

  static func parts(of trial: CutTrial) -> [[[UInt8]]] {
    trial.messages.enumerated().map { place, message in
      let offsets = place == trial.cuts.message ? trial.cuts.offsets : []
      return zip([0] + offsets, offsets + [message.count]).map { Array(message[$0..<$1]) }
    }
  }
}

extension SampleTarget {
  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private static let request =
    "POST /form HTTP/1.1\r\nHost: localhost\r\nUser-Agent: test\r\nAccept: */*\r\nAccept-Language: de\r\n"
    + "Cache-Control: no-cache\r\nX-One: 1\r\nX-Two: 2\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n"
    + "Connection: close\r\n\r\nhi"

  /// It wants a request line, the length of the body and the body; a header that comes in two parts is lost.
  static let header = SampleTarget(
    testDescription: "a cut inside the name of one of ten headers", messages: [Array(request.utf8)],
    cuts: CutPlaces(message: 0, offsets: [request.utf8.count - 35]), framing: .http,
    answers: { messages, _ in
      messages.map { message in
        let text = text(message)
        let isWhole = text.hasPrefix("POST /form HTTP/1.1\r\n") && text.hasSuffix("\r\n\r\nhi")
        return isWhole && text.contains("\r\nContent-Length: 2\r\n") ? "200" : "400"
      }
    },
    fails: { messages in
      !messages[0].contains { part in part.firstRange(of: Array("Content-Length: 2".utf8)) != nil }
    },
    smallest: ["POST /form HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi"],
    places: CutPlaces(message: 0, offsets: [22]))

  /// One recv is taken for one line.
  static let json = SampleTarget(
    testDescription: "lines of JSON", messages: [Array("{\"a\":1}\n{\"name\":[1,2,3]}\n{\"b\":2}\n".utf8)],
    cuts: CutPlaces(message: 0, offsets: [20]), framing: .json,
    answers: { messages, _ in
      messages.map { message in
        let lines = text(message).split(separator: "\n", omittingEmptySubsequences: false)
        let isRight = lines.dropLast().allSatisfy { $0.hasPrefix("{") && $0.hasSuffix("}") }
        return lines.count > 1 && lines.last == "" && isRight ? "ok" : "bad"
      }
    },
    fails: { messages in !messages.allSatisfy { $0.allSatisfy { $0.last == UInt8(ascii: "\n") } } },
    smallest: ["{}\n"], places: CutPlaces(message: 0, offsets: [1]))

  /// The second message is lost if it is cut, and only who has said hello has one.
  static let dialogue = SampleTarget(
    testDescription: "the second of three messages, which needs the first",
    messages: ["HELLO you\r\n", "GET everything\r\n", "QUIT\r\n"].map { Array($0.utf8) },
    cuts: CutPlaces(message: 1, offsets: [7]), framing: nil,
    answers: { messages, kept in
      var isKnown = false
      return zip(messages, kept).map { message, _ in
        let text = text(message)
        if text.hasPrefix("HELLO"), text.hasSuffix("\r\n") { isKnown = true }
        return text.hasPrefix("GET") && text.hasSuffix("\r\n") ? isKnown ? "data" : "who?" : "fine"
      }
    },
    fails: { messages in
      messages.contains { $0.count > 1 && text($0.flatMap { $0 }).hasPrefix("GET") && $0[0].count > 1 }
    },
    smallest: ["HELLO\r\n", "GET\r\n"], places: CutPlaces(message: 1, offsets: [2]))

  /// A part that begins with the length, neither the first nor the last.
  static let pair = SampleTarget(
    testDescription: "two cuts that fail only together", messages: [Array("xxxx;10;yyyyyy".utf8)],
    cuts: CutPlaces(message: 0, offsets: [2, 5, 8, 12]), framing: nil,
    answers: { messages, _ in messages.map { text($0).contains(";10;") ? "ok" : "bad" } },
    fails: { messages in
      let parts = messages[0].map(text)
      return parts.count > 2 && parts[1...].dropLast().contains { $0.hasPrefix("10") }
    },
    smallest: [";10;"], places: CutPlaces(message: 0, offsets: [1, 3]))

  static let all = [header, json, dialogue, pair]
}
