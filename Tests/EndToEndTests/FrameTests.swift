import Foundation
import Testing

@Suite("Messages over chunks")
struct FrameTests {
  @Test("half a message and two in one are told by message events and in a sentence")
  func halfMessage() throws {
    let lab = "\(Program.tree)/labs/half-message.lab"
    let messages = try Program.run(["run", "--json", "--data", "text", "--show", "message", lab]).messages
    #expect(
      messages.map(\.data)
        == (1...5).map { ["{\"a\":1}", "{\"b\":2}", "{\"c\":3}", "{\"d\":4}", "{\"e\":5}"][$0 - 1] })
    #expect(messages.map(\.calls) == [[1, 1], [2, 2], [3, 4], [5, 5], [5, 5]])
    #expect(messages.allSatisfy { $0.socket == "server.1" && $0.way == "received" && $0.broken == nil })
    let text = try Program.run(["run", "--show", "message", lab]).text
    #expect(
      text.contains(
        "A reader that takes one recv for one message would have been wrong 3 of 5 times: 2 with half messages, 1 with messages stuck together."
      ))
  }

  @Test("a framing that is set later cuts what came before; HTTP of curl is framed on both ways")
  func late() throws {
    let program = try Program.start([
      "run", "--json", "--data", "none", "--show", "listen,message", "-e", "listen 0 --as web", "-e",
      "wait web.1 bytes 40", "-e",
      #"send web.1 "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\n" 20ms "yes""#, "-e",
      "wait web.1 sent", "-e", "frame web http", "-e", "close web.1",
    ])
    let local = try #require(try program.event { $0.event == "listen" }.local)
    let curl = try Child(["curl", "--silent", "--max-time", "20", "http://\(local)/path"]).wait()
    #expect(curl.text == "yes")
    let messages = try program.wait().messages
    #expect(messages.map(\.kind) == ["request", "response"])
    #expect(messages.map(\.way) == ["received", "sent"])
    #expect(messages.allSatisfy { $0.broken == nil && $0.offset == 0 && $0.length > 40 })
  }

  @Test(
    "mistakes are told",
    arguments: [
      ("frame server lines", "unknown framing lines"),
      ("frame server", "expected none, fixed"),
      ("expect server.1 message 0 \"x\"", "from 1"),
    ])
  func mistakes(line: String, message: String) throws {
    let outcome = try Program.run(["run", "-e", "listen 0 --as server", "-e", line])
    #expect(outcome.exitCode == 2 && outcome.errorText.contains(message), "\(outcome.errorText)")
  }

  @Test("what is not framed has no messages to expect or to wait for")
  func unframed() throws {
    for line in ["wait server.1 messages 1", "expect server.1 messages 1"] {
      let outcome = try Program.run([
        "run", "-e", "listen 0 --as server", "-e", "connect server --as c", "-e", line,
      ])
      #expect(outcome.exitCode != 0 && outcome.errorText.contains("say frame first"), "\(outcome.errorText)")
    }
    let datagrams = try Program.run(["run", "-e", "listen 0 --udp --as server", "-e", "frame server json"])
    #expect(datagrams.errorText.contains("each datagram is a message"))
  }
}
