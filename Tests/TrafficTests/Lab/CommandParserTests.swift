import Testing

@testable import Traffic

private func options(_ change: (inout SessionOptions) -> Void) -> SessionOptions {
  var options = SessionOptions()
  options.isKindKnown = true
  change(&options)
  return options
}

private let any = AddressText.inet(host: "127.0.0.1", port: 0)

@Suite struct CommandParserTests {
  @Test(
    "every command reads as the contract says",
    arguments: [
      (
        "listen 0 --as server --recv 10",
        .listen(
          any,
          options {
            $0.name = "server"; $0.policy.size = 10
          })
      ),
      ("listen --recv=4k 0", .listen(any, options { $0.policy.size = 4096 })),
      (
        "connect server --as client",
        .connect(
          .session("server"),
          options {
            $0.name = "client"; $0.isKindKnown = false
          })
      ),
      (
        "connect server --nodelay",
        .connect(
          .session("server"),
          options {
            $0.socket.set(.noDelay(true)); $0.isKindKnown = false
          })
      ),
      (
        "listen 0 --edge --mode epoll",
        .listen(
          any,
          options {
            $0.policy.mode = .epoll
            $0.policy.isEdge = true
          })
      ),
      ("set s --edge off", .set("s", [.edge(false)])),
      ("listen ./s", .listen(.path("./s"), options { $0.kind = .unix })),
      ("listen \"./my s\" --seqpacket", .listen(.path("./my s"), options { $0.kind = .seqpacket })),
      ("connect @a --unix-dgram", .connect(.abstract("a"), options { $0.kind = .unixDatagram })),
      (
        "connect 9000 --from 127.0.0.2:0",
        .connect(
          .inet(host: "127.0.0.1", port: 9000), options { $0.from = .inet(host: "127.0.0.2", port: 0) })
      ),
      (
        "connect server --from=./me",
        .connect(
          .session("server"),
          options {
            $0.from = .path("./me"); $0.isKindKnown = false
          })
      ),
      ("connect [::1]:9 --udp", .connect(.inet(host: "::1", port: 9), options { $0.kind = .udp })),
      (
        "listen 0 --mode select --flags peek,waitall --timeout 50ms --lowat 8 --pace 1s --paused --backlog 5 --reuseport",
        .listen(
          any,
          options {
            $0.policy.mode = .select
            $0.policy.flags = [.peek, .waitAll]
            $0.policy.timeout = 50_000_000
            $0.policy.lowWater = 8
            $0.policy.pace = 1_000_000_000
            $0.policy.isPaused = true
            $0.backlog = 5
            $0.socket.set(.reusePort(true))
          })
      ),
      (
        "listen 0 --rcvbuf 4k --sndbuf 1M --nodelay --cork off --quickack on --linger 0s --keepalive --accept manual --at-end close",
        .listen(
          any,
          options {
            $0.socket.set(.receiveBuffer(4096))
            $0.socket.set(.sendBuffer(1 << 20))
            $0.socket.set(.noDelay(true))
            $0.socket.set(.cork(false))
            $0.socket.set(.quickAck(true))
            $0.socket.set(.linger(0))
            $0.socket.set(.keepAlive(true))
            $0.acceptsManually = true
            $0.atEnd = .close
          })
      ),
      (
        "listen 0 --udp --join 239.1.2.3 --join 239.1.2.4%lo",
        .listen(
          any,
          options {
            $0.kind = .udp
            $0.socket.set(.join("239.1.2.3"))
            $0.socket.set(.join("239.1.2.4%lo"))
          })
      ),
      (
        "  send client \"a # b\" 1s  # c",
        .send("client", Burst(steps: [.send(.bytes(Array("a # b".utf8))), .pause(1_000_000_000)]))
      ),
      (
        "send u to ./s \"a\"",
        .sendTo("u", .path("./s"), Burst(steps: [.send(.bytes([97]))]))
      ),
      ("select s", .ask(.select, "s", timeout: 0)),
      ("poll s.1 within 1s", .ask(.poll, "s.1", timeout: 1_000_000_000)),
      ("epoll s within 0ms", .ask(.epollWait, "s", timeout: 0)),
      (
        "set u --join 239.1.2.3%eth0.7 --leave ff02::1%lo --broadcast --gro off --gso 100 --peek-off off",
        .set(
          "u",
          [
            .join("239.1.2.3%eth0.7"), .leave("ff02::1%lo"), .broadcast(true),
            .coalescing(false), .segmentation(100),
            .peekOffset(nil),
          ])
      ),
      (
        "expect c send 10 EPIPE …",
        .expect("c", .sends([.init([.returned(10)]), .init([.failed("EPIPE")])], isOpen: true))
      ),
      ("expect c ready readable writable", .expect("c", .ready([.readable, .writable]))),
      ("expect c ready none", .expect("c", .ready([]))),
      (
        "on s \"ping\" send \"pong\"",
        .on(
          "s",
          AnswerRule(
            .stream(.bytes(Array("ping".utf8))),
            action: .send(Burst(steps: [.send(.bytes(Array("pong".utf8)))]))))
      ),
      (
        "on b \"stop\" do close b.1 --reset",
        .on(
          "b",
          AnswerRule(
            .stream(.bytes(Array("stop".utf8))),
            action: .perform(.close("b.1", isReset: true), text: "close b.1 --reset")))
      ),
      (
        "on s message send \"ok\"",
        .on(
          "s", AnswerRule(.message(nil), action: .send(Burst(steps: [.send(.bytes(Array("ok".utf8)))]))))
      ),
      (
        "on s message \"stop\" do pause s",
        .on(
          "s",
          AnswerRule(.message(.bytes(Array("stop".utf8))), action: .perform(.suspend("s"), text: "pause s"))
        )
      ),
      ("hold r.1 up", .hold("r.1", .up, messages: false, limit: nil)),
      ("hold r.1 down within 2s", .hold("r.1", .down, messages: false, limit: 2_000_000_000)),
      ("hold r.1 up messages within 2s", .hold("r.1", .up, messages: true, limit: 2_000_000_000)),
      (
        "release r.1 up 2 with \"x\" raw # as it is",
        .release("r.1", .up, Release([2], isRaw: true), with: Burst(steps: [.send(.bytes(Array("x".utf8)))]))
      ),
      ("release r.1 up", .release("r.1", .up, Release(), with: nil)),
      ("release r.1 up 3 1", .release("r.1", .up, Release([3, 1]), with: nil)),
      ("release r.1 up 2 /3 gap 5ms", .release("r.1", .up, Release([2], size: 3, gap: 5_000_000), with: nil)),
      (
        "release r.1 down with \"x\"",
        .release("r.1", .down, Release(), with: Burst(steps: [.send(.bytes(Array("x".utf8)))]))
      ),
      ("drop r.1 up 1 2", .drop("r.1", .up, [1, 2])),
      ("wire on", .wire(true)), ("wire off", .wire(false)),
      ("stats", .statistics(nil, isJSON: false)), ("stats s.1", .statistics("s.1", isJSON: false)),
      ("stats --json", .statistics(nil, isJSON: true)), ("stats s --json", .statistics("s", isJSON: true)),
      ("frame s newline", .frame("s", nil, from: 0, .delimiter([0x0a]))),
      ("frame s.1 received from 12 json", .frame("s.1", .received, from: 12, .json)),
      ("frame s sent none", .frame("s", .sent, from: 0, .unframed)),
      ("expect s.1 messages 3", .expect("s.1", .messages(3))),
      ("expect s.1 message 2 \"x\"", .expect("s.1", .message(2, Burst(steps: [.send(.bytes([0x78]))])))),
      ("wait s.1 messages 4", .wait("s.1", .messages(4), limit: Command.defaultLimit)),
      ("recv s.1", .recv("s.1", size: nil, flags: nil)),
      ("recv s.1 10", .recv("s.1", size: 10, flags: nil)),
      ("recv s.1 1 oob,dontwait", .recv("s.1", size: 1, flags: [.outOfBand, .dontWait])),
      ("recv s.1 none", .recv("s.1", size: nil, flags: [])),
      ("accept s", .accept("s")),
      (
        "set s.1 --recv 100 --nodelay off --timeout off --flags none --linger off --mode manual",
        .set("s.1", [.size(100), .noDelay(false), .timeout(nil), .flags([]), .linger(nil), .mode(.manual)])
      ),
      ("pause s", .suspend("s")),
      ("resume s", .resume("s")),
      ("shutdown c read", .shutdown("c", .read)),
      ("shutdown c write", .shutdown("c", .write)),
      ("shutdown c both", .shutdown("c", .both)),
      ("close c", .close("c", isReset: false)),
      ("close c --reset", .close("c", isReset: true)),
      ("wait 1.5s", .pause(1_500_000_000)),
      ("wait c sent", .wait("c", .sent, limit: Command.defaultLimit)),
      ("wait 2nd end", .wait("2nd", .end, limit: Command.defaultLimit)),
      ("wait s.1 recv 7 within 2s", .wait("s.1", .receives(7), limit: 2_000_000_000)),
      ("wait s.1 bytes 10M within 1m", .wait("s.1", .bytes(10 << 20), limit: 60_000_000_000)),
      (
        "expect s.1 recv 5 0",
        .expect("s.1", .receives([.init([.returned(5)]), .init([.returned(0)])], isOpen: false))
      ),
      (
        "expect s.1 recv 5|10 ECONNRESET|EWOULDBLOCK …",
        .expect(
          "s.1",
          .receives(
            [.init([.returned(5), .returned(10)]), .init([.failed("ECONNRESET"), .failed("EAGAIN")])],
            isOpen: true))
      ),
      ("expect s.1 recv ...", .expect("s.1", .receives([], isOpen: true))),
      ("expect s.1 bytes 0", .expect("s.1", .bytes(0))),
      (
        "expect s.1 data \"ab\"*2",
        .expect("s.1", .data([Burst(steps: [.send(.copies(.bytes([97, 98]), 2))])]))
      ),
      ("expect c local 127.0.0.1:80", .expect("c", .local(.inet(host: "127.0.0.1", port: 80)))),
      ("expect c peer server", .expect("c", .peer(.session("server")))),
      ("mark it's \"now\"  or#never  # really", .mark("it's \"now\"  or#never")),
    ] as [(String, Command)])
  func reads(line: String, command: Command) throws {
    #expect(try Command(parsing: line) == command)
  }

