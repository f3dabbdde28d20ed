import Foundation
import Testing

@Suite("Bursts against the kernel's and other programs' word")
struct BurstOrderTests {
  /// Prints when the kernel stamped each of `count` datagrams, in nanoseconds of the wall clock (SO_TIMESTAMPNS).
  private static let receiver =
    """
    import struct
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.setsockopt(socket.SOL_SOCKET, 35, 1)
    server.bind(("127.0.0.1", 0))
    print(server.getsockname()[1])
    while True:
        data, control, _, _ = server.recvmsg(100, 100)
        seconds, nanoseconds = struct.unpack("qq", control[0][2])
        print(seconds * 10**9 + nanoseconds)
        if data == b"end": break
    """

  @Test(
    "A receiver of its own sees each datagram arrive between the call and the return of its send",
    arguments: [("100ms", 100_000_000, 5), ("250us", 250_000, 200)])
  func gaps(_ gap: String, _ nanoseconds: Int, _ count: Int) throws {
    let server = try Peer.python(Self.receiver)
    let port = try #require(try server.line())
    let outcome = try Program.run([
      "run", "--json", "-e", "connect 127.0.0.1:\(port) --udp", "-e",
      #"send client ("x" \#(gap))*\#(count) "end""#,
    ])
    let sends = try outcome.events.of("send", "client")
    let stamps = try server.wait().lines.compactMap { Int($0) }
    try #require(sends.count == count + 1 && stamps.count == count + 2, "the port, and a stamp each")
    let arrivals = stamps.dropFirst()
    let planned = sends.compactMap(\.planned)
    #expect(zip(planned, planned.dropFirst()).allSatisfy { $1 - $0 == nanoseconds })
    #expect(zip(sends, planned).allSatisfy { ($0.start ?? 0) >= $1 })
    // The receiver's own error: one clock is slewed and the other is not, some parts in ten thousand.
    let error = 20_000 + nanoseconds / 1_000
    for (pair, seen) in zip(zip(sends, sends.dropFirst()), zip(arrivals, arrivals.dropFirst())) {
      let arrived = seen.1 - seen.0
      let shortest = (pair.1.start ?? 0) - pair.0.t
      let longest = pair.1.t - (pair.0.start ?? 0)
      #expect(arrived >= shortest - error && arrived <= longest + error, "\(arrived), \(shortest)–\(longest)")
    }
  }

  @Test("A short write into a full buffer is shown, and the rest follows", .timeLimit(.minutes(2)))
  func shortWrite() throws {
    let total = 8 << 20
    let server = try Peer.pythonServer(
      """
      connection, _ = server.accept()
      sys.stdin.readline()
      count = 0
      while data := connection.recv(1 << 16): count += len(data)
      print(count)
      """)
    let child = try Program.start([
      "run", "--json", "--data", "none", "-e", "connect 127.0.0.1:\(server.port) --sndbuf 64k", "-e",
      "send client zeros(8M) close",
    ])
    _ = try child.event { $0.event == "connect" }
    // A signal ends a send() that blocks, with what it has taken so far; one that comes before it blocks does nothing.
    let deadline = Deadline(within: 30)
    var short: Event?
    while short == nil {
      for thread in try Self.threads(of: child.pid, named: "send client") { kill(thread, SIGUSR1) }
      short = try? child.event(within: 0.05) { $0.event == "send" && $0.returned != nil }
      try #require(!deadline.hasPassed)
    }
    let first = try #require(short)
    #expect(first.asked == total && (first.returned ?? 0) < total && first.queued == nil)
    server.child.send("go\n")
    let events = try child.wait().events
    let sends = events.of("send", "client")
    #expect(sends.reduce(0) { $0 + ($1.returned ?? 0) } == total)
    var offset = 0
    for send in sends {
      #expect(send.offset == offset && send.asked == total - offset)
      offset += send.returned ?? 0
    }
    let report = try #require(events.of("burst").first)
    #expect(report.end == "done" && report.sends == 1 && report.bytes == total && report.unsent == 0)
    #expect(try server.child.wait().lines.last == "\(total)")
  }

