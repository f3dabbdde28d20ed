import Foundation
import Glibc
import Testing

@Suite("The exit status tells, whatever becomes of the output")
struct OutputEndTests {
  private static let failing = [
    "run", "-e", "listen 0 --as s", "-e", "connect s --as c", "-e", #"send c "abc""#, "-e",
    "wait s.1 bytes 3",
    "-e", "wait 300ms", "-e", "expect s.1 recv 99",
  ]

  /// Runs it with its output redirected by a shell; the status of the program itself is printed.
  private func status(_ arguments: [String], _ redirection: String) throws -> (status: String, errors: String)
  {
    let script = #""$@" \#(redirection); echo "status ${PIPESTATUS[0]}" >&2"#
    let outcome = try Child(["bash", "-c", script, "bash", Program.path] + arguments).wait(within: 30)
    let errors = String(decoding: outcome.errors, as: UTF8.self)
    return (errors.split(separator: "\n").last.map(String.init) ?? "", errors)
  }

  @Test(
    "A failed expect is 1 with a reader that has gone", arguments: ["| head -c 5 >/dev/null", ">/dev/null"])
  func failed(redirection: String) throws {
    #expect(try status(Self.failing, redirection).status == "status 1")
  }

  @Test("A full disk is said, and is no success")
  func full() throws {
    let (status, errors) = try status(["run", "-e", "listen 0", "-e", "wait 50ms"], "> /dev/full")
    #expect(status == "status 1")
    #expect(errors.contains("standard output: ENOSPC"))
  }

  @Test(
    "A full disk is no success of what only prints either",
    arguments: [
      ["themes"], ["labs"], ["--version"],
      ["trials", "-n", "1", "-e", "listen 0 --as s", "-e", "expect s bytes 0"],
    ])
  func fullForLists(arguments: [String]) throws {
    let (status, errors) = try status(arguments, "> /dev/full")
    #expect(status == "status 1")
    #expect(errors.contains("standard output: ENOSPC"))
  }

  @Test("A signal ends a run whose reader takes only little by little")
  func slowReader() throws {
    let lines = [
      "-e", "listen 0 --as s --recv 10", "-e", "connect s --as c", "-e",
      "send c (zeros(10))*200000 every 5us",
    ]
    // Of the tens of megabytes that wait, a pipe's piece is taken every tenth of a second.
    let script = #"""
      exec 3>&1
      reader='import os, time
      while os.read(0, 4096): time.sleep(0.1)'
      ("$@" & echo $! >&3; wait $!; echo "status $?" >&3) | python3 -c "$reader"
      """#
    let child = try Child(["bash", "-c", script, "bash", Program.path, "run", "--json", "--stay"] + lines)
    let pid = try #require(try child.line().flatMap { pid_t($0) })
    defer { kill(pid, SIGKILL) }
    // A second in which much more comes than is taken.
    Deadline(within: 1).poll { nil as Void? }
    kill(pid, SIGTERM)
    #expect(try child.line(within: 20) == "status 143")
  }

  @Test("--for ends in time under traffic, and tells what failed before")
  func duration() throws {
    let flood = #"send c (zeros(10)*1)*100000000 every 5us"#
    let lines = ["-e", "listen 0 --as s --recv 10", "-e", "connect s --as c", "-e", flood]
    let outcome = try Program.run(["run", "--json", "--for", "500ms", "--stay"] + lines, within: 30)
    #expect(outcome.exitCode == 0, "\(outcome.exitCode ?? -1)")
    let failed = try Program.run(
      [
        "run", "--for", "1s", "-e", "listen 0 --as s", "-e", "connect s --as c", "-e", "wait 50ms", "-e",
        "expect s.1 recv 99", "-e", "wait 9s",
      ], within: 30)
    #expect(failed.exitCode == 1)
  }

  @Test("--for that cuts a lab is no success, and tells the expect that was not reached")
  func cut() throws {
    let lines = ["listen 0 --as s", "connect s --as c", "wait 9s", "expect s.1 bytes 5"].flatMap {
      ["-e", $0]
    }
    let outcome = try Program.run(["run", "--quiet", "--for", "200ms"] + lines)
    #expect(outcome.exitCode == 1)
    #expect(
      outcome.errorText.contains("--for") && outcome.errorText.contains("expect s.1 bytes 5"), "\(outcome)")
  }

  @Test("A name with two addresses of which the first refuses is a connection that lives")
  func secondAddress() throws {
    let server = try Peer.pythonServer(
      """
      connection, _ = server.accept()
      print(connection.recv(100))
      """)
    let outcome = try Program.run(
      ["connect", "localhost:\(server.port)", "--send", #""hello" shutdown"#, "--plain"], within: 30)
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(try server.child.line() == "b'hello'")
  }

  @Test("epoll without a descriptor for it ends, and hangs nobody")
  func noDescriptor() throws {
    let outcome = try Child([
      "sh", "-c", #"ulimit -n 8; exec "$@""#, "sh", Program.path, "run", "-e", "listen 0 --as s --mode epoll",
      "-e",
      "close s",
    ]).wait(within: 20)
    #expect(outcome.exitCode != nil)
  }
}
