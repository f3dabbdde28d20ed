import Testing

@Suite("The harness itself")
struct HarnessTests {
  @Test("A child's output, errors and exit status come back")
  func child() throws {
    let outcome = try Child(["sh", "-c", "cat; echo oops >&2; exit 3"], input: .bytes(Array("in".utf8)))
      .wait()
    #expect(outcome.text == "in" && outcome.errorText == "oops\n" && outcome.exitCode == 3)
  }

  @Test("Much more than a pipe holds goes through a child both ways")
  func muchData() throws {
    let bytes = [UInt8](repeating: 65, count: 1 << 20)
    #expect(try Child(["cat"], input: .bytes(bytes)).wait().output == bytes)
  }

  @Test("A signal is told apart from an exit")
  func signal() throws {
    let child = try Child(["sleep", "100"])
    child.signal(15)
    #expect(try child.wait().signal == 15)
  }

  @Test("A program that does not exist is named")
  func missing() {
    #expect(throws: HarnessError.self) { try Child(["no-such-program"]) }
  }

  @Test(
    "Lines of strace are read",
    arguments: [
      (
        "recvmsg(7<TCP:[127.0.0.1:1->127.0.0.1:2]>, {msg_iov=[{iov_base=\"\\x31\"..., iov_len=10}]}, 0) = 5",
        10,
        "5"
      ),
      ("recvfrom(7, \"\"..., 64, 0, NULL, NULL) = 0", 64, "0"),
      ("recvfrom(7, 0x7ffe, 64, MSG_DONTWAIT, NULL, NULL) = -1 EAGAIN (Resource temporarily)", 64, "EAGAIN"),
      ("recvmsg(7, {msg_namelen=0}, 0) = ? ERESTARTSYS (To be restarted)", nil, "EINTR"),
      ("sendto(6<TCP:[127.0.0.1:2->127.0.0.1:1]>, \"\"..., 50, MSG_NOSIGNAL, NULL, 0) = 50", 50, "50"),
    ])
  func strace(line: String, asked: Int?, result: String) throws {
    let call = try #require(SystemCall(line: "1700000000.123456 " + line))
    #expect(call.asked == asked && call.result == result)
  }

  @Test("A terminal shows what is typed in it, and the exit status at the end")
  func tmux() throws {
    let terminal = try Tmux(["sh", "-c", "read line; echo got $line; exit 4"], columns: 60, rows: 10)
    try terminal.type("hello ä")
    try terminal.press("Enter")
    try terminal.wait(for: "^got hello ä$")
    #expect(try terminal.exitCode() == 4)
    #expect(try terminal.state("#{pane_width}x#{pane_height} #{alternate_on}") == "60x10 0")
  }
}
