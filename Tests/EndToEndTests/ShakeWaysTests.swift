import Foundation
import Testing

/// What is sent, to whom, cut where, and when an answer is complete.
@Suite("Shake: ways to ask")
struct ShakeWaysTests {
  private static func command(_ mode: String, _ port: Int = 0, script: String = "odd.py") -> [String] {
    ["python3", "\(ShakeTarget.folder)/\(script)", mode, "\(port)"]
  }

  private static let hello = ["--send", #""hello world\n""#]
  private static let get = ["--send", #""GET /a HTTP/1.1\r\nHost: b\r\n\r\n""#, "--frame", "http"]

  @Test(
    "The cuts are those that were asked for",
    arguments: [
      (["every", "5"], [[5], [10], [15], [20], [25]], [20]),
      (["at", "3,8+12,19+20"], [[3], [8, 12], [19, 20]], [19]),
      (
        ["edges"],
        [3, 4, 6, 7, 15, 17, 21, 23, 24, 26, 1, 2, 5, 8, 14, 16, 18, 20, 22, 25, 27].map { [$0] },
        [18, 20, 21]
      ),
      (["pairs"], (1..<27).flatMap { first in (first + 1...27).map { [first, $0] } }, nil),
    ] as [([String], [[Int]], [Int]?)])
  func cuts(words: [String], places: [[Int]], bad: [Int]?) throws {
    let run = try ShakeRun(
      Self.get + ["--cuts"] + words, Self.command("header-name", script: "broken.py"))
    #expect(run.outcome.exitCode == 1, "\(run.outcome.errorText)")
    #expect(Set(run.cuts.map(\.at)) == Set(places) && run.cuts.count == places.count)
    // After a part that breaks it there is nobody to take another.
    #expect(run.cuts.allSatisfy { $0.proven || $0.at.count == 2 && (18...21).contains($0.at[0]) })
    if let bad {
      #expect(run.bad == bad)
    } else {
      // Of two cuts one is enough, as one part ends at each.
      for cut in run.cuts {
        #expect((cut.verdict == "different") == cut.at.contains { (18...21).contains($0) }, "\(cut.at)")
      }
    }
  }

  @Test("What is random is the same for the same seed, and another for another")
  func random() throws {
    func places(_ seed: Int) throws -> [[Int]] {
      try ShakeRun(
        Self.hello + ["--cuts", "random", "8", "--seed", "\(seed)"], Self.command("echo")
      ).cuts.map(\.at)
    }
    #expect(try places(5) == places(5))
    #expect(try places(5) != places(6))
  }

  @Test("Four connections at a time come to the same as one", arguments: ["request-line", "header-name"])
  func jobs(mode: String) throws {
    let runs = try ["1", "4"].map {
      try ShakeRun(Self.get + ["--jobs", $0], Self.command(mode, script: "broken.py"))
    }
    #expect(runs.allSatisfy { $0.outcome.exitCode == 1 && $0.unproven == [] })
    #expect(runs[0].bad == runs[1].bad && runs[0].bad.count > 3)
    #expect(runs[1].cuts.count == 27)
  }

  @Test(
    "An answer is complete by the rule that is given",
    arguments: [
      (["bytes", "12"], []), (["bytes", "3"], Array(3...11)), (["end"], []), (["quiet", "50ms"], []),
      (["message", "--frame", "newline"], []),
    ] as [([String], [Int])])
  func until(words: [String], bad: [Int]) throws {
    let run = try ShakeRun(Self.hello + ["--until"] + words, Self.command("echo"))
    #expect(run.outcome.exitCode == (bad.isEmpty ? 0 : 1), "\(run.outcome.errorText)")
    #expect(run.bad == bad && run.unproven == [])
    #expect(run.cuts.count == 11)
  }

  @Test("An answer that changes is no answer to compare with, until what changes is left out")
  func unstable() throws {
    let outcome = try Program.run(["shake"] + Self.hello + ["--"] + Self.command("counts"))
    #expect(outcome.exitCode == 4)
    #expect(
      outcome.errorText.contains(#"differs from byte 8 on: "request 1\n", and "request 2\n"; --ignore"#))
    for options in [["--ignore", "/[0-9]+/"], ["--expect", #""request""#]] {
      let run = try ShakeRun(Self.hello + options, Self.command("counts"))
      #expect(run.outcome.exitCode == 0, "\(run.outcome.errorText)")
      #expect(run.verdicts == ["same"] && run.cuts.count == 11)
    }
    // One run of the uncut message tells nothing of that; before something counts as found it is run again.
    let trusting = try Program.run(
      ["shake"] + Self.hello + ["--control", "1", "--"] + Self.command("counts"))
    #expect(trusting.exitCode == 4)
    #expect(trusting.errorText.contains("not answered as at first"))
  }

  @Test("Each message of a dialogue is cut, behind the answers to those before it")
  func dialogue() throws {
    let script = """
      while True:
        connection = server.accept()[0]
        for number in range(2):
          text, first = b"", None
          while not text.endswith(b"\\n"):
            chunk = connection.recv(100)
            if not chunk: break
            first, text = first or chunk, text + chunk
          if not text: break
          connection.sendall(b"?\\n" if number == 1 and len(first) == 2 else text.upper())
        connection.close()
      """
    let run = try ShakeRun(
      ["--send", #""one\n" wait "three\n""#, "--frame", "newline"], ShakeTests.python(script))
    #expect(run.outcome.exitCode == 1, "\(run.outcome.errorText)")
    #expect(run.cuts.filter { $0.message == 1 }.map(\.at).sorted { $0[0] < $1[0] } == [[1], [2], [3]])
    #expect(run.cuts.filter { $0.message == 2 }.count == 5)
    #expect(run.unproven == [])
    let bad = run.cuts.filter { $0.verdict != "same" }
    #expect(bad.map(\.message) == [2] && bad.map(\.at) == [[2]] && bad.map(\.answerText) == ["ONE\n?\n"])
  }

  @Test("A dialogue is taken from a recording of --json")
  func recording() throws {
    let server = try Peer.pythonServer(
      """
      connection = server.accept()[0]
      while text := connection.recv(100):
        connection.sendall(text.upper())
      """)
    let folder = try Scratch()
    let recorded = try Program.run(
      [
        "run", "--json", "-e", "connect 127.0.0.1:\(server.port) --as me", "-e", #"send me "one\n""#, "-e",
        "wait me recv 1", "-e", #"send me "three\n""#, "-e", "wait me recv 2",
      ])
    #expect(recorded.exitCode == 0, "\(recorded.errorText)")
    let file = try folder.file("run.jsonl", recorded.text)
    let run = try ShakeRun(
      ["--from", "\(file):me", "--frame", "newline"],
      ShakeTests.python(
        """
        while True:
          connection = server.accept()[0]
          while text := connection.recv(100):
            connection.sendall(text.upper())
        """))
    #expect(run.outcome.exitCode == 0, "\(run.outcome.errorText)")
    #expect(run.cuts.map(\.message).sorted() == [1, 1, 1, 2, 2, 2, 2, 2])
    let nobody = try Program.run(["shake", "--from", "\(file):you", "--"] + Self.command("echo"))
    #expect(nobody.exitCode == 2)
    #expect(nobody.errorText.contains("you sends nothing there; what does is me"), "\(nobody.errorText)")
  }

  @Test("What a client receives is cut, and what it writes and exits with is its answer")
  func client() throws {
    for (mode, bad) in [("right", []), ("one-recv", [3, 4, 5, 6, 7])] {
      let port = try Peer.freePort()
      let run = try ShakeRun(
        ["--listen", "127.0.0.1:\(port)", "--reply", #""5 hello\n""#],
        Self.command(mode, port, script: "client.py"))
      #expect(run.outcome.exitCode == (bad.isEmpty ? 0 : 1), "\(run.outcome.errorText)")
      #expect(run.bad == bad && run.unproven == [])
      #expect(run.cuts.count == 7)
      for cut in run.cuts {
        #expect(
          cut.answerText == (bad.contains(cut.at[0]) ? "bad\n(exit status 1)" : "good\n(exit status 0)"))
      }
    }
  }

  @Test(
    "A Unix stream socket and one of IPv6 are shaken as one of IPv4 is",
    arguments: ["unix", "abstract", "ipv6"])
  func families(family: String) throws {
    let folder = try Scratch()
    let unix = "socket.socket(socket.AF_UNIX)\nserver.bind"
    let address =
      switch family {
      case "unix": "\(unix)('\(folder.path)/socket')\nserver.listen()"
      case "abstract": "\(unix)('\\0\(folder.path)')\nserver.listen()"
      default: "socket.create_server(('::1', 0), family=socket.AF_INET6)"
      }
    let run = try ShakeRun(
      Self.hello,
      ShakeTests.python(
        """
        while True:
          connection = server.accept()[0]
          first = text = connection.recv(100)
          while not text.endswith(b"\\n"): text += connection.recv(100)
          connection.sendall(b"?\\n" if len(first) == 3 else text)
          connection.close()
        """, at: address))
    #expect(run.outcome.exitCode == 1, "\(run.outcome.errorText)")
    #expect(run.bad == [3] && run.unproven == [] && run.cuts.count == 11)
  }

  @Test("A program that ends is started again for each connection, or never")
  func restart() throws {
    let never = try Program.run(
      ["shake", "--restart", "never"] + Self.hello + ["--"] + Self.command("aborts"))
    #expect(never.exitCode == 1, "\(never.errorText)")
    #expect(never.text.contains("   1  ··!        \n"))
    #expect(never.text.contains("3 of 11 were tried: the program ended, and --restart never"))
    // What counts its connections is always at its first.
    let each = try ShakeRun(Self.hello + ["--restart", "each"], Self.command("counts"))
    #expect(each.outcome.exitCode == 0 && each.cuts.count == 11, "\(each.outcome.errorText)")
  }
}
