import Foundation
import Testing
import Traffic

/// Labs that are made of findings, against a program that fails and one that was mended.
@Suite("A finding that is repeated as a lab")
struct CutLabTests {
  private static let python = "/usr/bin/python3"

  /// Takes one recv for one line, or reads until it has the line.
  private static func server(isMended: Bool, _ kind: String = "TCPServer") -> String {
    """
    import json, socketserver
    class Lines(socketserver.BaseRequestHandler):
        def handle(self):
            kept = b""
            while data := self.request.recv(1024):
                if \(isMended ? "True" : "False"):
                    kept += data
                    if not kept.endswith(b"\\n"): continue
                    data, kept = kept, b""
                try: json.loads(data); self.request.sendall(b"ok\\n")
                except ValueError: self.request.sendall(b"bad\\n")
    socketserver.\(kind)(("127.0.0.1", 0), Lines).serve_forever()
    """
  }

  /// The target's command has a blank in it and a quote.
  private static func run(_ text: String, _ finding: (_ command: [String]) -> CutLab) throws -> Outcome {
    let folder = try Scratch()
    let file = try folder.file("it's a server.py", text)
    let lab = finding([python, "-u", file])
    return try Program.run(["run", "--json", try folder.file("finding.lab", lab.text)])
  }

  private static func finding(
    _ command: [String], _ messages: [String], _ cuts: CutPlaces, _ until: AnswerEnd = .usual
  ) -> CutLab {
    CutLab(
      target: .server(command, nil), finding: "cut after byte \(cuts.offsets[0]): bad instead of ok",
      messages: messages.map { Array($0.utf8) }, cuts: cuts, verdict: .different,
      answers: messages.map { _ in Array("ok\n".utf8) }, until: until)
  }

  @Test(
    "it returns 1 as long as the program fails, and 0 once it is mended",
    arguments: ["TCPServer", "ThreadingTCPServer", "ForkingTCPServer"])
  func naive(kind: String) throws {
    for isMended in [false, true] {
      let outcome = try Self.run(Self.server(isMended: isMended, kind)) {
        Self.finding($0, ["{\"a\":1}\n"], CutPlaces(message: 0, offsets: [5]))
      }
      #expect(outcome.exitCode == (isMended ? 0 : 1), "\(outcome.errorText)\n\(outcome.text)")
      #expect(isMended || outcome.errorText.contains("expect client"), "\(outcome.errorText)")
    }
  }

  @Test(
    "it finds its connection in whichever process accepts, at a listener of its own or at one for all",
    arguments: [false, true])
  func prefork(ownListeners: Bool) throws {
    for isMended in [false, true] {
      let server = """
        import os, socket
        def listener(port):
            made = socket.socket()
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            made.bind(("127.0.0.1", port))
            return made
        first = listener(0)
        own = \(ownListeners ? "True" : "False")
        if not own: first.listen()
        for worker in range(2):
            if os.fork(): continue
            server = listener(first.getsockname()[1]) if own else first
            if own: server.listen()
            while True:
                connection, _ = server.accept()
                data = connection.recv(1024)
                if \(isMended ? "True" : "False"):
                    while not data.endswith(b"\\n"): data += connection.recv(1024)
                connection.sendall(b"ok\\n" if data.endswith(b"\\n") else b"bad\\n")
                connection.close()
        os.wait()
        """
      let outcome = try Self.run(server) {
        Self.finding($0, ["{\"a\":1}\n"], CutPlaces(message: 0, offsets: [5]), .end)
      }
      #expect(outcome.exitCode == (isMended ? 0 : 1), "\(outcome.errorText)\n\(outcome.text)")
    }
  }

  @Test("a dialogue does, with two cuts in its second message, and an end")
  func dialogue() throws {
    for isMended in [false, true] {
      let outcome = try Self.run(Self.server(isMended: isMended)) {
        var lab = Self.finding(
          $0, ["[1]\n", "[2, 3]\n", "[]\n"], CutPlaces(message: 1, offsets: [1, 4]), .end)
        lab.endsWithShutdown = true
        return lab
      }
      #expect(outcome.exitCode == (isMended ? 0 : 1), "\(outcome.errorText)\n\(outcome.text)")
    }
  }

