import Staging
import Testing
import Traffic

extension LabsTests {
  @Suite struct AnswererTests {
    @Test(
      "Rules of one session answer in the order of the matches, and of the rules where these end together")
    func order() throws {
      for _ in 0..<20 {
        let stage = Stage()
        try stage.play(
          """
          listen 0 --as server --recv 3
          on server "GET" send "A"
          on server "ET" send "B"
          on server /[EG]ET x/ send "D"
          on server bytes 2 send "C"
          connect server --as client
          send client "GET x"
          wait client bytes 5
          """)
        // The second of two bytes ends before "GET" does, and "GET x" is the last of all.
        #expect(String(decoding: try stage.received("client"), as: UTF8.self) == "CABCD")
      }
    }

    @Test("A rule that comes later answers what comes later")
    func later() throws {
      let stage = Stage()
      try stage.play(
        """
        listen 0 --as server
        on server "x" send "1"
        connect server --as client
        send client "x"
        wait client bytes 1
        on server "x" send "2"
        send client "x"
        wait client bytes 3
        expect client data "112"
        """)
    }

    @Test("What is to be answered is sent before the end of the stream closes the connection")
    func beforeClose() throws {
      for _ in 0..<20 {
        try Stage().play(
          """
          listen 0 --as server --at-end close
          on server "x" send "hello"
          connect server --as client
          send client "x" shutdown
          wait client end
          expect client data "hello"
          """)
      }
    }
  }
}
