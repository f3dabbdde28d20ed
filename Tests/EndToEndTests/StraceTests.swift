import Testing

/// The kernel's word against the program's: each recv and send call that strace saw is an event, and the other way round.
@Suite("strace and the events agree call for call")
struct StraceTests {
  private struct Call: Equatable, CustomStringConvertible {
    let asked: Int?
    let result: String

    var description: String { "\(result) of \(asked.map(String.init) ?? "?")" }
  }

  private static func seen(_ calls: [SystemCall], _ names: Set<String>) -> [Call] {
    // A connection that was reset has no address any more, but it keeps its descriptor.
    let number = calls.first { $0.descriptor.contains("<TCP:[") && names.contains($0.name) }?.number
    return calls.filter { names.contains($0.name) && $0.number == number }.map {
      Call(asked: $0.asked, result: $0.result ?? "")
    }
  }

  /// The events as calls; a size that strace did not tell is left out here too.
  private static func told(_ events: [Event], like seen: [Call]) -> [Call] {
    events.enumerated().map { index, event in
      let isUntold = index < seen.count && seen[index].asked == nil
      return Call(asked: isUntold ? nil : event.asked, result: event.result ?? "")
    }
  }

  @Test(
    "Receiving", .timeLimit(.minutes(2)),
    arguments: [
      (["--recv", "10"], #"client.sendall(b"12345"); time.sleep(0.1); client.sendall(b"a" * 50)"#),
      (["--recv", "4096"], #"client.sendall(bytes(range(256)) * 2000)"#),
      (
        ["--recv", "7"],
        """
        import struct
        client.sendall(b"abc"); time.sleep(0.1)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        """
      ),
    ])
  func receiving(options: [String], sending: String) throws {
    let strace = try Strace()
    let listener = try Listener(options + ["--once"], arguments: strace.arguments)
    let client = try Peer.python(
      "client = socket.create_connection((\"127.0.0.1\", port))\n\(sending)\nclient.close()",
      port: listener.port)
    #expect(try client.wait().exitCode == 0)
    let events = try listener.child.wait().events
    let seen = Self.seen(try strace.calls(), ["recvmsg", "recvfrom"])
    #expect(seen.count > 1)
    #expect(seen == Self.told(events.of("recv", "server.1"), like: seen))
  }

  @Test("Sending", .timeLimit(.minutes(2)))
  func sending() throws {
    let server = try Peer.pythonServer("connection, _ = server.accept()\nwhile connection.recv(4096): pass")
    let strace = try Strace()
    let outcome = try Child(
      strace.arguments + [
        "connect", "127.0.0.1:\(server.port)", "--json", "--send",
        #""12345" 20ms "a"*50 0x00ff "z"*100000 "end""#,
      ]
    ).wait()
    let seen = Self.seen(try strace.calls(), ["sendmsg", "sendto"])
    #expect(seen.count > 4)
    #expect(seen == Self.told(try outcome.events.of("send", "client"), like: seen))
  }
}
