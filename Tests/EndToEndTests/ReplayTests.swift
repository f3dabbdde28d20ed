import Testing

@Suite("replay sends again what a recorded socket sent")
struct ReplayTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// A server that answers each line with it in upper case, and tells what each of its recv calls returned.
  private static let upper = """
    connection, _ = server.accept()
    while data := connection.recv(4096):
        print(len(data))
        connection.sendall(data.upper())
    print("end")
    connection.close()
    """

  private func run(_ options: [String], _ lines: [String]) throws -> Outcome {
    try Program.run(["run"] + options + lines.flatMap { ["-e", $0] })
  }

  /// Records a dialogue of two questions with a server that answers.
  private func record() throws -> String {
    let file = "\(scratch.path)/run.rscope"
    let outcome = try run(
      ["--quiet", "--record", file],
      [
        "listen 0 --as server", #"on server "?" send "YES!""#, "connect server --as client",
        #"send client "one" 50ms " two?""#, "wait client bytes 4", #"send client "three?""#,
        "wait client bytes 8", "close client", "wait server.1 end", "close server.1",
      ])
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    return file
  }

  @Test("Each recorded send is one send again, with its pauses, and the answer is compared")
  func plain() throws {
    let file = try record()
    let answering = try Program.start(["listen", "0", "--json", "--once", "--at-end", "close"])
    let port = try #require(try answering.event { $0.event == "listen" }.local?.split(separator: ":").last)
    let outcome = try Program.run(
      ["replay", file, "--from", "client", "--to", "\(port)", "--within", "50ms", "--json"])
    // Nobody answered.
    #expect(outcome.exitCode == 1)
    let sends = try outcome.events.filter { $0.event == "send" }
    #expect(sends.map(\.returned) == [3, 5, 6])
    let (first, second) = (try #require(sends.first), sends[1])
    // 50 ms between the first two, as then.
    #expect((second.planned ?? 0) - (first.planned ?? 0) >= 49_000_000)
    #expect(
      try outcome.events.last { $0.event == "mark" }?.text?.hasSuffix("no answer came; 8 bytes had come then")
        == true)
    #expect(try outcome.events.last?.event == "close")
  }

  @Test("With --wait a send waits for the answer before it; the same answer is status 0")
  func waiting() throws {
    let file = try record()
    let (server, port) = try Peer.pythonServer(
      """
      connection, _ = server.accept()
      seen = b""
      while data := connection.recv(4096):
          before = seen.count(b"?")
          seen += data
          print(seen.decode())
          if seen.count(b"?") > before:
              time.sleep(0.3)
              connection.sendall(b"YES!")
      connection.close()
      """)
    let outcome = try Program.run(
      ["replay", file, "--from", "client", "--to", "\(port)", "--wait", "--speed", "100"])
    #expect(outcome.exitCode == 0, "\(outcome.text)")
    #expect(outcome.text.contains("run.rscope:client: the answer is the same: 8 bytes"))
    // The third send came after the answer to the second: the server never saw both in one recv.
    #expect(try server.wait().lines.contains("one two?"))
  }

  @Test(
    "Another answer is told with its first byte, and is status 1",
    arguments: [
      ("YES?", "the answer is another one from offset 3 on: then 21 \"!\", now 3f \"?\""),
      ("YES", "bytes"),
    ])
  func other(answer: String, words: String) throws {
    let file = try record()
    let (server, port) = try Peer.pythonServer(
      """
      connection, _ = server.accept()
      while data := connection.recv(4096):
          if b"?" in data: connection.sendall(b"\(answer)")
      connection.close()
      """)
    defer { server.signal(9) }
    let outcome = try Program.run(
      ["replay", file, "--from", "client", "--to", "\(port)", "--within", "2s"])
    #expect(outcome.exitCode == 1)
    #expect(outcome.text.contains("replay of \(file):client: the answer is"), "\(outcome.text)")
    #expect(outcome.text.contains(words))
  }

  @Test("A server that closes early ends it, and is told")
  func closesEarly() throws {
    let file = try record()
    let (server, port) = try Peer.pythonServer(
      "connection, _ = server.accept(); connection.recv(3); connection.close()")
    defer { server.signal(9) }
    let outcome = try Program.run(
      ["replay", file, "--from", "client", "--to", "\(port)", "--wait", "--within", "5s"])
    #expect(outcome.exitCode == 1)
    #expect(outcome.text.contains("no answer came; 8 bytes had come then"), "\(outcome.text)")
  }

  @Test("What a server received goes out again to a server, and its end with it")
  func received() throws {
    let file = try record()
    let (server, port) = try Peer.pythonServer(Self.upper)
    let outcome = try Program.run(
      ["replay", file, "--from", "server.1", "--received", "--to", "\(port)", "--speed", "2", "--quiet"])
    #expect(outcome.exitCode == 1)
    #expect(outcome.errorText.contains("run.rscope:server.1: the answer is another one from offset 0 on"))
    let lines = try server.wait().lines
    // The first is its port.
    #expect(lines.dropFirst().compactMap { Int($0) }.reduce(0, +) == 14)
    #expect(lines.last == "end")
  }

  @Test("A listener plays a recorded server to whoever connects, as often as somebody does")
  func listener() throws {
    let file = try record()
    let server = try Program.start(["listen", "0", "--json", "--replay", "\(file):server.1", "--wait"])
    let port = try #require(try server.event { $0.event == "listen" }.local?.split(separator: ":").last)
    for _ in 0..<2 {
      let outcome = try Program.run(["replay", file, "--from", "client", "--to", "\(port)", "--wait"])
      #expect(outcome.exitCode == 0, "\(outcome.text)")
      _ = try server.event {
        $0.event == "mark" && $0.text?.contains("the answer is the same: 14 bytes") == true
      }
    }
  }

  @Test("The run of a replay can be recorded, and then is the same as the first")
  func again() throws {
    let (file, second) = (try record(), "\(scratch.path)/again.rscope")
    let outcome = try run(
      ["--quiet", "--record", second],
      [
        "listen 0 --as server --replay \(file):server.1 --wait",
        "connect server --as client --replay \(file):client --wait", "wait client end", "wait server.1 end",
      ])
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    let compared = try Program.run(["compare", file, second, "--bytes"])
    #expect(compared.exitCode == 0, "\(compared.text)")
  }

  @Test("Datagrams go out as datagrams")
  func datagrams() throws {
    let file = "\(scratch.path)/udp.rscope"
    _ = try run(
      ["--quiet", "--record", file],
      ["listen 0 --udp --as s", "connect s --as c", #"send c "12" "345""#, "wait s recv 2"])
    let peer = try Peer.python(
      """
      s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
      s.bind(("127.0.0.1", 0))
      print(s.getsockname()[1])
      print(s.recv(100), s.recv(100))
      """, input: .pipe)
    let port = try #require(try peer.line())
    let outcome = try Program.run(["replay", file, "--from", "c", "--to", port, "--quiet"])
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    #expect(try peer.line() == "b'12' b'345'")
  }

  @Test("Datagrams that nobody takes are told, and are status 1")
  func deadPort() throws {
    let file = "\(scratch.path)/udp.rscope"
    _ = try run(
      ["--quiet", "--record", file],
      ["listen 0 --udp --as s", "connect s --as c", #"send c "1" 100ms "2" 100ms "3""#, "wait s recv 3"])
    let outcome = try Program.run(["replay", file, "--from", "c", "--to", "127.0.0.1:1", "--within", "1s"])
    #expect(outcome.exitCode == 1, "\(outcome.text)\(outcome.errorText)")
    #expect(outcome.text.contains("ECONNREFUSED; nothing came back"), "\(outcome.text)")
  }

  @Test("A peer that resets is told with what was not sent, and is status 1")
  func reset() throws {
    let file = "\(scratch.path)/long.rscope"
    _ = try run(
      ["--quiet", "--record", file],
      [
        "listen 0 --as server", "connect server --as client",
        #"send client "12345" 300ms "a"*25 100ms "b"*25"#, "wait client sent", "wait server.1 bytes 55",
      ])
    let (server, port) = try Peer.pythonServer(
      """
      import struct
      connection, _ = server.accept()
      connection.recv(5)
      connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
      connection.close()
      """)
    defer { server.signal(9) }
    let outcome = try Program.run(["replay", file, "--from", "client", "--to", "\(port)", "--within", "1s"])
    #expect(outcome.exitCode == 1, "\(outcome.text)\(outcome.errorText)")
    #expect(outcome.text.contains("50 of 55 bytes were not sent: "), "\(outcome.text)")
  }

  @Test("What is probably meant otherwise is said, and it goes on")
  func hints() throws {
    let file = try record()
    let (server, port) = try Peer.pythonServer(Self.upper)
    defer { server.signal(9) }
    let outcome = try Program.run(
      ["replay", file, "--from", "server.1", "--to", "\(port)", "--within", "10ms"])
    #expect(outcome.errorText.contains("what its client sent goes out with --received"))
    let many = "\(scratch.path)/many.rscope"
    _ = try run(
      ["--quiet", "--record", many],
      [
        "listen 0 --udp --as s", "connect s --as a", "connect s --as b", #"send a "1""#, "wait s recv 1",
        #"send b "2""#, "wait s recv 2", #"send s to a "x""#, #"send s to b "y""#, "wait b recv 1",
      ])
    let second = try Program.run(["replay", many, "--from", "s", "--to", "127.0.0.1:1", "--within", "10ms"])
    #expect(
      second.errorText.contains("s spoke with 2 addresses: all of it goes to 127.0.0.1:1 now"),
      "\(second.errorText)")
  }

  @Test("What a watched program sent can be played too")
  func watched() throws {
    let file = "\(scratch.path)/watched.rscope"
    let (first, port) = try Peer.pythonServer(Self.upper)
    defer { first.signal(9) }
    let script =
      "import socket; s = socket.create_connection(('127.0.0.1', \(port))); s.sendall(b'abc'); s.recv(9)"
    _ = try Program.run(["watch", "--quiet", "--record", file, "--", "python3", "-c", script])
    let names = try Program.run(["query", file, "--csv", "select name from sockets where name like '%.fd%'"])
    let name = try #require(names.text.split(whereSeparator: \.isNewline).last.map(String.init))
    let (server, second) = try Peer.pythonServer(Self.upper)
    let outcome = try Program.run(["replay", file, "--from", name, "--to", "\(second)"])
    #expect(outcome.exitCode == 0, "\(outcome.text)\(outcome.errorText)")
    #expect(try server.wait().lines.contains("3"))
  }

  @Test(
    "What cannot be played is refused before anything is opened",
    arguments: [
      (["--from", "clint", "--to", "9"], "there is no socket clint; did you mean client?"),
      (["--from", "server", "--to", "9"], "server is a listener"),
      (["--to", "9"], "--from"),
      (["--from", "client"], "--to"),
      (["--from", "client", "--to", "nowhere"], "a host needs a port"),
      (["--from", "client", "--to", "9", "--speed", "0"], "from 0.001 to 1000"),
      (["--from", "client", "--to", "9", "--within", "x"], "--within"),
    ])
  func refused(options: [String], words: String) throws {
    let outcome = try Program.run(["replay", record()] + options)
    #expect(outcome.exitCode == 2 || outcome.exitCode == 64, "\(outcome.exitCode ?? -1)")
    #expect(outcome.errorText.contains(words), "\(outcome.errorText)")
    #expect(outcome.text.isEmpty)
  }

  @Test(
    "In a lab, too",
    arguments: [
      ("connect 9 --replay", "expected a value after --replay: FILE:SOCKET"),
      ("connect 9 --replay x", "expected a recording and a socket in it, such as run.rscope:client"),
      ("connect 9 --wait", "--wait is for --replay FILE:SOCKET"),
      ("listen 9 --udp --replay x:y", "--replay plays to whoever connects"),
      ("connect 9 --replay none.rscope:client", "none.rscope: ENOENT"),
    ])
  func lab(line: String, words: String) throws {
    let outcome = try run([], [line])
    #expect(outcome.exitCode == 2)
    #expect(outcome.errorText.contains(words), "\(outcome.errorText)")
  }

  @Test("shake takes its messages from a recording, by the first bytes of the file")
  func shake() throws {
    let file = try record()
    let (server, port) = try Peer.pythonServer(
      """
      while True:
          connection, _ = server.accept()
          seen = b""
          while data := connection.recv(4096):
              before = seen.count(b"?")
              seen += data
              if seen.count(b"?") > before: connection.sendall(b"YES!")
          connection.close()
      """)
    defer { server.signal(9) }
    let outcome = try Program.run(
      [
        "shake", "--from", "\(file):client", "--to", "127.0.0.1:\(port)", "--until", "bytes 4", "--within",
        "2s",
        "--cuts", "at 3",
      ])
    #expect(outcome.text.contains("2 messages of 14 bytes, answered"), "\(outcome.text)\(outcome.errorText)")
    let unknown = try Program.run(["shake", "--from", "\(file):nobody", "--to", "127.0.0.1:\(port)"])
    #expect(unknown.exitCode == 2)
    #expect(unknown.errorText.contains("nobody sends nothing there; what does is client, server.1"))
  }

  @Test("The examples of docs/REPLAY.md print what they say, one after another")
  func documented() throws {
    let examples = ConsoleExample.all(of: "docs/REPLAY.md")
    #expect(examples.count >= 4)
    for example in examples {
      let outcome = try example.run(in: scratch.path)
      #expect(example.fits(outcome.text), "\(example): \(outcome.text)\(outcome.errorText)")
    }
  }
}
