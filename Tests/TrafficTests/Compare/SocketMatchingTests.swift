import Testing

@testable import Traffic

struct SocketMatchingTests {
  private static func run(_ names: [(String, SocketInfo.Role)]) -> Journal {
    let writer = JournalWriter(limit: 4 << 20, wall: 0)
    for (name, role) in names { _ = writer.add(SocketInfo(name: name, kind: .tcp, role: role)) }
    return writer.journal
  }

  @Test(
    arguments: [
      (
        [("server", .listener), ("server.1", .accepted)], [("server.1", .accepted), ("server", .listener)],
        ["server=server", "server.1=server.1"], "", ""
      ),
      (
        [("app", .program), ("app.fd5", .listener), ("app.fd6", .client), ("app.fd7", .client)],
        [("app", .program), ("app.fd3", .listener), ("app.fd7", .client), ("app.fd9", .client)],
        ["app.fd5~app.fd3", "app.fd6~app.fd9", "app.fd7=app.fd7"], "", ""
      ),
      ([("a", .client), ("b", .client)], [("c", .client)], ["a~c"], "b", ""),
      ([("a", .client)], [("b", .listener)], [], "a", "b"),
    ] as [([(String, SocketInfo.Role)], [(String, SocketInfo.Role)], [String], String, String)])
  func `Sockets are matched by name, then by role and order`(
    _ a: [(String, SocketInfo.Role)], _ b: [(String, SocketInfo.Role)], _ pairs: [String], _ onlyA: String,
    _ onlyB: String
  ) {
    let (a, b) = (Self.run(a), Self.run(b))
    let matching = SocketMatching(a, b)
    func name(_ socket: SocketID, _ journal: Journal) -> String { journal.socket(socket)?.info.name ?? "" }
    #expect(
      matching.pairs.map { name($0.a, a) + ($0.isByName ? "=" : "~") + name($0.b, b) } == pairs)
    #expect(matching.onlyA.map { name($0, a) }.joined(separator: " ") == onlyA)
    #expect(matching.onlyB.map { name($0, b) }.joined(separator: " ") == onlyB)
  }
}
