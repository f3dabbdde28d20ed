import Testing

@testable import Traffic

@Suite struct WatchParserTests {
  @Test(
    "a command is split as a shell splits it, and nothing in it is expanded",
    arguments: [
      (#"watch "python3 server.py 9000""#, ["python3", "server.py", "9000"]),
      (#"watch true"#, ["true"]),
      (#"watch 'sh -c "a b"'"#, ["sh", "-c", "a b"]),
      (#"watch "sh -c 'a  b' c\\ d $HOME ''""#, ["sh", "-c", "a  b", "c d", "$HOME", ""]),
      (#"watch "a\n'b\nc'""#, ["a", "b\nc"]),
    ])
  func words(line: String, words: [String]) throws {
    #expect(try Command(parsing: line) == .watch(WatchOrder(.command(words))))
  }

  @Test func `options are read`() throws {
    var order = WatchOrder(.command(["a", "b"]))
    order.name = "web"
    order.follows = false
    order.refusesIOUring = true
    order.environment = ["K=V", "L=a b"]
    order.directory = "/tmp"
    #expect(
      try Command(
        parsing: #"watch "a b" --as web --no-follow --no-io-uring --env K=V --env "L=a b" --dir /tmp"#)
        == .watch(order))
    order = WatchOrder(.command(["a"]))
    order.usesTerminal = true
    #expect(try Command(parsing: "watch a --tty") == .watch(order))
    order.usesTerminal = false
    #expect(try Command(parsing: "watch a --no-tty") == .watch(order))
    #expect(try Command(parsing: "watch --pid 77") == .watch(WatchOrder(.process(77))))
  }

  @Test(
    "a mistake is told where it is",
    arguments: [
      ("watch", "expected a command in quotes, or --pid and a process"),
      ("watch a b", "one command, in quotes"),
      ("watch \"a 'b\"", "a quote may be missing"),
      ("watch --pid 0", "a process"),
      ("watch --pid 1 a", "one command"),
      ("watch a --folow", "unknown option --folow"),
      ("watch --pid 1 --no-io-uring", "takes no filter"),
      ("watch --pid 1 --tty", "its terminal"),
      ("type app", "expected a burst"),
      ("watch a --detachable --no-io-uring", "needs the filter"),
    ])
  func mistakes(line: String, message: String) {
    do {
      let command = try Command(parsing: line)
      Issue.record("\(command)")
    } catch {
      #expect(error.message.contains(message), "\(error.message)")
    }
  }

  @Test func `what is typed is a burst`() throws {
    let burst = try Burst(parsing: #""yes\n" 100ms "\x03""#)
    #expect(try Command(parsing: #"type app "yes\n" 100ms "\x03""#) == .type("app", burst))
  }

  @Test func `a star stands for anything in a name`() {
    #expect(Glob("app.*").holds("app.fd5.1"))
    #expect(Glob("app.*.1").holds("app.fd5.1"))
    #expect(!Glob("app.*.1").holds("app.fd5.2"))
    #expect(!Glob("app.*").holds("apps"))
  }
}
