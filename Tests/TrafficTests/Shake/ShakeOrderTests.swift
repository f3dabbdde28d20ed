import Testing

@testable import Traffic

struct ShakeOrderTests {
  private static func order(_ line: String) throws -> ShakeOrder {
    guard case .shake(let order) = try Command(parsing: line) else {
      throw SyntaxError(source: line, line: 1, column: 1, message: "no shake")
    }
    return order
  }

  @Test func `A line says it all`() throws {
    let order = try Self.order(
      #"shake "python3 a.py 9000" --to 9000 --cuts at 3,5+7 --seed 9 --frame length:u16be --ignore /a b/ --until bytes 2k --control 2 --again 0 --jobs 4 --restart each --within 300ms --send "ab" wait "c""#
    )
    #expect(order.target == .server(["python3", "a.py", "9000"], .inet(host: "127.0.0.1", port: 9000)))
    #expect(order.cuts == .at([[3], [5, 7]]))
    #expect(order.seed == 9)
    #expect(order.framing?.text == "length:u16be")
    #expect(order.ignored == ["/a b/"])
    #expect(order.until == .bytes(2048))
    #expect((order.control, order.again, order.jobs) == (2, 0, 4))
    #expect(order.restart == .each)
    #expect(order.limit == 300_000_000)
    #expect(try order.dialogue == Dialogue(parsing: #""ab" wait "c""#))
    guard case .bursts(let bursts) = order.dialogue else { throw ShakeMistake.empty }
    #expect(bursts.map(\.text) == [#""ab""#, #""c""#])
  }

