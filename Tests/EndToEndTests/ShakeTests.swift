import Foundation
import Testing

/// Each broken server is found out at the offsets where it breaks, and at no other.
@Suite("Shake: what is found")
struct ShakeTests {
  private static func options(_ target: ShakeTarget) -> [String] {
    ["--send", target.message] + (target.framing.map { ["--frame", $0] } ?? [])
  }

  @Test(
    "Each target is found to break where it does, with a proof of each cut", .timeLimit(.minutes(2)),
    arguments: ShakeTarget.broken)
  func broken(target: ShakeTarget) throws {
    let folder = try Scratch()
    // A silence lasts as long as an answer may take.
    let limits =
      ["crlf-lost", "two-in-one"].contains(target.name) ? ["--within", "300ms", "--again", "1"] : []
    let run = try ShakeRun(Self.options(target) + limits, try target.command(in: folder))
    #expect(run.outcome.exitCode == 1, "\(run.outcome.errorText)")
    #expect(try run.cuts.count == ShakeTarget.bytes(of: target.message).count - 1)
    #expect(run.bad == target.bad)
    #expect(run.unproven == [])
    #expect(run.verdicts.subtracting(["same"]) == [target.verdict.word])
    for cut in run.cuts where cut.verdict != "same" {
      #expect(cut.runs == [String](repeating: target.verdict.word, count: limits.isEmpty ? 4 : 2))
    }
    for cut in run.cuts { #expect(cut.received.first == cut.at[0], "\(cut)") }
  }

  @Test(
    "The text has a strip with a cell an offset, and the smallest case in a sentence",
    arguments: [
      (
        "crlf-early", ["   1  ·····D········D··········D·D··", "  D  different  4", "proven     30 of 30"],
        #""400 a header is missing\n" instead of "200 hi\n"; the target called recvfrom(4096) = "#
      ),
      (
        "chunk-size",
        ["  65  ····························", "different after byte 57  inside the chunk size"],
        #""400 bad chunk\n" instead of "26 bytes\n"; the target called recvfrom(4096) = "#
      ),
      (
        "request-line",
        ["   1  DDDDDDDDDDDDDD·············", "different after bytes 8 to 14  inside the version"],
        "400 instead of 200; the target called recvfrom(4096) = 1, then sendto(47) = 47"
      ),
    ])
  func text(name: String, lines: [String], sentence: String) throws {
    let target = try #require(ShakeTarget.broken.first { $0.name == name })
    let folder = try Scratch()
    let outcome = try Program.run(["shake"] + Self.options(target) + ["--"] + target.command(in: folder))
    #expect(outcome.exitCode == 1)
    for line in lines { #expect(outcome.text.contains(line), "\(line)\n\(outcome.text)") }
    let smallest = outcome.lines.first { $0.hasPrefix("smallest: cut after byte ") }
    #expect(smallest?.contains(sentence) == true, "\(outcome.text)")
    #expect(outcome.errorText.isEmpty)
  }

  @Test(
    "Each odd target gets the verdict that it deserves", .timeLimit(.minutes(2)), arguments: ShakeTarget.odd)
  func odd(target: ShakeTarget) throws {
    let folder = try Scratch()
    let port = target.name == "once" ? try Peer.freePort() : 0
    // Where nothing can be proven a run takes as long as a proof may.
    let again = target.name == "waitall" ? ["--again", "1"] : []
    let run = try ShakeRun(Self.options(target) + again, try target.command(port: port, in: folder))
    if target.name == "uring", run.outcome.errorText.contains("status 77") { return }
    let status: Int32 = target.bad.isEmpty ? 0 : target.verdict == .unproven ? 4 : 1
    #expect(run.outcome.exitCode == status, "\(run.outcome.errorText)")
    #expect(run.bad == target.bad)
    #expect(try run.cuts.count == ShakeTarget.bytes(of: target.message).count - 1)
    let proven = run.cuts.filter { $0.verdict != target.verdict.word || target.verdict != .unproven }
    #expect(proven.allSatisfy { $0.proven }, "\(run.unproven)")
    #expect(run.verdicts.subtracting(["same"]) == (target.bad.isEmpty ? [] : [target.verdict.word]))
    let notes = Set(run.cuts.filter { $0.verdict != "same" }.map(\.note))
    switch target.name {
    case "uring": #expect(notes.allSatisfy { $0.contains("io_uring") })
    case "waitall": #expect(notes.contains { $0.contains("had returned 0 of the first 1 bytes") }, "\(notes)")
    case "forks": #expect(notes == ["ended by SIGSEGV"])
    case "aborts": #expect(notes == ["ended by SIGABRT"])
    case "one-in-fifty": #expect(run.cut(at: 47)?.runs == ["different", "same", "same", "same"])
    default: break
    }
  }

  @Test("A wrong answer of what cannot be watched is found, and is said to be unproven")
  func unwatched() throws {
    let target = try #require(ShakeTarget.broken.first { $0.name == "crlf-early" })
    let folder = try Scratch()
    let port = try Peer.freePort()
    let server = try Child(try target.command(port: port, in: folder))
    try RelayTests.waitForPort(port)
    let run = try ShakeRun(Self.options(target) + ["--to", "127.0.0.1:\(port)", "--cuts", "at", "5,6,26,29"])
    #expect(run.outcome.exitCode == 1, "\(run.outcome.errorText)")
    #expect(run.cuts.map(\.verdict) == ["unproven", "different", "different", "unproven"])
    #expect(run.cuts.allSatisfy { !$0.proven && $0.note == "the program is not watched" })
    let right = try Program.run(
      ["shake", "--cuts", "at", "5,7", "--to", "127.0.0.1:\(port)"] + Self.options(target))
    #expect(right.exitCode == 4 && right.errorText.isEmpty, "\(right.errorText)")
    #expect(right.text.contains("?  unproven   2  the program is not watched"), "\(right.text)")
    #expect(right.text.contains("proven     0 of 2"))
    server.signal(9)
    _ = try server.wait()
  }

  @Test("An answer too many is a wrong answer, also of a server that closes by itself")
  func tooMuch() throws {
    let run = try ShakeRun(
      ["--send", #""abcdef\n""#],
      Self.python(
        """
        while True:
          connection = server.accept()[0]
          first = text = connection.recv(100)
          while not text.endswith(b"\\n"): text += connection.recv(100)
          connection.sendall(b"good\\n")
          if len(first) == 3:
            select.select([], [], [], 0.005)
            connection.sendall(b"good\\n")
          connection.close()
        """))
    #expect(run.bad == [3])
    #expect(run.cut(at: 3)?.answerText == "good\ngood\n")
    #expect(run.cuts.allSatisfy { $0.ended == "closed" && $0.proven }, "\(run.cuts.map(\.ended))")
  }

  @Test("The calls are those that the target itself counts, on each connection")
  func ownLog() throws {
    let folder = try Scratch()
    let log = "\(folder.path)/log"
    let run = try ShakeRun(
      ["--send", #""hello there\n""#, "--cuts", "pairs", "--control", "2"],
      Self.python(
        """
        log = open(sys.argv[1], "w", buffering=1)
        while True:
          connection, peer = server.accept()
          text, lengths = b"", []
          while not text.endswith(b"\\n"):
            text += connection.recv(7)
            lengths.append(len(text) - sum(lengths))
          print(*lengths, file=log)
          connection.sendall(text.upper())
          connection.close()
        """) + [log])
    #expect(run.outcome.exitCode == 0, "\(run.outcome.errorText)")
    let own = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").map {
      $0.split(separator: " ").compactMap { Int($0) }
    }
    #expect(run.cuts.count == 55)
    #expect(own.dropFirst(2).elementsEqual(run.cuts.map(\.received)))
    #expect(run.cuts.allSatisfy { $0.calls.filter { $0.call == "recvfrom" }.allSatisfy { $0.asked == 7 } })
  }

  /// A server that listens as `server` on a port of 127.0.0.1; `select`, `socket` and `sys` are imported.
  static func python(_ script: String, at address: String = #"socket.create_server(("127.0.0.1", 0))"#)
    -> [String]
  {
    ["python3", "-c", "import select, socket, sys\nserver = \(address)\n\(script)"]
  }
}
