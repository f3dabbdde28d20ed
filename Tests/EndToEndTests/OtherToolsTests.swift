import Foundation
import Testing

@Suite("Against the tools that people have")
struct OtherToolsTests {
  @Test("socat and ncat send to a listener", arguments: ["socat", "ncat"])
  func intoListener(tool: String) throws {
    let listener = try Listener(["--recv", "10", "--once"])
    let command =
      tool == "socat"
      ? ["socat", "-u", "-", "TCP4:127.0.0.1:\(listener.port)"]
      : ["ncat", "--send-only", "127.0.0.1", "\(listener.port)"]
    let text = "a message cut in two"
    let client = try Child(command, input: .bytes(Array(text.utf8))).wait()
    #expect(client.exitCode == 0, "\(client.errorText)")
    let events = try listener.child.wait().events
    #expect(events.bytes("server.1") == Array(text.utf8))
    #expect(events.received("server.1") == ["10", "10", "0"])
  }

  @Test("A client half-closes, and gets the answer of socat's echo")
  func socatEcho() throws {
    let port = try Peer.freePort()
    let server = try Child(["socat", "-d", "-d", "TCP4-LISTEN:\(port),bind=127.0.0.1", "EXEC:cat"])
    try server.errors(contain: "listening on")
    let outcome = try Program.run(
      ["connect", "127.0.0.1:\(port)", "--json"], input: .bytes(Array("echo".utf8)))
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    #expect(try outcome.events.bytes("client") == Array("echo".utf8))
  }

  @Test("A client and a listening ncat talk both ways")
  func ncatListener() throws {
    let port = try Peer.freePort()
    let server = try Child(["ncat", "-v", "-l", "127.0.0.1", "\(port)"], input: .bytes(Array("answer".utf8)))
    try server.errors(contain: "Listening on")
    let outcome = try Program.run(
      ["connect", "127.0.0.1:\(port)", "--json"], input: .bytes(Array("question".utf8)))
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    #expect(try outcome.events.bytes("client") == Array("answer".utf8))
    #expect(try server.wait().text == "question")
  }

  @Test("curl gets its answer from a lab")
  func curl() throws {
    let program = try Program.start([
      "run", "--json", "-e", "listen 0 --as web", "-e", "wait web.1 bytes 10",
      "-e", #"send web.1 "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\n" 20ms "yes""#,
      "-e", "close web.1",
    ])
    let local = try #require(try program.event { $0.event == "listen" }.local)
    let curl = try Child(["curl", "--silent", "--show-error", "--max-time", "20", "http://\(local)/path"])
      .wait()
    #expect(curl.text == "yes", "\(curl.errorText)")
    let outcome = try program.wait()
    let request = String(decoding: try outcome.events.bytes("web.1"), as: UTF8.self)
    #expect(outcome.exitCode == 0 && request.hasPrefix("GET /path HTTP/1.1\r\nHost: \(local)\r\n"))
  }
}
