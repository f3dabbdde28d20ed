import Testing

/// The servers of others that `shake` has to find nothing wrong with.
@Suite("Real servers")
struct RealServersTests {
  @Test("each starts, and answers its three messages", arguments: RealServer.all)
  func answers(server: RealServer) throws {
    let folder = try Scratch()
    let port = try Peer.freePort()
    let child = try Child(try server.command(port: port, in: folder), input: .pipe)
    try RelayTests.waitForPort(port)
    for message in server.messages {
      let client = try Peer.python(
        """
        connection = socket.create_connection(("127.0.0.1", port), timeout=20)
        connection.sendall(sys.stdin.buffer.read())
        print(connection.recv(65536).hex())
        """, port: port, input: .bytes(try ShakeTarget.bytes(of: message)))
      let outcome = try client.wait()
      #expect(outcome.exitCode == 0 && outcome.text.count > 1, "\(message): \(outcome.errorText)")
    }
    child.signal(15)
    _ = try child.wait()
  }

  @Test(
    "None is found wrong at any offset, and each cut is proven", .timeLimit(.minutes(2)),
    arguments: RealServer.all)
  func shaken(server: RealServer) throws {
    let folder = try Scratch()
    for (number, message) in server.messages.enumerated() {
      let command = try server.command(port: try Peer.freePort(), in: folder)
      var options = ["--send", message] + server.ignored.flatMap { ["--ignore", $0] }
      if let pattern = server.patterns[number] { options += ["--expect", pattern] }
      // One as who knows the framing does it, and two as who does not.
      if number == 0 { options += ["--frame", server.framing] }
      let run = try ShakeRun(options, command)
      #expect(run.outcome.exitCode == 0, "\(message): \(run.outcome.errorText)")
      #expect(try run.cuts.count == ShakeTarget.bytes(of: message).count - 1)
      #expect(run.bad == [] && run.unproven == [], "\(message)")
    }
  }
}
