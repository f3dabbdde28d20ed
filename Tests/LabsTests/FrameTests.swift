import Labs
import Staging
import Testing
import Traffic

@Suite("frame, said when something was received already")
struct FrameTests {
  @Test(
    "it tells at once what one recv for one message would have made of it", arguments: ["server", "server.1"])
  func tellsSoFar(name: String) throws {
    let stage = Stage()
    try stage.play(
      """
      listen 0 --as server
      connect server --as client
      send client '{"a":'
      wait server.1 recv 1
      send client '1}'
      wait server.1 recv 2
      frame \(name) json
      expect server.1 messages 1
      """)
    let text = try #require(try stage.marks("server.1").first)
    #expect(
      text.hasPrefix(
        "1 message received so far. A reader that takes one recv for one message would have been wrong 2 of 2 times"
      ))
    #expect(!stage.run.hasFailures)
  }

  @Test("waiting for messages ends with the one that was waited for")
  func waits() throws {
    let stage = Stage()
    try stage.play(
      """
      listen 0 --as server
      frame server newline
      connect server --as client
      send client "one\\n" 5ms "tw" 5ms "o\\n"
      wait server.1 messages 2
      expect server.1 message 2 "two"
      """)
    #expect(!stage.run.hasFailures)
    #expect(stage.failure(of: "wait server.1 messages 3 within 20ms")?.contains("did not come true") == true)
  }
}