  @Test("A burst that the peer's reset cuts says what was not sent")
  func reset() throws {
    let server = try Peer.pythonServer(
      """
      import struct
      connection, _ = server.accept()
      connection.recv(1)
      connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
      connection.close()
      """)
    let outcome = try Program.run([
      "run", "--json", "-e", "connect 127.0.0.1:\(server.port)", "-e",
      #"send client ("abc" 20ms)*500 within 1s"#,
    ])
    #expect(outcome.exitCode == 1, "within was not kept: \(outcome.errorText)")
    let sends = try outcome.events.of("send", "client")
    let report = try #require(outcome.events.of("burst").first)
    #expect(report.end == "failed" && report.ok == false)
    #expect(report.errno == sends.last?.errno && report.errno != nil)
    #expect(report.bytes == sends.reduce(0) { $0 + ($1.returned ?? 0) })
    #expect((report.bytes ?? 0) + (report.unsent ?? 0) == 1500 && (report.unsent ?? 0) > 0)
    #expect((report.sends ?? 0) + (report.unsentSends ?? 0) == 500)
  }

  @Test("A second burst on a socket queues, bursts on several sockets play at once")
  func several() throws {
    let outcome = try Program.lab(
      "listen 0", "connect server --as a", "connect server --as b", #"send a ("1" 5ms)*20"#,
      #"send a ("2")*3"#,
      #"send b ("3" 5ms)*20"#)
    let events = try outcome.events
    let bursts = events.of("burst")
    #expect(bursts.compactMap(\.burst).sorted() == [1, 2, 3] && bursts.allSatisfy { $0.end == "done" })
    let (first, second) = (
      events.of("send", "a").filter { $0.burst == 1 }, events.of("send", "a").filter { $0.burst == 2 }
    )
    let other = events.of("send", "b")
    #expect((first.last?.t ?? 0) < (second.first?.start ?? 0))
    #expect((other.first?.start ?? .max) < (first.last?.start ?? 0), "the two sockets' bursts overlap")
    #expect((first.first?.start ?? .max) < (other.last?.start ?? 0))
  }

  @Test("Stopped halfway and closed: the report has the rest with its bytes, in text and in JSON")
  func stopped() throws {
    let lines = [
      "listen 0", "connect server", #"send client "abc" 1h zeros(1k)/100"#, #"send client "later""#,
      "close client",
      "wait server.1 bytes 3", "burst client stop", "wait server.1 end",
    ].flatMap { ["-e", $0] }
    let reports = try Program.run(["run", "--json"] + lines).events.of("burst")
    #expect(reports.map(\.end) == ["stopped", "stopped"])
    #expect(reports.map(\.unsent) == [1024, 5] && reports.map(\.unsentSends) == [11, 1])
    let text = try Program.run(["run", "--show", "burst", "--explain"] + lines).text
    #expect(
      text.contains("burst 1 stopped: 1 send, 3 B") && text.contains("11 sends, 1024 B not sent"), "\(text)")
    #expect(text.contains("was stopped before its end."), "\(text)")
  }

  @Test("A burst that stands still costs no processor time", arguments: ["1h", "paused"])
  func rest(_ how: String) throws {
    let lines = [
      "listen 0", "connect server", #"send client "a" \#(how == "paused" ? "20ms" : how) "b""#,
      "wait server.1 bytes 1",
      how == "paused" ? "burst client pause" : "mark nothing", "mark still", "wait 300ms", "mark over",
      "burst client stop",
    ].flatMap { ["-e", $0] }
    let child = try Program.start(["run", "--json", "--show", "mark"] + lines)
    _ = try child.event { $0.text == "still" }
    let before = try Self.processorTicks(child.pid)
    _ = try child.event { $0.text == "over" }
    // A tick is 10 ms; a thread that spins would take about thirty of them.
    #expect(try Self.processorTicks(child.pid) - before < 10)
    #expect(try child.wait().exitCode == 0)
  }

  /// The threads with a name. kill(2) with a thread's number prefers that thread.
  private static func threads(of process: pid_t, named name: String) throws -> [pid_t] {
    let folder = "/proc/\(process)/task"
    return try FileManager.default.contentsOfDirectory(atPath: folder).filter {
      (try? String(contentsOfFile: "\(folder)/\($0)/comm", encoding: .utf8)) == name + "\n"
    }.compactMap { pid_t($0) }
  }

  /// User and system time of a process, in ticks; see proc_pid_stat(5).
  private static func processorTicks(_ pid: pid_t) throws -> Int {
    let text = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
    let fields = (text.split(separator: ")").last ?? "").split(separator: " ").map(String.init)
    return (Int(fields[11]) ?? 0) + (Int(fields[12]) ?? 0)
  }
}
