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

    @Test("An answer sends what the groups of its match held, also where that came in pieces")
    func groups() throws {
      try Stage().play(
        """
        listen 0 --as device --recv 3
        on device /id=(\\d+)( x)?\\n/ send "ack %{1}"+%{len8:{"%{2}"}}+"\\n"
        connect device --as client
        send client "id=1" 1ms "2\\nid" 1ms "=345 x\\n"
        wait client bytes 18
        expect client data "ack 12" 0x00 "\\nack 345" 0x02 " x\\n"
        """)
    }

    @Test("An answer whose group is too far back, or too long for its length, is a note")
    func farGroup() throws {
      let stage = Stage()
      try stage.play(
        """
        listen 0 --as device
        on device /<(x*)>/ send "%{1}"
        on device /<(x*)>/ send %{len8:{"%{1}"}}
        connect device --as client
        send client "<"+"x"*5000+">" "<"+"x"*300+">" "<x>"
        wait client bytes 303
        expect client data "x"*300 "x" 0x01 "x"
        """)
      let marks = try stage.records("device.1", .mark).compactMap { stage.journal.payload(of: $0) }
        .map { String(decoding: $0, as: UTF8.self) }
      #expect(marks.contains { $0.contains("a group began more than 4096 bytes before") })
      #expect(marks.contains { $0.contains("len8 cannot tell a length of 300") })
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
