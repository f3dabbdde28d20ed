import Foundation
import Testing

@Suite("When the kernel has no more to give")
struct ResourceTests {
  @Test("No descriptor left while accepting: a record, no spinning, and on it goes when there is one")
  func emfile() throws {
    let limited = ["sh", "-c", #"ulimit -n 24; exec "$@""#, "sh", Program.path]
    let listener = try Listener(["--recv", "10"], arguments: limited)
    let clients = try Peer.python(
      """
      clients = [socket.create_connection(("127.0.0.1", port)) for _ in range(40)]
      print("connected")
      sys.stdin.readline()
      for client in clients: client.close()
      late = socket.create_connection(("127.0.0.1", port))
      late.sendall(b"late")
      late.close()
      """, port: listener.port, input: .pipe)
    #expect(try clients.line() == "connected")
    _ = try listener.child.event { $0.event == "accept" && $0.errno == "EMFILE" }
    let before = try processorTime(of: listener.child.pid)
    let clock = ContinuousClock()
    let start = clock.now
    // A second in which it could spin.
    Deadline(within: 1).poll { nil as Void? }
    let used =
      Double(try processorTime(of: listener.child.pid) - before) / Double(sysconf(Int32(_SC_CLK_TCK)))
    let elapsed = start.duration(to: clock.now) / .seconds(1)
    #expect(used / elapsed < 0.3)
    clients.send("\n")
    let late = try listener.child.event { $0.event == "recv" && $0.payload == Array("late".utf8) }
    #expect(late.returned == 4)
    listener.child.signal(SIGINT)
    #expect(try listener.child.wait().exitCode == 130)
  }

  @Test("What is not printed wakes nobody: the receiver keeps its processor")
  func wakes() throws {
    let listener = try Listener(["--recv", "10", "--once", "--show", "listen,close"])
    let before = try Self.wakes(of: listener.child.pid)
    let client = try Peer.python(
      """
      client = socket.create_connection(("127.0.0.1", port))
      for _ in range(60):
        client.sendall(b"0123456789")
        time.sleep(0.015)
      print("sent", flush=True)
      sys.stdin.readline()
      """, port: listener.port, input: .pipe)
    #expect(try client.line() == "sent")
    #expect(try Self.wakes(of: listener.child.pid) - before < 10)
    client.send("\n")
    let outcome = try listener.child.wait()
    #expect(try outcome.exitCode == 0 && outcome.events.of("close", "server.1").count == 1)
  }

  /// How often the main thread has waited so far. See proc(5), status.
  private static func wakes(of pid: Int32) throws -> Int {
    let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("voluntary_ctxt_switches:") }
    return try #require(line?.split(separator: "\t").last.flatMap { Int($0) })
  }

  /// utime and stime of /proc/PID/stat, in ticks. See proc(5).
  private func processorTime(of pid: Int32) throws -> Int {
    let stat = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
    let fields = stat[(stat.lastIndex(of: ")") ?? stat.startIndex)...].split(separator: " ")
    return (Int(fields[12]) ?? 0) + (Int(fields[13]) ?? 0)
  }

  @Test("Sending to a peer that is gone is a row with its errno, and no signal ends the program")
  func brokenPipe() throws {
    let server = try Peer.pythonServer(
      """
      import struct
      connection, _ = server.accept()
      connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
      connection.close()
      sys.stdin.read()
      """)
    let outcome = try Program.run(
      ["connect", "127.0.0.1:\(server.port)", "--json", "--send", #"200ms "a" 50ms "b" 50ms "c""#])
    #expect(outcome.signal == nil, "\(outcome)")
    let sends = try outcome.events.of("send", "client").compactMap(\.result)
    #expect(!sends.isEmpty && sends.allSatisfy { $0 == "EPIPE" || $0 == "ECONNRESET" }, "\(sends)")
  }

  @Test("A reader of standard output that goes away ends the program without a signal")
  func closedOutput() throws {
    let outcome = try Child([
      "bash", "-c", #""$@" | head -n 1 >/dev/null; echo "${PIPESTATUS[0]}""#, "bash", Program.path, "run",
      "--json",
      "-e", "listen 0 --as s", "-e", "connect s --as c", "-e", #"send c ("x" 1ms)*2000"#, "-e", "wait c sent",
    ]).wait()
    let status = try #require(Int(outcome.text.trimmingCharacters(in: .newlines)))
    #expect(status < 126, "\(outcome)")
  }

  @Test(
    "A payload that the limit of memory leaves no room for is refused, and nothing is sent",
    arguments: ["zeros(280M)", "\"a\"*280000000", "@file"])
  func noMemory(burst: String) throws {
    let scratch = try Scratch()
    let file = try scratch.file("file", "")
    #expect(truncate(file, 280_000_000) == 0)
    let outcome = try Child(
      [
        "sh", "-c", #"ulimit -v 600000; exec "$@""#, "sh", Program.path, "run", "--json", "-e",
        "listen 0 --as s", "-e", "connect s --as c", "-e", "send c \"first\" \(burst)", "-e", "wait c sent",
      ], folder: scratch.path
    ).wait()
    #expect(outcome.exitCode == 2, "\(outcome)")
    #expect(
      outcome.errorText.contains("bytes of memory are free") || outcome.errorText.contains("bytes are free"))
    #expect(try outcome.events.of("send").isEmpty)
  }

  @Test("A slow reader of standard output does not slow receiving")
  func slowReader() throws {
    let listener = try Listener(["--recv", "256", "--once"])
    // Nothing reads the program's output until the client's 8 MB are all received.
    let client = try Peer.python(
      """
      client = socket.create_connection(("127.0.0.1", port))
      client.sendall(bytes(8_000_000))
      client.shutdown(socket.SHUT_WR)
      print(len(client.recv(1)))
      """, port: listener.port)
    #expect(try client.wait().text == "0\n")
    let events = try listener.child.wait().events
    #expect(events.of("recv", "server.1").reduce(0) { $0 + ($1.returned ?? 0) } == 8_000_000)
  }
}
