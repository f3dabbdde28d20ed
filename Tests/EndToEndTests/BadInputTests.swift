import Foundation
import Testing

@Suite("Bad input: one clear message and the exit status of the contract")
struct BadInputTests {
  /// One message, which names what it is about, and no stack trace.
  private func check(_ outcome: Outcome, exits code: Int32, naming words: [String]) {
    #expect(outcome.exitCode == code, "\(outcome)")
    for word in words {
      #expect(outcome.errorText.contains(word), "\"\(word)\" is not in: \(outcome.errorText)")
    }
    #expect(!outcome.errorText.contains("Fatal error"))
    #expect(outcome.errorText.split(separator: "\n").count <= 5, "\(outcome.errorText)")
  }

  @Test("A port in use names bind or listen, the address and EADDRINUSE")
  func portInUse() throws {
    let server = try Peer.pythonServer("sys.stdin.read()")
    let outcome = try Program.run(["listen", "\(server.port)"])
    check(outcome, exits: 3, naming: ["127.0.0.1:\(server.port)", "EADDRINUSE"])
    #expect(outcome.errorText.contains("bind") || outcome.errorText.contains("listen"))
  }

  @Test("An address that is not local names bind, the address and EADDRNOTAVAIL")
  func addressNotLocal() throws {
    check(
      try Program.run(["listen", "192.0.2.1:9000"]), exits: 3,
      naming: ["bind", "192.0.2.1:9000", "EADDRNOTAVAIL"])
  }

  @Test("A refused connection names connect, the address and ECONNREFUSED")
  func refused() throws {
    let port = try Peer.freePort()
    check(
      try Program.run(["connect", "127.0.0.1:\(port)"]), exits: 3,
      naming: ["connect", "127.0.0.1:\(port)", "ECONNREFUSED"])
  }

  @Test("A refused connection is a record too")
  func refusedRecord() throws {
    let outcome = try Program.run(["connect", "127.0.0.1:\(try Peer.freePort())", "--json"])
    #expect(try outcome.events.of("connect").map(\.errno) == ["ECONNREFUSED"])
  }

  @Test("An unknown host is named")
  func unknownHost() throws {
    check(try Program.run(["connect", "nowhere.invalid:9000"]), exits: 3, naming: ["nowhere.invalid"])
  }

  @Test("A name that leads to no address is a note that says so, and no connect with an errno of its own")
  func unknownHostRecord() throws {
    let events = try Program.run(["connect", "nowhere.invalid:9000", "--json"]).events
    #expect(events.of("connect").isEmpty)
    #expect(events.of("mark", "client").first?.text?.hasPrefix("getaddrinfo nowhere.invalid: ") == true)
  }

  @Test("A connection that fails at last is not blamed on the lab's last line")
  func noBlame() throws {
    let scratch = try Scratch()
    let lab = try scratch.file(
      "late.lab", "connect 127.0.0.1:\(try Peer.freePort()) --as c\nmark the last line\n")
    let outcome = try Program.run(["run", lab])
    check(outcome, exits: 3, naming: ["ECONNREFUSED"])
    #expect(!outcome.errorText.contains("the last line"), "\(outcome.errorText)")
  }

  @Test("A long line of a lab is shown in part, and what breaks a line in a name breaks none here")
  func longLine() throws {
    let scratch = try Scratch()
    let lab = try scratch.file("a\nb.lab", "send nobody \"\(String(repeating: "x", count: 100_000))\"\n")
    let outcome = try Program.run(["run", lab])
    check(outcome, exits: 2, naming: ["there is no socket nobody"])
    #expect(outcome.errorText.utf8.count < 1000)
    #expect(outcome.errorText.split(separator: "\n").count == 2, "\(outcome.errorText)")
  }

  @Test("A byte of a lab that is no UTF-8 is refused with its place")
  func notUTF8() throws {
    let scratch = try Scratch()
    let lab = "\(scratch.path)/bytes.lab"
    let text = Array("listen 0 --as s\nsend s \"".utf8) + [0xff, 0xe9] + Array("\"\n".utf8)
    try Data(text).write(to: URL(fileURLWithPath: lab))
    check(try Program.run(["run", lab]), exits: 2, naming: ["bytes.lab:2:9", "no UTF-8"])
  }

  @Test("A byte of an argument that is no UTF-8 is refused")
  func argumentNotUTF8() throws {
    let script = #"exec "$1" run -e "$(printf 'mark \377')""#
    check(
      try Child(["sh", "-c", script, "sh", Program.path]).wait(), exits: 2,
      naming: ["argument 3", "no UTF-8"])
  }

