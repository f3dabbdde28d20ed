import Foundation
import Glibc
import Testing

@Suite("The shipped labs")
struct LabTests {
  static let labs = ((try? FileManager.default.contentsOfDirectory(atPath: Program.tree + "/labs")) ?? [])
    .filter { $0.hasSuffix(".lab") }.sorted()

  @Test("There are labs, and the two of R1 are among them")
  func shipped() {
    #expect(Set(Self.labs).isSuperset(of: ["recv-returns.lab", "recv-race.lab"]))
  }

  /// Labs that record the wire need CAP_NET_RAW.
  static let ofWire = labs.filter { $0.hasPrefix("wire-") && $0 != "wire-mtu.lab" }

  @Test(
    "A lab starts with a comment and its expectations hold", arguments: labs.filter { !$0.hasPrefix("wire-") }
  )
  func holds(lab: String) throws { try play(lab) }

  @Test(
    "So do those of a lab that records the wire",
    .enabled(if: getuid() == 0, "need CAP_NET_RAW: \(ofWire.joined(separator: " "))"), arguments: ofWire)
  func holdsOnWire(lab: String) throws { try play(lab) }

  private static let hasLinks: Bool = {
    let name = "recvscope-probe-\(getpid())"
    let script = "ethtool --version && ip netns add \(name) && ip netns del \(name)"
    return getuid() == 0 && (try? Child(["sh", "-c", script]).wait().exitCode) == 0
  }()

  @Test(
    "So do those of the lab between two namespaces, which are removed",
    .enabled(if: hasLinks, "wire-mtu.lab needs root, ethtool and network namespaces"))
  func holdsOnLinks() throws {
    let script = try Child([Self.namespaces, Program.path, "--json"])
    let outcome = try script.wait()
    #expect(outcome.exitCode == 0, "\(outcome.errorText)\n\(outcome.text)")
    let expects = try outcome.events.of("expect")
    #expect(expects.count == 8 && expects.allSatisfy { $0.ok == true }, "\(expects)")
    #expect(try !Child(["ip", "netns"]).wait().text.contains("recvscope-\(script.pid)-"))
  }

  @Test("A signal removes the namespaces too", .enabled(if: hasLinks), arguments: [SIGINT, SIGTERM])
  func removed(signal: Int32) throws {
    let scratch = try Scratch()
    let program = try scratch.file("program", "#!/bin/sh\necho started\nexec sleep 60\n")
    chmod(program, 0o755)
    let script = try Child([Self.namespaces, program])
    #expect(try script.line() == "started")
    script.signal(signal)
    #expect(try script.wait(within: 30).exitCode == 128 + signal)
    #expect(try !Child(["ip", "netns"]).wait().text.contains("recvscope-\(script.pid)-"))
  }

  private static let namespaces = "\(Program.tree)/labs/wire-namespaces.sh"

  private func play(_ lab: String) throws {
    let file = "\(Program.tree)/labs/\(lab)"
    #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix("# "))
    let outcome = try Program.run(["run", file, "--json"])
    let expects = try outcome.events.of("expect")
    #expect(outcome.exitCode == 0, "\(outcome.errorText)\n\(outcome.text)")
    #expect(!expects.isEmpty && expects.allSatisfy { $0.ok == true }, "\(expects)")
    // A call that was waiting for nothing when its socket is closed is a riddle to whoever came for something else.
    #expect(lab == "interrupted.lab" || !outcome.text.contains("\"stopped_to\":\"close"))
  }

  @Test("labs NAME prints the lab as it is written, with or without its ending", arguments: ["", ".lab"])
  func prints(ending: String) throws {
    let outcome = try Program.run(["labs", "recv-returns" + ending])
    #expect(outcome.exitCode == 0)
    #expect(
      outcome.text == (try String(contentsOfFile: Program.tree + "/labs/recv-returns.lab", encoding: .utf8)))
  }

  @Test(
    "A mistyped lab is answered with the near one, whichever command takes it",
    arguments: [
      (["labs", "recv-retrns"], "there is no lab recv-retrns; did you mean recv-returns?"),
      (["labs", "../Package.swift"], "there is no lab ../Package.swift; `recvscope labs` lists"),
      (["run", "recv-retrns"], "recv-retrns: No such file or directory; did you mean recv-returns?"),
      (["run", "labs/wait-all.lab"], "labs/wait-all.lab: No such file or directory; did you mean waitall?"),
      (["run", "one-recv-is-not-the-respons"], "did you mean one-recv-is-not-the-response?"),
      (["trials", "recvrace"], "did you mean recv-race?"), (["reset-"], "did you mean reset?"),
      (["run", "something-else"], "No such file or directory; `recvscope labs` lists those that ship"),
    ])
  func near(arguments: [String], message: String) throws {
    let outcome = try Program.run(arguments, folder: "/")
    #expect(outcome.exitCode == 2 && outcome.output.isEmpty)
    #expect(outcome.errorText.contains(message), "\(outcome.errorText)")
  }

  @Test("A file that is there, and is no lab, is not taken for a mistyped name")
  func notNear() throws {
    let outcome = try Program.run(["run", "tmp"], folder: "/")
    #expect(
      outcome.exitCode == 2 && outcome.errorText == "recvscope: tmp: is a directory\n", "\(outcome.errorText)"
    )
  }
}
