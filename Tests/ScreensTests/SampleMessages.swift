@testable import Traffic

extension SampleJournals {
  /// Everybody's first JSON server: a good message, one in two halves, two stuck together, and half of one more; the answers go
  /// back one by one.
  static func messages(framing: String? = "json") -> Journal {
    let writer = JournalWriter(wall: 1_763_690_531_000_000_000)
    let server = writer.add(
      SocketInfo(name: "server", kind: .tcp, role: .listener, local: "127.0.0.1:9000"))
    let client = writer.add(
      SocketInfo(name: "client", kind: .tcp, role: .client, local: "127.0.0.1:50001", peer: "127.0.0.1:9000"))
    let accepted = writer.add(
      SocketInfo(
        name: "server.1", kind: .tcp, role: .accepted, parent: server, local: "127.0.0.1:9000",
        peer: "127.0.0.1:50001"))
    if let framing {
      writer.update(server) {
        $0.receivedFraming = FramingChoice(framing)
        $0.sentFraming = FramingChoice(framing)
      }
    }
    writer.append(.listen(server, at: 100_000, backlog: 4096), text: "127.0.0.1:9000")
    writer.append(
      .connect(client, from: 200_000, to: 250_000),
      ConnectedEnds(local: "127.0.0.1:50001", peer: "127.0.0.1:9000"))
    writer.append(.accept(server, from: 190_000, to: 270_000, connection: accepted, backlogLeft: 0))
    let pieces = ["{\"id\":1}", "{\"id\":", "2}", "{\"id\":3}{\"id\":4}", "{\"id"]
    for (number, piece) in pieces.enumerated() {
      let time = Nanoseconds(400_000 + 5_000_000 * number)
      send(writer, client, at: time, piece, planned: time - 1000, step: UInt32(number))
      receive(
        writer, accepted, time - 100_000...time + 20_000, asked: 4096, piece, queued: 0, segments: 1,
        arrived: time + 10_000)
    }
    send(writer, accepted, at: 30_000_000, "{\"ok\":1}", planned: 29_990_000, step: 0)
    receive(
      writer, client, 300_000...30_040_000, asked: 4096, "{\"ok\":1}", queued: 0, segments: 1,
      arrived: 30_030_000)
    return writer.journal
  }
}
