@testable import Traffic

extension SampleJournals {
  /// A client and a server of the run with a relay between: 10 bytes that are cut into threes, an answer, and a way that is held.
  static func relay() -> Journal {
    let writer = JournalWriter(wall: 1_763_690_531_000_000_000)
    func add(_ name: String, _ role: SocketInfo.Role, _ parent: SocketID?, _ ends: (String, String)?)
      -> SocketID
    {
      writer.add(
        SocketInfo(
          name: name, kind: .tcp, role: role, parent: parent,
          target: name == "relay" ? "127.0.0.1:9000" : nil, local: ends?.0, peer: ends?.1))
    }
    let server = add("server", .listener, nil, ("127.0.0.1:9000", ""))
    writer.update(server) { $0.peer = nil }
    let relay = add("relay", .listener, nil, ("127.0.0.1:9001", ""))
    writer.update(relay) { $0.peer = nil }
    let client = add("client", .client, nil, ("127.0.0.1:50001", "127.0.0.1:9001"))
    let near = add("relay.1.client", .accepted, relay, ("127.0.0.1:9001", "127.0.0.1:50001"))
    let far = add("relay.1.target", .client, relay, ("127.0.0.1:50002", "127.0.0.1:9000"))
    let accepted = add("server.1", .accepted, server, ("127.0.0.1:9000", "127.0.0.1:50002"))
    writer.update(near) { ($0.partner, $0.isHeld) = (far, true) }
    writer.update(far) { $0.partner = near }
    writer.append(.listen(server, at: 100_000, backlog: 4096), text: "127.0.0.1:9000")
    writer.append(.listen(relay, at: 120_000, backlog: 4096, seed: 7), text: "127.0.0.1:9001")
    writer.append(
      .connect(client, from: 200_000, to: 250_000),
      ConnectedEnds(local: "127.0.0.1:50001", peer: "127.0.0.1:9001"))
    writer.append(.accept(relay, from: 260_000, to: 270_000, connection: near, backlogLeft: 0, pair: 1))
    writer.append(
      .connect(far, from: 280_000, to: 330_000, pair: 1),
      ConnectedEnds(local: "127.0.0.1:50002", peer: "127.0.0.1:9000"))
    writer.append(.accept(server, from: 290_000, to: 340_000, connection: accepted, backlogLeft: 0))
    let text = "0123456789"
    send(writer, client, at: 400_000, text, planned: 399_000, step: 0)
    receive(writer, near, 410_000...415_000, asked: 65_536, text, queued: 0, segments: 1, arrived: 408_000)
    let received = writer.journal.extent.records.upperBound - 1
    for (number, piece) in ["012", "345", "678", "9"].enumerated() {
      let time = Nanoseconds(420_000 + 5_000_000 * number)
      pass(writer, far, piece, from: received, at: time)
      receive(
        writer, accepted, time + 5_000...time + 20_000, asked: 100, piece, queued: 0, segments: 1,
        arrived: time + 10_000)
    }
    send(writer, accepted, at: 16_000_000, "answer", planned: 15_990_000, step: 0)
    receive(
      writer, far, 16_010_000...16_015_000, asked: 65_536, "answer", queued: 0, segments: 1,
      arrived: 16_008_000)
    pass(writer, near, "answer", from: writer.journal.extent.records.upperBound - 1, at: 16_020_000)
    receive(
      writer, client, 300_000...16_040_000, asked: 4096, "answer", queued: 0, segments: 1, arrived: 16_030_000
    )
    writer.append(.byHand(.hold, near, .up, at: 17_000_000, bytes: 0))
    send(writer, client, at: 18_000_000, "held", planned: 17_999_000, step: 0)
    receive(
      writer, near, 18_010_000...18_015_000, asked: 65_536, "held", queued: 0, segments: 1,
      arrived: 18_008_000)
    return writer.journal
  }

  private static func pass(
    _ writer: JournalWriter, _ socket: SocketID, _ text: String, from sequence: Int, at time: Nanoseconds
  ) {
    var record = Record.relayed(
      socket, asked: text.utf8.count, flags: [.dontWait, .noSignal], from: sequence...sequence,
      isChanged: false)
    (record.start, record.end, record.result) = (time, time + 9_000, Int32(text.utf8.count))
    writer.append(record, text: text)
  }
}
