import Glibc
import Sockets
import Staging
import Synchronization
import Testing
import Traffic

@testable import Labs

extension LabsTests {
  @Suite struct CommandOrderTests {
    /// What came of a command that was said.
    private final class Answer: Sendable {
      private let result = Mutex<Result<Void, CommandFailure>?>(nil)
      private let latch = Latch()

      var hasCome: Bool { latch.isUp }

      func set(_ result: Result<Void, CommandFailure>) {
        self.result.withLock { $0 = result }
        latch.raise()
      }

      /// Waits for it.
      func get() -> Result<Void, CommandFailure> {
        latch.awaitRaised()
        return result.withLock { $0 } ?? .failure(.timedOut("no answer came"))
      }
    }

    /// Says a line as the prompt does.
    private func say(_ line: String, on stage: Stage) throws -> Answer {
      let answer = Answer()
      stage.runner.say(try Command(parsing: line), done: answer.set)
      return answer
    }

    /// A file that takes a while to read, removed at the end.
    private final class LargeFile {
      let path: String

      init() throws {
        var template = Array("/tmp/recvscope-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        try #require(descriptor >= 0)
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        let isLarge = ftruncate(descriptor, 8 << 20) == 0
        close(descriptor)
        try #require(isLarge)
      }

      deinit { unlink(path) }
    }

    @Test("What is said to a socket later is done later, however long the reading of a file takes")
    func files() throws {
      let file = try LargeFile()
      for round in 0..<12 {
        let stage = Stage()
        try stage.play("listen 0 --as server --recv 1M\nconnect server --as client\nwait client sent")
        let large = try say("send client @\"\(file.path)\"", on: stage)
        // The second is said by the prompt, or by a lab.
        if round.isMultiple(of: 2) {
          _ = try say("send client \"x\"", on: stage).get()
        } else {
          try stage.play("send client \"x\"")
        }
        #expect(large.hasCome, "round \(round)")
        try stage.play("wait client sent within 60s")
        let last = try #require(stage.records("client", .send).last)
        #expect(last.returned == 1 && last.burst == 2)
      }
    }

    @Test("Many commands to a socket keep their order, a lab's and the prompt's alike")
    func many() throws {
      let stage = Stage()
      try stage.play("listen 0 --as server\nconnect server --as client")
      for number in 0..<300 {
        let line = "send client \"\(number % 10)\""
        if number.isMultiple(of: 3) { try stage.play(line) } else { _ = try say(line, on: stage) }
      }
      try stage.play("wait server.1 bytes 300\nexpect server.1 data \"0123456789\"*30")
    }

    @Test("A session can be spoken to as soon as its opening is said")
    func opening() throws {
      for _ in 0..<20 {
        let stage = Stage()
        let lines = [
          "listen 0", "connect server", "send client \"abc\"", "connect server", "send client2 \"d\"",
          "wait client sent",
        ]
        let answers = try lines.map { try say($0, on: stage) }
        for (line, answer) in zip(lines, answers) {
          #expect(throws: Never.self, "\(line)") { try answer.get().get() }
        }
        try stage.wait("all is received") { stage.journal.summary.receivedBytes == 4 }
      }
    }

    @Test(
      "What waits holds up neither what is said to its socket nor what is said to others",
      arguments: [
        ("recv server.1", ["set server.1 --recv 5"], "mark \"the change has ended it\""),
        (
          "wait server.1 bytes 1000", ["set server.1 --mode blocking", "burst server.1 stop"],
          "send client \"y\"*1000"
        ),
        ("poll server within 9s", ["set server --recv 5", "pause server"], "connect server --as more"),
        ("epoll server within 9s", ["accept server", "set server --recv 7"], "connect server --as more"),
      ])
    func waiting(line: String, later: [String], end: String) throws {
      let stage = Stage()
      try stage.play(
        """
        listen 0 --as server --mode manual
        connect server --as client
        wait server.1 sent
        connect server --as other
        wait server.2 sent
        pause server
        """)
      let waits = try say(line, on: stage)
      let first = try say("send server.1 1h", on: stage)
      let others = try (later + ["send other \"x\"", "shutdown other write"]).map { try say($0, on: stage) }
      for answer in [first] + others { _ = answer.get() }
      #expect(!waits.hasCome || line.hasPrefix("recv"))
      _ = try say(end, on: stage).get()
      try waits.get().get()
      try stage.play("wait other sent\nexpect other send 1")
    }

    @Test("A close gets through to a socket whose recv by hand blocks")
    func closing() throws {
      let stage = Stage()
      try stage.play("listen 0 --as server --mode manual\nconnect server --as client\npoll server.1")
      let recv = try say("recv server.1", on: stage)
      let close = try say("close server.1", on: stage)
      try recv.get().get()
      try close.get().get()
      try stage.play("wait server.1 end")
      #expect(try stage.reasons("server.1") == [.interrupted])
    }

    @Test("A burst under way can be stopped while a command waits for it")
    func stopping() throws {
      let stage = Stage()
      try stage.play("listen 0 --as server\nconnect server --as client")
      _ = try say("send client \"a\" 1h", on: stage)
      let waits = try say("wait client sent", on: stage)
      try say("burst client stop", on: stage).get().get()
      try waits.get().get()
    }

    @Test(
      "What is said to a socket that is not there yet waits for it, in its order, and holds up nobody else")
    func absent() throws {
      let stage = Stage()
      try stage.play("listen 0 --as server --accept manual\nconnect server --as client")
      let sends = try ["1", "2", "3"].map { try say("send server.1 \"\($0)\"", on: stage) }
      try say("send client \"x\"", on: stage).get().get()
      #expect(!sends.contains { $0.hasCome })
      try say("accept server", on: stage).get().get()
      for send in sends { try send.get().get() }
      try stage.play("wait client bytes 3\nexpect client data \"123\"")
    }

    @Test("A name whose connect was refused before it was made can be used again")
    func refused() throws {
      let stage = Stage()
      #expect(throws: CommandFailure.refused("there is no socket nobody")) {
        try say("connect nobody --as c", on: stage).get().get()
      }
      try stage.play("listen 0 --as server")
      #expect(stage.failure(of: "connect server --unix --as c") != nil)
      try stage.play("connect server --as c\nsend c \"x\"\nwait server.1 bytes 1")
      #expect(stage.failure(of: "connect server --as c") == "--as c: this name is taken")
    }
  }
}