  @Test(
    arguments: [
      (#"shake --to 9000 --send "ab""#, ShakeOrder.Target.address(.inet(host: "127.0.0.1", port: 9000))),
      (
        #"shake "a b" --listen 9000 --reply "ab""#,
        .client(["a", "b"], listen: .inet(host: "127.0.0.1", port: 9000))
      ),
      (#"shake server --send "ab""#, .server(["server"], nil)),
    ] as [(String, ShakeOrder.Target)])
  func `A target is a command, an address or both`(line: String, target: ShakeOrder.Target) throws {
    #expect(try Self.order(line).target == target)
  }

  @Test(
    arguments: ["all", "pairs", "every 3", "at 1,2+3", "random 20", "edges"])
  func `A choice reads as it is written`(text: String) throws {
    #expect(try CutChoice(parsing: text).text == text)
  }

  @Test(arguments: ["bytes 20", "message", "end", "quiet 50ms"])
  func `A rule for the end reads as it is written`(text: String) throws {
    #expect(try AnswerEnd(parsing: text).text == text)
  }

  @Test func `The usual end is by messages where there is a framing`() throws {
    #expect(try Self.order(#"shake a --send "ab""#).answerEnd == .usual)
    #expect(try Self.order(#"shake a --frame http --send "ab""#).answerEnd == .message)
  }

  @Test(
    arguments: [
      ("shake", "expected --send"), ("shake a", "expected --send"),
      (#"shake --send "ab""#, "nothing to shake"),
      (#"shake a b --send "ab""#, "one command, in quotes"),
      (#"shake a --cuts some --send "ab""#, "expected all"),
      (#"shake a --cuts at 3+2 --send "ab""#, "ascend"),
      (#"shake a --cuts every 0 --send "ab""#, "a number of bytes"),
      (#"shake a --until never --send "ab""#, "expected bytes N"),
      (#"shake a --restart sometimes --send "ab""#, "crash, each or never"),
      (#"shake a --jobs 0 --send "ab""#, "at least 1"), (#"shake a --jobs 65 --send "ab""#, "64"),
      (#"shake a --udp --send "ab""#, "cannot be cut"),
      (#"shake a --seqpacket --send "ab""#, "cannot be cut"), (#"shake a --reply "ab""#, "--listen ADDRESS"),
      (#"shake a --listen 1 --send "ab""#, "--reply BURST"),
      (#"shake a --ignore "x" --send "ab""#, "between slashes"),
      (#"shake a --cut all --send "ab""#, "unknown option --cut"),
      (#"shake a --send "ab" wait"#, "expected a step"),
      (#"shake a --send "ab" within 5ms"#, "within"),
    ])
  func `A mistake is told where it stands`(line: String, words: String) {
    let error = #expect(throws: SyntaxError.self) { try Command(parsing: line) }
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test(
    arguments: [
      (#""a" close"#, ShakeMistake.notBytes("close")), (#"oob "a""#, .notBytes("oob")),
      (#"cork "a""#, .notBytes("cork")), (#""a" shutdown "b""#, .notBytes("shutdown")), (#""""#, .empty),
      (#""a" wait """#, .empty), ("zeros(1G)", .tooLong(bytes: 1 << 30)),
    ] as [(String, ShakeMistake)])
  func `What is no message is refused`(text: String, mistake: ShakeMistake) throws {
    let dialogue = try Dialogue(parsing: text)
    #expect(throws: mistake) {
      try dialogue.messages(file: { _ in [] }) { try BurstSchedule($0) { _ in [] } }
    }
  }

  private static let recording = """
    {"event":"start","seq":0}
    {"event":"send","socket":"client","returned":2,"data":"YWI="}
    {"event":"send","socket":"client","returned":1,"flags":["more",{"a":"b"}],"data":"Yw=="}
    {"event":"recv","socket":"server.1","returned":3,"data":"YWJj"}
    {"event":"recv","socket":"client","returned":null,"errno":"EAGAIN"}
    {"event":"recv","socket":"client","returned":2,"data":"b2s="}
    {"event":"send","socket":"client","returned":1,"data":"ZA=="}

    """

  @Test func `A recording gives the messages between the answers`() throws {
    let dialogue = try #require(Dialogue(recorded: "a:b.jsonl:client"))
    #expect(dialogue == .recorded(file: "a:b.jsonl", socket: "client"))
    let (messages, _) = try dialogue.messages(file: { _ in Array(Self.recording.utf8) }) {
      try BurstSchedule($0) { _ in [] }
    }
    #expect(messages == [Array("abc".utf8), Array("d".utf8)])
  }

  @Test func `What came while a call ran ends no message before it`() throws {
    let text = """
      {"event":"send","t":10,"start":5,"socket":"client","returned":2,"data":"YWI="}
      {"event":"recv","t":25,"start":11,"socket":"client","returned":2,"data":"b2s="}
      {"event":"send","t":30,"start":20,"socket":"client","returned":1,"data":"Yw=="}
      {"event":"send","t":40,"start":35,"socket":"client","returned":1,"data":"ZA=="}
      """
    let (messages, _) = try Dialogue.recorded(file: "x", socket: "client")
      .messages(file: { _ in Array(text.utf8) }) { try BurstSchedule($0) { _ in [] } }
    #expect(messages == [Array("abc".utf8), Array("d".utf8)])
  }

  @Test func `Of an accepted socket a recording gives what the other end sent`() throws {
    let text = #"{"event":"accept","socket":"server","connection":"server.1"}"# + "\n" + Self.recording
    let (messages, _) = try Dialogue.recorded(file: "x", socket: "server.1")
      .messages(file: { _ in Array(text.utf8) }) { try BurstSchedule($0) { _ in [] } }
    #expect(messages == [Array("abc".utf8)])
  }

  @Test(
    arguments: [
      ("x:server.1", recording, "what does is client"), ("x:nobody", "", "sends nothing"),
      ("x:client", "hello", "x:1: no line of --json"), ("x:client", "{\"a\":", "x:1: no line"),
      ("x:client", #"{"event":"send","socket":"client","data":"zz"}"#, "x:1: its data"),
      ("x:client", #"{"event":"send","socket":"client","data":"a=b="}"#, "x:1: its data"),
      ("x:client", #"{"event":"send","socket":"client","returned":3}"#, "x:1: its data"),
    ])
  func `A recording without a dialogue says why`(name: String, text: String, words: String) throws {
    let dialogue = try #require(Dialogue(recorded: name))
    let mistake = #expect(throws: ShakeMistake.self) {
      try dialogue.messages(file: { _ in Array(text.utf8) }) { try BurstSchedule($0) { _ in [] } }
    }
    #expect(mistake?.sentence.contains(words) == true, "\(mistake?.sentence ?? "")")
  }

  @Test(arguments: ["", "a", ":a", "a:"])
  func `A recording has a file and a socket`(text: String) { #expect(Dialogue(recorded: text) == nil) }

  @Test func `Pauses and parts of a burst mean nothing`() throws {
    let dialogue = try Dialogue(parsing: #""ab" 10ms "cd"/1 wait ("x")*3 shutdown"#)
    let (messages, endsSending) = try dialogue.messages(file: { _ in [] }) {
      try BurstSchedule($0) { _ in [] }
    }
    #expect(messages == [Array("abcd".utf8), Array("xxx".utf8)])
    #expect(endsSending)
  }
}
