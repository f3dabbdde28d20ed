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
      let marks = try stage.marks("device.1")
      #expect(marks.contains { $0.contains("a group began more than 4096 bytes before") })
      #expect(marks.contains { $0.contains("len8 cannot tell a length of 300") })
    }

    @Test("Each message is answered once, however it came, with what its groups held")
    func messages() throws {
      try Stage().play(
        """
        listen 0 --as device --recv 5
        frame device newline
        on device message /id=(\\d+)/ send "ack %{1};"
        on device message send "n;"
        on device "=1" send "=;"
        connect device --as client
        send client "id=1" 5ms "2" 5ms "3\\nno\\nid=" 5ms "4\\n"
        wait client bytes 22
        expect client data "=;ack 123;n;n;ack 4;n;"
        """)
    }

    @Test("Messages that are broken are not answered, and a note says so")
    func broken() throws {
      let stage = Stage()
      try stage.play(
        """
        listen 0 --as server
        frame server length:u8 max 10
        on server message send "ok"
        connect server --as client
        send client 0x0161 0x20+"x"*32 0x0162 0x05 "abc" shutdown
        wait client bytes 4
        wait server.1 end
        expect client data "okok"
        """)
      try stage.wait("both are told") { (try? stage.marks("server.1").count) == 2 }
      #expect(
        try stage.marks("server.1") == [
          "an answer was not sent: message 2 is broken: too-long",
          "an answer was not sent: message 4 is broken: cut",
        ])
    }

    @Test("A message that a pause ends is answered when it is over, though nothing more comes")
    func pauses() throws {
      try Stage().play(
        """
        listen 0 --as device
        frame device gap 250ms
        on device message /(.+)/ send "got %{1};"
        connect device --as client
        send client "ab" 1ms "c"
        wait client bytes 8
        send client "d"
        wait client bytes 14
        expect client data "got abc;got d;"
        """)
    }

    @Test("Of HTTP the head is asked too, and a command is run for a message")
    func http() throws {
      let stage = Stage()
      try stage.play(
        """
        listen 0 --as web
        frame web http
        on web message /GET (\\S+)/ send "HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\n%{1}"
        on web message "POST" do mark posted
        connect web --as client
        send client "GET /a HTTP/1.1\\r\\nHost: x\\r" 5ms "\\n\\r\\n"
        wait client bytes 40
        expect client data "HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\n/a"
        send client "POST / HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 2\\r\\n\\r\\nok"
        """)
      try stage.wait("the command is run") { (try? stage.marks("web.1")) == ["do mark posted"] }
    }

    @Test(
      "What nothing cuts into messages has none to answer; a framing that comes later counts from then on")
    func unframed() throws {
      let stage = Stage()
      try stage.play("listen 0 --as server")
      #expect(
        stage.failure(of: "on server message send \"x\"")?.contains(
          "nothing cuts what server receives into messages: say frame first") == true)
      try stage.play(
        """
        frame server newline
        connect server --as client
        send client "1\\n2;"
        wait server.1 bytes 4
        on server message send "a"
        frame server.1 delimiter ";"
        send client "3\\n4;"
        wait client bytes 1
        frame server.1 none
        send client "5;"
        wait server.1 bytes 10
        close client
        wait server.1 end
        expect client data "a"
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
