import Testing

@testable import Traffic

@Suite("Records of segments")
struct SegmentRecordsTests {
  static let segments = [
    Segment(sequence: 0, length: 0, flags: .syn, window: 65_535),
    Segment(
      sequence: 9 << 32, acknowledgement: 5 << 32, length: 65_483, flags: [.psh, .ack], window: 1 << 29),
    Segment(length: 3, flags: [.ack], marks: [.retransmission, .fragment]),
    Segment(acknowledgement: 1, length: 0, flags: [.rst, .ack], window: 0, marks: .zeroWindow),
    Segment(length: 65_507, marks: .fragment, isDatagram: true),
  ]

  @Test("A record tells the segment that it was made of", arguments: segments)
  func whole(_ segment: Segment) {
    for way in Direction.allCases {
      let record = Record.segment(SocketID(3), way, at: 7, segment, on: nil)
      #expect(record.segment == segment && record.wireWay == way)
      #expect(record.start == 7 && record.end == 7 && !record.isWatched && record.thread == nil)
    }
    #expect(MemoryLayout<Record>.stride <= 96)
  }

  @Test(
    "Its line says what Wireshark says",
    arguments: zip(
      segments,
      [
        "sent 0 B  SYN  seq 0  window 65535",
        "sent 65483 B  PSH ACK  seq 38654705664  ack 21474836480  window 536870912",
        "sent 3 B  ACK  seq —  ack —  window —, retransmission, fragment",
        "sent 0 B  RST ACK  seq —  ack 1  window 0, zero window",
        "sent 65507 B  fragment of a datagram",
      ]))
  func line(segment: Segment, line: String) {
    let record = Record.segment(SocketID(0), .sent, at: 7, segment, on: nil)
    #expect(
      RecordLine(record, payload: nil, .whole).text { _ in nil }.filter { $0 != " " }
        == line.filter { $0 != " " })
  }

  @Test("Each mark has a sentence of its own")
  func sentences() {
    var seen: Set<[String]> = []
    for bit in 0..<9 {
      let segment = Segment(
        sequence: 5, acknowledgement: 1, length: 0, flags: .ack, window: 1,
        marks: SegmentMarks(rawValue: 1 << UInt16(bit)))
      let record = Record.segment(SocketID(0), .sent, at: 7, segment, on: nil)
      seen.insert(Explanation(record, Explanation.Circumstances(.tcp)).sentences)
    }
    #expect(seen.count == 9 && seen.allSatisfy { $0.count == 2 })
  }

  @Test(
    "A length is judged by the MTU of where it passed",
    arguments: [
      (1460, 1500, nil), (1460, 1400, "longer than the MTU of if0, 1 400 B"),
      (1461, 1500, "longer than the MTU"),
      (8948, 9000, "if0 takes packets of 9 000 B"), (20_000, 65_536, "if0 takes packets of 65 536 B"),
      (20_000, nil, "the MTU of if0 is not known"), (548, 600, nil), (1400, 600, "longer than the MTU"),
    ] as [(Int, Int?, String?)])
  func lengths(length: Int, mtu: Int?, words: String?) {
    let segment = Segment(sequence: 1, length: length, flags: .ack)
    let record = Record.segment(SocketID(0), .sent, at: 7, segment, on: nil, mtu: mtu)
    #expect(record.segment == segment && record.mtu == mtu)
    var around = Explanation.Circumstances(.tcp)
    around.interface = "if0"
    let text = Explanation(record, around).text
    #expect(text.contains("MTU") == (words != nil))
    if let words { #expect(text.contains(words), "\(text)") }
  }

  @Test("In a row its marks stand first, where nothing cuts them off")
  func row() {
    let segment = Segment(
      sequence: 1, acknowledgement: 1, length: 3, flags: .ack, window: 0,
      marks: [.retransmission, .zeroWindow])
    let record = Record.segment(SocketID(0), .sent, at: 7, segment, on: nil)
    #expect(
      RecordLine(record, payload: nil, .row).text { _ in nil }
        == "retransmission, zero window  sent 3 B  ACK  seq 1  ack 1  window 0")
  }

  @Test("Calls are explained by those before them, however many late segments lie between")
  func history() {
    let writer = JournalWriter(wall: 0)
    let socket = writer.add(SocketInfo(name: "a", kind: .tcp, role: .client))
    func recv(_ number: Int) -> Record {
      .recv(
        socket, from: Int64(number) * 1000, to: Int64(number) * 1000 + 5, asked: 9, result: 1, flags: [],
        conditions: [])
    }
    writer.append(.shutdown(socket, .write, from: 1, to: 2))
    for number in 1...300 {
      writer.append(recv(number))
      for late in 0..<number % 40 * 20 {
        let time = Int64((number * 7919 + late) % 300 * 1000)
        writer.append(.segment(socket, .sent, at: time, Segment(length: 1), on: nil))
      }
    }
    let journal = writer.journal
    #expect(journal.socket(socket)?.totals.latest == 300_005)
    let calls = journal.records(of: socket, in: 0..<Int.max).filter { $0.record.kind == .recv }
    for (_, record) in calls {
      let history = SocketHistory(of: record, in: journal)
      #expect(history.hasShutDownWriting, "\(record.number)")
      #expect(record.number == 300 || history.next?.number == record.number + 1 || history.next == nil)
    }
  }
}