  @Test(
    "the condition of counted records goes up to a comment",
    arguments: [
      ("2 where flags=SYN # twice", 2...2, "flags=SYN"),
      ("0..10 where (way=sent or n>0) and not has errno", 0...10, "(way=sent or n>0) and not has errno"),
    ])
  func records(text: String, count: ClosedRange<Int>, condition: String) throws {
    let wanted = Command.expect("c", .records(count, try Filter(parsing: condition)))
    #expect(try Command(parsing: "expect c records \(text)") == wanted)
  }

  @Test(
    "a mistake is refused with its column and what was expected",
    arguments: [
      ("", 1, "expected a command"),
      ("  # nothing", 12, "expected a command"),
      ("lisen 0", 1, "unknown command lisen; did you mean listen?"),
      ("frobnicate", 1, "unknown command frobnicate"),
      ("listen", 7, "expected an address"),
      ("listen 70000", 8, "port 70000 is out of range"),
      ("listen 0 1", 10, "takes one address"),
      ("listen server", 8, "listen needs an address of its own"),
      ("listen 0 --revc 1", 10, "unknown option --revc; did you mean --recv?"),
      ("listen 0 -x", 10, "unknown option -x"),
      ("listen 0 --recv", 16, "expected a value after --recv: N"),
      ("listen 0 --recv --mode", 17, "expected a size"),
      ("listen 0 --recv 0", 17, "at least 1"),
      ("listen 0 --recv 10x", 17, "not a size"),
      ("listen 0 --recv 10,5", 19, "expected a space"),
      ("listen 0 --recv 1 --recv 2", 19, "given twice"),
      ("listen 0 --mode fast", 17, "expected blocking, select, poll, epoll, nonblocking or manual"),
      ("listen 0 --edge", 10, "--edge does not fit --mode blocking: only epoll knows edges"),
      ("connect 9000 --edge --mode poll", 14, "--edge does not fit --mode poll"),
      ("listen 0 --flags peek,x", 23, "expected a flag: oob, peek, trunc, dontwait, waitall or none"),
      ("listen 0 --timeout 100", 20, "100 has no unit"),
      ("listen 0 --timeout 0ms", 20, "above 0"),
      ("listen 0 --linger 500ms", 19, "whole seconds"),
      ("listen 0 --paused=1", 19, "takes no value"),
      ("listen 0 --nodelay=maybe", 20, "expected on or off"),
      ("listen 0 --accept never", 19, "expected auto or manual"),
      ("listen 0 --udp --seqpacket", 16, "one kind: --udp is given already"),
      ("listen 0 --unix", 8, "--unix needs a path"),
      ("listen ./s --udp", 12, "--udp needs a host and a port"),
      ("listen 0 --udp --nodelay", 16, "--nodelay does not fit a udp socket: Nagle's"),
      ("listen ./s --keepalive", 12, "does not fit a unix socket"),
      ("listen 0 --udp --backlog 5", 16, "--backlog does not fit a udp socket: it has no connections"),
      ("listen 0 --udp --accept manual", 16, "it has no connections"),
      ("listen 0 --udp --lowat 5", 16, "a datagram comes whole"),
      ("listen 0 --udp --flags oob", 16, "urgent bytes are those of a stream"),
      ("connect 9000 --backlog 5", 14, "--backlog does not fit connect: it is an argument of listen(2)"),
      ("connect 9000 --accept manual", 14, "only a listener accepts"),
      ("connect 9000 --from", 20, "expected a value after --from: ADDRESS"),
      ("connect 9000 --from 127.0.0.2", 30, "expected a port after the host"),
      ("connect 9000 --from server", 21, "an address of its own: host:port, where port 0 takes a free one"),
      ("connect 9000 --from ./me", 21, "a tcp socket is bound to a host and a port"),
      ("connect ./s --from 127.0.0.2:0", 20, "a unix socket is bound to a path"),
      ("listen 0 --from 127.0.0.2:0", 10, "--from does not fit listen: a listener's address"),
      ("set c --from 127.0.0.2:0", 7, "--from does not fit set"),
      ("connect 9000 --reuseport", 14, "--reuseport does not fit connect"),
      ("listen 0 --as 5", 15, "would be taken for an address"),
      ("listen 0 --as a/b", 16, "letters, digits"),
      ("listen 0 --as localhost", 15, "localhost is a host"),
      ("connect localhost --nodelay", 18, "localhost needs a port: localhost:80"),
      ("connect --udp https://example.com", 15, "such as example.com:443"),
      ("send u to tcp://host:9 \"a\"", 11, "such as host:9"),
      ("expect c records", 17, "expected a number of records, such as 3, or 1..5"),
      ("expect c records 5..1 where n=1", 18, "expected a number of records"),
      ("expect c records +1 where n=1", 18, "expected a number of records"),
      ("expect c records 1..2..3 where n=1", 18, "expected a number of records"),
      ("expect c records 1", 19, "expected where and a condition"),
      ("expect c records 1 n=1", 20, "expected where and a condition"),
      ("expect c records 1 where", 25, "expected a field"),
      ("expect c records 1 where nn=1", 26, "there is no field nn"),
      ("expect c records 1 where any(n=1)", 26, "any( ) does not fit"),
      ("expect c records 1 where n=1 n=2", 30, "expected"),
      ("expect c peer localhost", 24, "localhost needs a port"),
      ("set s", 6, "expected an option"),
      ("set s recv 10", 7, "expected an option"),
      ("set s --udp", 7, "--udp does not fit set: a socket keeps the kind"),
      ("set s --paused", 7, "write pause NAME"),
      ("set --recv 10", 5, "expected a session's name before --recv"),
      ("send", 5, "expected a session's name"),
      ("send client", 12, "expected a burst"),
      ("send client # x", 16, "expected a burst"),
      ("send client \"abc", 17, "not closed"),
      ("send cl,ient \"a\"", 8, "letters, digits"),
      ("recv s 10 fast", 11, "expected a flag"),
      ("recv s 10 peek more", 16, "recv takes no more"),
      ("send u to", 10, "expected an address"),
      ("send u to 9000", 15, "expected a burst"),
      ("select", 7, "expected a session's name"),
      ("select s 5ms", 10, "expected within"),
      ("expect c ready", 15, "expected readable"),
      ("expect c ready none readable", 21, "none alone"),
      ("expect c send", 14, "the results of send calls"),
      ("listen 0 --join 239.1.2.3", 10, "groups are UDP's"),
      ("listen 0 --udp --join x", 23, "expected a group's address"),
      ("listen 0 --udp --join", 22, "expected a value after --join: GROUP[%IFACE]"),
      ("listen 0 --udp --join %lo", 23, "expected a group's address"),
      ("listen 0 --udp --join ff02::1%", 31, "expected an interface"),
      ("listen 0 --udp --join ff02::1%a/b", 31, "expected an interface"),
      ("listen 0 --udp --join 239.1.2.3%sixteen.letters.", 33, "at most 15 bytes"),
      ("listen 0 --udp --leave 239.1.2.3", 16, "nothing was joined yet"),
      ("listen 0 --udp --gso 70000", 22, "at most 65535"),
      ("connect 9000 --reuseaddr", 14, "before a listener opens"),
      ("shutdown c", 11, "expected read, write or both"),
      ("close c --force", 9, "expected --reset"),
      ("wait", 5, "expected a duration"),
      ("wait 100", 6, "100 has no unit"),
      ("wait c", 7, "expected sent, end"),
      ("wait c recv", 12, "expected a number of recv calls"),
      ("wait c recv 0", 13, "at least 1"),
      ("wait c end 5s", 12, "expected within"),
      ("wait c end within", 18, "expected a duration"),
      ("wait c end within 5s now", 22, "unexpected now: wait takes no more"),
      ("expect c", 9, "expected recv, send, bytes, data"),
      ("expect c recv", 14, "expected the results"),
      ("expect c recv … 5", 17, "expected nothing after …"),
      ("expect c recv 5|", 17, "expected a number of bytes, an errno"),
      ("expect c recv ECONRESET", 15, "an errno such as ECONNRESET"),
      ("expect c recv 99999999999999999999", 15, "from 0 to"),
      ("expect c bytes many", 16, "expected a number of bytes"),
      ("expect c data random(5)", 15, "give random a seed"),
      ("expect c peer 127.0.0.1", 24, "expected a port"),
      ("mark", 5, "expected a text"),
      ("accept s now", 10, "unexpected now"),
    ] as [(String, Int, String)])
  func refuses(line: String, column: Int, message: String) {
    let error = #expect(throws: SyntaxError.self) { try Command(parsing: line, number: 4) }
    #expect(error?.line == 4)
    #expect(error?.column == column)
    #expect(error?.source == line)
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  @Test("words that a shell has split read as the line does")
  func readsWords() throws {
    #expect(
      try Command(parsing: ["listen", "./my s", "--recv", "10"])
        == Command(parsing: "listen \"./my s\" --recv 10"))
    #expect(
      try Command(parsing: ["send", "c", "\"1 2\" 100ms", "\"3\""])
        == Command(parsing: "send c \"1 2\" 100ms \"3\""))
    let error = #expect(throws: SyntaxError.self) {
      try Command(parsing: ["listen", "9000", "--recv", "ten"])
    }
    #expect(error?.rendered(in: nil).hasSuffix("listen 9000 --recv ten\n                   ^\n") == true)
  }

  @Test("a session whose kind shows later refuses what does not fit")
  func refusesLater() {
    #expect(
      Setting.noDelay(true).refusal(for: .unix)?.contains("--nodelay does not fit a unix socket") == true)
    #expect(Setting.flags(.outOfBand).refusal(for: .seqpacket) != nil)
    #expect(Setting.noDelay(true).refusal(for: .tcp) == nil)
  }

  @Test("each command and option has a rule, and no two share a name")
  func listsAll() {
    #expect(CommandRule.all.map(\.name) == CommandRule.Name.allCases)
    #expect(Set(OptionRule.all.map(\.name)) == Set(OptionRule.Name.allCases))
    #expect(OptionRule.all.count == OptionRule.Name.allCases.count)
    #expect(CommandRule.rule(named: "connect")?.options.contains { $0.name == .backlog } == false)
  }
}
