import Foundation
import Glibc
import Testing

@Suite("--wire", .serialized)
struct WireEndTests {
  private static let isRoot = getuid() == 0
  private static let lines = [
    "-e", "listen 0 --as s", "-e", "connect s --as c", "-e", #"send c "12345""#, "-e", "wait s.1 bytes 5",
  ]

  @Test(
    "Without the right it is said which one is missing and how it is given, and all else goes on",
    .enabled(if: isRoot, "becomes another user"))
  func noRight() throws {
    let outcome = try Self.withoutRight(["run", "--json", "--wire"] + Self.lines)
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    #expect(
      outcome.errorText.contains("CAP_NET_RAW") && outcome.errorText.contains("sudo setcap cap_net_raw"))
    let events = try outcome.events
    #expect(events.contains { $0.event == "mark" })
    #expect(events.contains { $0.event == "recv" && $0.returned == 5 })
    #expect(!events.contains { $0.event == "segment" })
  }

  @Test(
    "A lab that says `wire on` ends there without the right, with one message and its own exit status",
    .enabled(if: isRoot, "becomes another user"))
  func noRightInLab() throws {
    let lines = ["-e", "wire on"] + Self.lines + ["-e", "expect c records 9 where event=segment"]
    let outcome = try Self.withoutRight(["run", "--json"] + lines)
    #expect(outcome.exitCode == 3)
    #expect(outcome.errorText.split(separator: "\n").count { $0.contains("recvscope: ") } == 1)
    #expect(outcome.errorText.contains("CAP_NET_RAW") && !outcome.errorText.contains("expect"))
    #expect(try outcome.events.allSatisfy { $0.event == "start" })
  }

  @Test(
    "Where no labs are found it is said where they were looked for",
    .enabled(if: isRoot, "becomes another user"))
  func noLabs() throws {
    for command in ["labs", "themes"] {
      let outcome = try Self.withoutRight([command])
      #expect(outcome.exitCode == 2 && outcome.text.isEmpty)
      #expect(outcome.errorText.contains("share/recvscope/\(command)"))
    }
  }

  @Test("trials refuse --wire with a sentence, and the help names it")
  func trials() throws {
    let outcome = try Program.run(["trials", "wire-reset", "--wire"])
    #expect(outcome.exitCode == 2 && outcome.errorText.contains("recvscope run LAB --wire"))
    #expect(try Program.run(["--help"]).text.contains("--wire"))
  }

  @Test(
    "The lab that needs two networks says at once by what they are made",
    .enabled(if: isRoot, "needs CAP_NET_RAW"))
  func noLinks() throws {
    let outcome = try Program.run(["run", "\(Program.tree)/labs/wire-mtu.lab"], within: 20)
    #expect(outcome.exitCode == 3)
    #expect(outcome.text.contains("sudo labs/wire-namespaces.sh recvscope"))
  }

  @Test(
    "A watched client that is refused has its SYN and the RST, also behind its own bind(2)",
    .enabled(if: isRoot, "needs CAP_NET_RAW"),
    arguments: ["", #"client.bind(("127.0.0.1", 0))"#, #"client.bind(("0.0.0.0", 0))"#])
  func watchedRefused(bind: String) throws {
    let script = """
      import socket
      server = socket.create_server(("127.0.0.1", 0))
      address = server.getsockname()
      server.close()
      client = socket.socket()
      \(bind)
      client.connect_ex(address)
      client.connect_ex(address)
      """
    let outcome = try Program.run(["watch", "--json", "--wire", "--", "python3", "-c", script])
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    let events = try outcome.events
    // What starts an interpreter may connect to a name service first, by a Unix socket.
    let client = try #require(
      events.first { $0.event == "connect" && $0.kind == "tcp" }?.socket)
    let segments = events.filter { $0.event == "segment" && $0.flags?.isEmpty == false }
    #expect(Set(segments.compactMap(\.socket)) == [client])
    #expect(
      segments.map { "\($0.way ?? "") \($0.flags?.joined(separator: " ") ?? "")" }
        == ["sent SYN", "received RST ACK", "sent SYN", "received RST ACK"])
  }

  /// Runs it as another user, where that one can reach it and nothing lies beside it.
  private static func withoutRight(_ arguments: [String]) throws -> Outcome {
    let folder = FileManager.default.temporaryDirectory.appending(path: "recvscope-\(getpid())-wire")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = folder.appending(path: "recvscope").path
    try FileManager.default.copyItem(atPath: Program.path, toPath: program)
    for path in [folder.path, program] { chmod(path, 0o755) }
    return try Child(
      ["setpriv", "--reuid=65534", "--clear-groups", "--bounding-set", "-all", program] + arguments
    ).wait(within: 60)
  }

  @Test(
    "Segments are printed among the calls, with the time when they passed",
    .enabled(if: isRoot, "needs CAP_NET_RAW"))
  func printed() throws {
    let outcome = try Program.run(["run", "--json", "--wire"] + Self.lines)
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    let events = try outcome.events
    let sent = events.filter { $0.event == "segment" && $0.socket == "c" && $0.way == "sent" }
    #expect(sent.first?.flags == ["SYN"])
    let data = try #require(sent.first { $0.offset == 0 })
    let received = try #require(
      events.first { $0.event == "segment" && $0.socket == "s.1" && $0.way == "received" && $0.offset == 0 })
    let chunk = try #require(events.first { $0.event == "recv" && $0.returned == 5 })
    #expect(data.t == received.t && received.t <= chunk.t)
  }

  @Test(
    "A watched program's connections have their handshakes, a client's and a server's",
    .enabled(if: isRoot, "needs CAP_NET_RAW"))
  func watched() throws {
    let script = """
      import socket
      server = socket.create_server(("127.0.0.1", 0))
      client = socket.create_connection(server.getsockname())
      connection, _ = server.accept()
      client.send(b"12345")
      connection.recv(10)
      client.close()
      connection.recv(10)
      connection.close()
      """
    let outcome = try Program.run(["watch", "--json", "--wire", "--", "python3", "-c", script])
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    // What starts an interpreter may open sockets of its own: `app.fd3-2.1` is the server's too.
    let segments = try outcome.events.filter { $0.event == "segment" }
    let ofServer = segments.filter { $0.socket?.wholeMatch(of: /app\.fd3(-\d+)?\.1/) != nil }
    let ofClient = segments.filter { $0.socket?.wholeMatch(of: /app\.fd4(-\d+)?/) != nil }
    #expect(ofClient.first?.flags == ["SYN"])
    #expect(ofServer.first?.flags == ["SYN"])
    #expect(ofServer.contains { $0.way == "received" && $0.offset == 0 })
    #expect(ofClient.contains { $0.way == "sent" && $0.flags?.contains("FIN") == true })
  }

  @Test("`wire on` in a lab, and `--show segment`", .enabled(if: isRoot, "needs CAP_NET_RAW"))
  func shown() throws {
    let outcome = try Program.run(
      ["run", "--json", "--show", "segment", "-e", "wire on"] + Self.lines + ["-e", "wire off"])
    #expect(try Set(outcome.events.map(\.event)) == ["segment"])
  }
}
