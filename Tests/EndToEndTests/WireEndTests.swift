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
    // Where another user can reach it.
    let folder = FileManager.default.temporaryDirectory.appending(path: "recvscope-\(getpid())-wire")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = folder.appending(path: "recvscope").path
    try FileManager.default.copyItem(atPath: Program.path, toPath: program)
    for path in [folder.path, program] { chmod(path, 0o755) }
    let outcome = try Child(
      [
        "setpriv", "--reuid=65534", "--clear-groups", "--bounding-set", "-all", program, "run", "--json",
        "--wire",
      ]
        + Self.lines
    ).wait(within: 60)
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    #expect(
      outcome.errorText.contains("CAP_NET_RAW") && outcome.errorText.contains("sudo setcap cap_net_raw"))
    let events = try outcome.events
    #expect(events.contains { $0.event == "mark" })
    #expect(events.contains { $0.event == "recv" && $0.returned == 5 })
    #expect(!events.contains { $0.event == "segment" })
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
