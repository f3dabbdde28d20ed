import Fuzzing
import Testing

@testable import Traffic

@Suite("A finding as a lab")
struct CutLabTests {
  private static func lab(_ answers: [String], _ until: AnswerEnd = .usual) -> CutLab {
    CutLab(
      target: .server(["python3", "naive.py", "9000"], nil),
      finding: "cut after byte 3: \"bad\" instead of \"ok\"",
      messages: answers.map { "ask \($0)\n".utf8 }.map(Array.init), cuts: CutPlaces(message: 0, offsets: [3]),
      verdict: .different, answers: answers.map { Array($0.utf8) }, until: until)
  }

  /// The commands without what is said about them.
  private static func commands(_ lab: CutLab) throws -> [String] {
    try Lab(parsing: lab.text).lines.map(\.text)
  }

  @Test("it waits for what the program's recv calls returned, and for the right answer")
  func single() throws {
    let lab = Self.lab(["ok\n"])
    #expect(
      try Self.commands(lab) == [
        "watch \"python3 naive.py 9000\" --as app", "wait app listen", "connect app --as client",
        "send client \"ask\"", "wait app.*.1 bytes 3 within 2s", "send client \" ok\\n\\n\"",
        "wait client bytes 3 within 2s", "wait 100ms", "expect client data \"ok\\n\"",
      ])
    #expect(lab.text.hasPrefix("# cut after byte 3: \"bad\" instead of \"ok\"\n#\n#   recvscope run FILE\n"))
  }

  @Test("messages follow when the one before was answered, or taken where it gets no answer")
  func dialogue() throws {
    var lab = Self.lab(["one", "", "three"], .end)
    lab.cuts = CutPlaces(message: 2, offsets: [1, 4])
    lab.endsWithShutdown = true
    #expect(
      try Self.commands(lab).dropFirst(3) == [
        "send client \"ask one\\n\"", "wait client bytes 3 within 2s", "send client \"ask \\n\"",
        "wait app.*.1 bytes 13 within 2s", "send client \"a\"", "wait app.*.1 bytes 14 within 2s",
        "send client \"sk \"", "wait app.*.1 bytes 17 within 2s", "send client \"three\\n\"",
        "shutdown client write", "wait client end within 2s",
        "expect client data \"onethree\"",
      ])
  }

  @Test("what cannot be watched gets its parts one after another")
  func address() throws {
    var lab = Self.lab(["ok\n"], .bytes(3))
    lab.target = .address(.inet(host: "::1", port: 80))
    #expect(
      try Self.commands(lab) == [
        "connect [::1]:80 --as client --nodelay", "send client \"ask\"", "wait 100ms",
        "send client \" ok\\n\\n\"",
        "wait client bytes 3 within 2s", "expect client data \"ok\\n\"",
      ])
    lab.target = .address(.path("/tmp/a socket"))
    #expect(try Self.commands(lab)[0] == "connect \"/tmp/a socket\" --as client")
  }

  @Test("of several listeners the one is taken that was meant")
  func listener() throws {
    var lab = Self.lab(["ok\n"])
    lab.target = .server(["./server"], .inet(host: "127.0.0.1", port: 9000))
    #expect(
      try Self.commands(lab)[..<3] == [
        "watch \"./server\" --as app", "wait app listen", "connect 127.0.0.1:9000 --as client",
      ])
  }

  @Test("a client is answered in parts, and its exit status is judged")
  func client() throws {
    var lab = Self.lab(["", ""])
    lab.target = .client(["./client", "9000"], listen: .inet(host: "127.0.0.1", port: 9000))
    lab.endsWithShutdown = true
    lab.status = 3
    #expect(
      try Self.commands(lab) == [
        "listen 127.0.0.1:9000 --as server", "watch \"./client 9000\" --as app", "send server.1 \"ask\"",
        "wait app.* bytes 3 within 2s", "send server.1 \" \\n\"", "wait app.* bytes 5 within 2s",
        "send server.1 \"ask \\n\"", "shutdown server.1 write", "wait app exit within 2s",
        "expect app exit 3",
      ])
  }

  @Test("after a crash the program has to answer once more")
  func crash() throws {
    var lab = Self.lab(["ok\n"], .bytes(3))
    lab.verdict = .crash
    #expect(
      try Self.commands(lab).suffix(5) == [
        "close client", "connect app --as after", "send after \"ask ok\\n\\n\"",
        "wait after bytes 3 within 2s",
        "expect after data \"ok\\n\"",
      ])
  }

  @Test(
    "what changes in an answer may be anything",
    arguments: [
      (["/[0-9]+/"], ["id 17 ok\n"], "\"id \" … \" ok\\n\""),
      (["/[0-9]+/"], ["17 ok", "ok 18"], "… \" okok \" …"),
      (["/[0-9]+/"], ["17"], "…"), (["/[0-9]+/", "/id /"], ["id 17 ok"], "… \" ok\""),
      (["/b/", "/ac/"], ["xabcy"], "\"x\" … \"y\""), (["/z/"], ["abc"], "\"abc\""),
      (["/c/", "/a/"], ["abcab"], "… \"b\" … \"b\""), (["/[0-9]/"], ["12", "34"], "…"),
    ])
  func blanks(expressions: [String], answers: [String], data: String) throws {
    var lab = Self.lab(answers)
    lab.blanks = try AnswerBlanks(parsing: expressions)
    let commands = try Self.commands(lab)
    #expect(commands.last == "expect client data \(data)")
    let kept = answers.map { lab.blanks.blanked(Array($0.utf8)).count }.reduce(0, +)
    #expect(kept == 0 || commands.contains("wait client bytes \(kept) within 2s"))
  }

  @Test(
    "a pattern is looked for in what came",
    arguments: [
      ("/HTTP.1 200/", ["wait client bytes 1 within 2s", "wait 100ms", "expect client data /HTTP.1 200/"]),
      ("\"200 OK\"", ["wait client bytes 6 within 2s", "wait 100ms", "expect client data … \"200 OK\" …"]),
      ("bytes 40", ["wait client bytes 40 within 2s", "wait 100ms"]),
    ])
  func pattern(text: String, lines: [String]) throws {
    var lab = Self.lab(["HTTP/1.1 200 OK"])
    lab.pattern = try Pattern(parsing: text)
    #expect(try Self.commands(lab).suffix(lines.count) == lines)
  }

  @Test("messages are counted where the length of an answer is not known")
  func framed() throws {
    var lab = Self.lab(["{\"id\":17}"], .message)
    lab.framing = .json
    #expect(
      try Self.commands(lab).suffix(2) == [
        "wait client bytes 9 within 2s", "expect client data '{\"id\":17}'",
      ])
    lab.blanks = try AnswerBlanks(parsing: ["/[0-9]+/"])
    lab.messages = [Array("[1][2]".utf8)]
    let commands = try Self.commands(lab)
    #expect(commands.contains("frame client json"))
    #expect(
      commands.suffix(3).dropLast() == ["wait client bytes 7 within 2s", "wait client messages 2 within 2s"])
  }

  private static let pieces = [
    "\"", "'", "\\", "#", " # ", "%{", "%{n}", "…", "...", "\n", "\r", "\0", "\u{1b}", "\u{202e}", "\u{301}",
    "é", " ",
    "within 1s", "/",
    "*", "wait",
  ]

  private static func bytes(_ random: inout SplitMix) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<1 + random.below(12) {
      if random.below(3) == 0 { bytes.append(UInt8(random.below(256))) }
      bytes += Array(pieces[random.below(pieces.count)].utf8)
    }
    return bytes
  }

  @Test("any bytes, any command and any sentence read as they were", arguments: 0..<300)
  func anything(seed: Int) throws {
    var random = SplitMix(state: UInt64(seed))
    let words = (0...random.below(4)).map { _ in
      String(decoding: Self.bytes(&random), as: UTF8.self).filter { $0 != "\0" }
    }
    let messages = (0...random.below(3)).map { _ in Self.bytes(&random) + [0, 1] }
    let answers = messages.map { _ in Self.bytes(&random) }
    let cut = random.below(messages.count)
    let lab = CutLab(
      target: .server(words, nil), finding: String(decoding: Self.bytes(&random), as: UTF8.self),
      messages: messages,
      cuts: CutPlaces(message: cut, offsets: [1]), verdict: .different, answers: answers, until: .end)
    let lines = try Lab(parsing: lab.text).lines
    guard case .watch(let order) = lines[0].command else {
      Issue.record("no watch: \(lines[0].text)")
      return
    }
    #expect(order.target == .command(words))
    let sent = try lines.flatMap { line -> [UInt8] in
      guard case .send(_, let burst) = line.command else { return [] }
      return try BurstSchedule(burst) { _ in [] }.payload
    }
    #expect(sent == messages.flatMap { $0 })
    guard case .expect(_, .data(let pieces)) = lines[lines.count - 1].command else {
      Issue.record("no data: \(lines[lines.count - 1].text)")
      return
    }
    #expect(
      try pieces.map { try BurstSchedule($0) { _ in [] }.payload } == [
        answers.flatMap { $0 }
      ])
  }
}
