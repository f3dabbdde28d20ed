import Staging
import Testing
import Traffic

@testable import Sockets

extension SocketsTests {
  struct KernelStateTests {
    @Test("a connection tells its TCP state, queues and options; a listener its backlog")
    func tcp() throws {
      let stage = Stage()
      try stage.play(
        """
        listen 0 --as server --accept manual
        connect server --as client
        send client "hello"
        wait client sent
        """)
      try stage.wait("a connection in the backlog") {
        (try? stage.manager.kernelState(of: stage.id("server")))??.backlog?.waiting == 1
      }
      let listener = try #require(stage.manager.kernelState(of: try stage.id("server")))
      #expect(listener.tcp == "LISTEN")
    }

    @Test("what waits to be read is told, and a closed socket has nothing to tell")
    func queues() throws {
      let stage = Stage()
      try stage.play(
        """
        listen 0 --as server --mode manual
        connect server --as client
        send client "hello"
        wait client sent
        select server.1 within 5s
        """)
      try stage.wait("5 bytes to read") {
        (try? stage.manager.kernelState(of: stage.id("server.1")))??.receiveQueue == 5
      }
      let state = try #require(stage.manager.kernelState(of: try stage.id("server.1")))
      #expect(state.tcp == "ESTAB")
      #expect(state.sendQueue == 0)
      #expect(state.facts.contains { $0.name == "TCP_NODELAY" && $0.value == "off" })
      try stage.play("close server.1\nwait server.1 end")
      #expect(stage.manager.kernelState(of: try stage.id("server.1")) == nil)
    }
  }
}