  @Test("what changes each time is passed over, and a pattern is looked for")
  func loose() throws {
    for isMended in [false, true] {
      for isPattern in [false, true] {
        let outcome = try Self.run(
          Self.server(isMended: isMended).replacing(#"b"ok\n""#, with: #"b"ok %d\n" % id(data)"#)
        ) {
          var lab = Self.finding($0, ["{\"a\":1}\n"], CutPlaces(message: 0, offsets: [5]))
          lab.answers = [Array("ok 1234\n".utf8)]
          if isPattern {
            lab.pattern = try! Pattern(parsing: "/ok [0-9]+/")  // it is one
          } else {
            lab.blanks = try! AnswerBlanks(parsing: ["/[0-9]+/"])  // so is this
          }
          return lab
        }
        #expect(outcome.exitCode == (isMended ? 0 : 1), "\(outcome.errorText)\n\(outcome.text)")
      }
    }
  }

  @Test("a program that answers and ends is found by who comes after")
  func crash() throws {
    for isMended in [false, true] {
      let server = """
        import os, socket
        server = socket.create_server(("127.0.0.1", 0))
        while True:
            connection, _ = server.accept()
            data, parts = b"", 0
            while not data.endswith(b"\\n"):
                more = connection.recv(1024)
                if not more: break
                data, parts = data + more, parts + 1
            connection.sendall(b"ok\\n")
            if parts > 1 and not \(isMended ? "True" : "False"):
                connection.recv(1)
                os.abort()
            connection.close()
        """
      let outcome = try Self.run(server) {
        var lab = Self.finding($0, ["{\"a\":1}\n"], CutPlaces(message: 0, offsets: [5]))
        lab.verdict = .crash
        return lab
      }
      #expect(
        isMended ? outcome.exitCode == 0 : outcome.exitCode != 0, "\(outcome.errorText)\n\(outcome.text)")
    }
  }

  @Test("a client that takes one recv for the answer fails, and one that reads on does not")
  func client() throws {
    for isMended in [false, true] {
      let folder = try Scratch()
      let path = "\(folder.path)/it's here"
      let client = """
        import socket, sys
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(sys.argv[1])
        connection.sendall(b"ask\\n")
        answer = connection.recv(1024)
        while \(isMended ? "True" : "False") and not answer.endswith(b"\\n"): answer += connection.recv(1024)
        sys.exit(0 if answer == b"hello\\n" else 1)
        """
      let outcome = try Self.run(client) {
        var lab = Self.finding($0 + [path], ["hello\n"], CutPlaces(message: 0, offsets: [2]))
        lab.target = .client($0 + [path], listen: .path(path))
        return lab
      }
      #expect(outcome.exitCode == (isMended ? 0 : 1), "\(outcome.errorText)\n\(outcome.text)")
    }
  }

  @Test("by an address it does the same, as far as the answer tells")
  func address() throws {
    for isMended in [false, true] {
      let folder = try Scratch()
      let text = Self.server(isMended: isMended).replacing(
        ".serve_forever()", with: " as s: print(s.server_address[1], flush=True); s.serve_forever()"
      ).replacing("socketserver.TCPServer", with: "with socketserver.TCPServer")
      let child = try Child([Self.python, try folder.file("server.py", text)])
      let port = try #require(try child.line().flatMap { UInt16($0) })
      var lab = Self.finding([], ["{\"a\":1}\n"], CutPlaces(message: 0, offsets: [5]))
      lab.target = .address(.inet(host: "127.0.0.1", port: port))
      let outcome = try Program.run(["run", "--json", try folder.file("finding.lab", lab.text)])
      #expect(outcome.exitCode == (isMended ? 0 : 1), "\(outcome.errorText)\n\(outcome.text)")
      child.signal(SIGTERM)
      _ = try child.wait()
    }
  }
}
