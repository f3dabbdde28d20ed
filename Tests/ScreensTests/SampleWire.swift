@testable import Traffic

extension SampleJournals {
  /// 5 bytes, then 3 000 that go out in three segments, the second twice; a server that calls recv(2000).
  static func wire() -> Journal {
    let writer = JournalWriter(wall: 1_763_690_531_000_000_000)
    let server = writer.add(
      SocketInfo(name: "server", kind: .tcp, role: .listener, local: "10.0.0.2:9000"))
    let client = writer.add(
      SocketInfo(name: "client", kind: .tcp, role: .client, local: "10.0.0.1:50001", peer: "10.0.0.2:9000"))
    let accepted = writer.add(
      SocketInfo(
        name: "server.1", kind: .tcp, role: .accepted, parent: server, local: "10.0.0.2:9000",
        peer: "10.0.0.1:50001"))
    let card = writer.intern(address: "eth0")
    func pass(
      _ way: Direction, at time: Nanoseconds, _ sequence: Int64, _ acknowledgement: Int64?, _ length: Int = 0,
      _ flags: TCPFlags = .ack, _ marks: SegmentMarks = []
    ) {
      let segment = Segment(
        sequence: sequence, acknowledgement: acknowledgement, length: length, flags: flags, window: 64_240,
        marks: marks)
      let back: Direction = way == .sent ? .received : .sent
      writer.append(.segment(client, way, at: time, segment, on: card))
      writer.append(.segment(accepted, back, at: time, segment, on: card))
    }
    writer.append(.listen(server, at: 100_000, backlog: 4096), text: "10.0.0.2:9000")
    writer.append(
      .connect(client, from: 200_000, to: 250_000),
      ConnectedEnds(local: "10.0.0.1:50001", peer: "10.0.0.2:9000"))
    pass(.sent, at: 210_000, 0, nil, 0, .syn)
    pass(.received, at: 215_000, 0, 1, 0, [.syn, .ack])
    pass(.sent, at: 240_000, 1, 1)
    writer.append(.accept(server, from: 190_000, to: 270_000, connection: accepted, backlogLeft: 0))
    send(writer, client, at: 400_000, "12345", planned: 399_000, step: 0)
    receive(
      writer, accepted, 280_000...412_000, asked: 2000, "12345", queued: 0, segments: 1, arrived: 409_000)
    pass(.sent, at: 404_000, 1, 1, 5, [.psh, .ack])
    pass(.received, at: 406_000, 1, 6)
    send(writer, client, at: 5_400_000, String(repeating: "a", count: 3000), planned: 5_399_000, step: 1)
    receive(
      writer, accepted, 420_000...7_900_000, asked: 2000, String(repeating: "a", count: 2000), queued: 896,
      segments: 3, arrived: 7_600_000)
    pass(.sent, at: 5_404_000, 6, 1, 1448)
    pass(.sent, at: 5_409_000, 1454, 1, 1448)
    pass(.sent, at: 7_500_000, 1454, 1, 1448, .ack, .retransmission)
    pass(.received, at: 7_510_000, 1, 2902)
    pass(.sent, at: 7_520_000, 2902, 1, 104, [.psh, .ack])
    receive(
      writer, accepted, 7_910_000...7_915_000, asked: 2000, String(repeating: "a", count: 1000), queued: 0,
      segments: 0, arrived: 7_600_000)
    pass(.received, at: 7_560_000, 1, 3006)
    return writer.journal
  }
}