  @Test(
    "An address that lacks its port, or is a URL, is answered with what was meant, and nothing is opened",
    arguments: [
      (["connect", "localhost"], "localhost needs a port: localhost:80", true),
      (["listen", "--udp", "localhost"], "localhost needs a port: localhost:80", true),
      (["connect", "example.com"], "connect example.com: a host needs a port: example.com:80", false),
      (["connect", "http://host:80/"], "an address is host:port, such as host:80", true),
      (
        ["run", "-e", "connect wss://host"], "such as host:443: recvscope opens the socket, not the URL", true
      ),
    ])
  func address(arguments: [String], message: String, hasCaret: Bool) throws {
    let outcome = try Program.run(arguments)
    check(outcome, exits: 2, naming: [message])
    #expect(outcome.errorText.contains("^") == hasCaret, "\(outcome.errorText)")
    #expect(outcome.output.isEmpty)
  }

  /// Where ports below 1024 are everyone's, there is nothing to refuse.
  private static let privilegedPorts =
    (try? String(contentsOfFile: "/proc/sys/net/ipv4/ip_unprivileged_port_start", encoding: .utf8))
    .flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) } ?? 1024

  @Test(
    "Port 80 without permission names bind and EACCES",
    .enabled(if: privilegedPorts > 80, "port 80 is free for all"))
  func noPermission() throws {
    let scratch = try Scratch()
    // As root the tests become nobody, who may not be able to look into the folder of the build.
    let copy = "\(scratch.path)/recvscope"
    // By a process: a copy made here could be held open for writing by a process that another test just started.
    #expect(try Child(["cp", Program.path, copy]).wait().exitCode == 0)
    let nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    let outcome = try Child((geteuid() == 0 ? nobody : []) + [copy, "listen", "80"], folder: "/").wait()
    check(outcome, exits: 3, naming: ["bind", "127.0.0.1:80", "EACCES"])
  }

  @Test("An unknown command of a lab is shown with its line and a caret")
  func unknownCommand() throws {
    let scratch = try Scratch()
    let lab = try scratch.file("bad.lab", "# a comment\nlisten 0 --as s\n  lisen 0\n")
    let outcome = try Program.run(["run", lab])
    check(outcome, exits: 2, naming: ["bad.lab", "3", "lisen"])
    #expect(Self.caretColumn(outcome, under: "lisen") == 0, "\(outcome.errorText)")
  }

  @Test("All mistakes of a lab and of its -e lines are told, and nothing is opened")
  func allMistakes() throws {
    let scratch = try Scratch()
    let lab = try scratch.file("bad.lab", "listen 0 --as s\nlisen 0\nsend s \"a\nmark\n")
    let outcome = try Program.run(["run", lab, "-e", "wait 1s", "-e", "wait 1"])
    #expect(outcome.exitCode == 2 && outcome.output.isEmpty)
    let places = outcome.errorText.split(separator: "\n").filter { $0.contains(": ") }
      .map {
        $0.replacing("recvscope: ", with: "").prefix { $0 != " " }.replacing("\(scratch.path)/", with: "")
      }
    #expect(places == ["bad.lab:2:1:", "bad.lab:3:10:", "bad.lab:4:5:", "-e:2:6:"], "\(outcome.errorText)")
    #expect(outcome.errorText.split(separator: "\n").count { $0.allSatisfy { " ^".contains($0) } } == 4)
  }

  @Test("An open quote is shown with a caret, and nothing is opened")
  func openQuote() throws {
    let outcome = try Program.lab("listen 0 --as s", "connect s --as c", #"send c "12345"#)
    check(outcome, exits: 2, naming: [#"send c "12345"#])
    // After the last character: that is where the quote was expected.
    #expect(Self.caretColumn(outcome, under: #""12345"#) == 6, "\(outcome.errorText)")
    #expect(outcome.output.isEmpty)
  }

  @Test("A bad burst of --send is refused before connecting")
  func badBurst() throws {
    let outcome = try Program.run(["connect", "127.0.0.1:1", "--send", #""a" 10 "b""#])
    check(outcome, exits: 2, naming: ["10"])
    #expect(outcome.errorText.contains("^"))
  }

  @Test(
    "Bad usage exits with 2",
    arguments: [
      ["listen"], ["listen", "0", "--recv", "0"], ["listen", "0", "--recv", "ten"], ["listen", "host:99999"],
      ["listen", "0", "--no-such-option"], ["no-such-command", "x"], ["listen", "0", "--for", "5"],
      ["run", "/no/such/file.lab"], ["listen", "0", "--show", "nothing"], ["listen", "0", "--data", "octal"],
      ["listen", "0", "--mode", "fast"],
    ])
  func usage(arguments: [String]) throws {
    let outcome = try Program.run(arguments, within: 20)
    #expect(outcome.exitCode == 2, "\(outcome)")
    #expect(!outcome.errorText.isEmpty)
  }

  @Test(
    "A speed that is no number from 0.001 to 1000 is refused, whichever command plays",
    arguments: ["0", "-1", "nan", "inf", "1e3", "1000.5", "0.0001", "fast"],
    [["run", "-e", "listen 0"], ["connect", "9"], ["trials", "recv-returns"], []])
  func speed(_ speed: String, command: [String]) throws {
    let outcome = try Program.run(command + ["--speed=\(speed)"], within: 20)
    check(outcome, exits: 2, naming: ["--speed", "from 0.001 to 1000"])
    #expect(outcome.output.isEmpty)
  }

  @Test(
    "A bad burst is shown with a caret, what was expected, and nothing is opened",
    arguments: [
      ("0x123", "0x123", 5), (#""a\q""#, #"\q"#, 0), (#""a" 10 "b""#, "10", 0), (#""a"*0"#, "*0", 1),
      (#""a"*1000000000000"#, "1000000000000", 0), (#"("a")*0"#, "*0", 1),
      (#"("a")*1000000000000"#, "1000000000000", 0), (#"zeros(3G)"#, "3G", nil), (#"zeros(1G)*2"#, nil, nil),
      ("<1 2>", "1", nil), (#""open"#, nil, nil), (#"("a" 1ms"#, nil, nil), ("close \"a\"", nil, nil),
    ] as [(String, String?, Int?)])
  func burst(_ text: String, _ place: String?, _ offset: Int?) throws {
    let outcome = try Program.lab("listen 0", "connect server", "send client \(text)")
    check(outcome, exits: 2, naming: ["send client \(text)", "^"])
    #expect(outcome.output.isEmpty)
    if let place, let offset {
      #expect(Self.caretColumn(outcome, under: place) == offset, "\(outcome.errorText)")
    }
  }

  @Test("What is too long is refused with its size")
  func tooLong() throws {
    let send = try Program.lab("listen 0", "connect server", "send client zeros(1G)*3")
    check(send, exits: 2, naming: ["3221225472", "2147483647"])
    // 2 GiB of address space, and a payload that could be made twice only with more.
    let limited = try Child([
      "prlimit", "--as=2147483648", Program.path, "run", "--json", "-e", "listen 0", "-e", "connect server",
      "-e", #"send client "first" zeros(1500M)"#,
    ]).wait()
    check(limited, exits: 2, naming: ["1572864000", "memory"])
    #expect(try limited.events.of("send").isEmpty)
  }

  @Test(
    "A file that is missing, a directory or huge is named, and nothing is sent",
    arguments: ["none", "folder", "huge"])
  func file(_ name: String) throws {
    let scratch = try Scratch()
    let path = "\(scratch.path)/\(name)"
    if name == "folder" { mkdir(path, 0o700) }
    if name == "huge" {
      // A file of holes: it takes no room.
      close(open(path, O_CREAT | O_WRONLY, 0o600))
      #expect(truncate(path, 3 << 30) == 0)
    }
    let outcome = try Program.lab("listen 0", "connect server", "send client \"first\" @\(path)")
    let word = ["none": "No such file", "folder": "directory", "huge": "3221225472"][name] ?? ""
    check(outcome, exits: 2, naming: [path, word])
    #expect(try outcome.events.of("send").isEmpty)
  }

  @Test("An expect that does not hold exits with 1 and says what was wanted and what came")
  func expectFails() throws {
    let outcome = try Program.lab(
      "listen 0 --as s --recv 10", "connect s --as c", #"send c "12345""#, "close c", "wait s.1 end",
      "expect s.1 recv 6 0")
    #expect(outcome.exitCode == 1, "\(outcome.errorText)")
    #expect(try outcome.events.of("expect").map(\.ok) == [false])
    #expect(try outcome.events.received("s.1") == ["5", "0"])
  }

  @Test("The workbench without a terminal says so")
  func noTerminal() throws {
    let outcome = try Program.run([], within: 20)
    #expect(outcome.exitCode != 0 && outcome.exitCode != nil)
    #expect(outcome.errorText.contains("terminal"), "\(outcome.errorText)")
  }

  /// How far right of `text`, on the line above it, the caret stands.
  private static func caretColumn(_ outcome: Outcome, under text: String) -> Int? {
    let lines = outcome.errorText.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let row = lines.firstIndex(where: { $0.trimmingCharacters(in: .whitespaces) == "^" }), row > 0,
      let caret = lines[row].firstIndex(of: "^"), let start = lines[row - 1].range(of: text)
    else { return nil }
    let column = lines[row].distance(from: lines[row].startIndex, to: caret)
    return column - lines[row - 1].distance(from: lines[row - 1].startIndex, to: start.lowerBound)
  }
}
