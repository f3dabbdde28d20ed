import Testing

@testable import Traffic

@Suite("Segments of a connection")
struct SegmentTrackerTests {
  /// A connection whose ends begin at these numbers.
  struct Talk {
    var tracker = SegmentTracker()
    var first: UInt32 = 4_294_967_000
    var second: UInt32 = 100

    mutating func send(
      _ end: SegmentTracker.End, _ sequence: Int64, _ acknowledgement: Int64? = nil, length: Int = 0,
      _ flags: TCPFlags = [], window: UInt16 = 512, scale: UInt8? = nil
    ) -> Segment {
      var header = Packets.header(Packets.ipv4(6, total: 40, Packets.tcp()))!  // it is whole
      let (own, peer) = end == .one ? (first, second) : (second, first)
      header.length = length
      header.sequence = own &+ UInt32(truncatingIfNeeded: sequence)
      header.acknowledgement = acknowledgement.map { peer &+ UInt32(truncatingIfNeeded: $0) } ?? 0
      header.flags = acknowledgement == nil ? flags : flags.union(.ack)
      header.window = window
      header.options.windowScale = scale
      return tracker.take(header, from: end)
    }

    /// The three-way handshake.
    mutating func open(_ scale: UInt8? = 7, _ other: UInt8? = 7) {
      _ = send(.one, 0, nil, .syn, window: 65535, scale: scale)
      _ = send(.other, 0, 1, .syn, window: 65535, scale: other)
      _ = send(.one, 1, 1)
    }
  }

  @Test("Numbers are relative to the ISN, both ways, and the first byte lies at 0")
  func relative() {
    var talk = Talk()
    let syn = talk.send(.one, 0, nil, .syn, window: 65535, scale: 7)
    #expect(syn.sequence == 0 && syn.acknowledgement == nil && syn.offset == nil && syn.window == 65535)
    let answer = talk.send(.other, 0, 1, .syn, window: 65535, scale: 7)
    #expect(answer.sequence == 0 && answer.acknowledgement == 1)
    let data = talk.send(.one, 1, 1, length: 10, .psh)
    #expect(data.sequence == 1 && data.offset == 0 && data.window == 512 << 7 && data.marks.isEmpty)
    let more = talk.send(.one, 11, 1, length: 500)
    #expect(more.offset == 10 && more.marks.isEmpty)
  }

  @Test("The numbers go on beyond 4 GiB, again and again")
  func wrap() {
    var talk = Talk()
    talk.open()
    let step: Int64 = 1 << 20
    var sequence: Int64 = 1
    while sequence < 9 << 30 {
      let segment = talk.send(.one, sequence, 1, length: Int(step))
      #expect(segment.sequence == sequence && segment.offset == sequence - 1 && segment.marks.isEmpty)
      sequence += step
      let ack = talk.send(.other, 1, sequence)
      #expect(ack.acknowledgement == sequence)
    }
    let again = talk.send(.one, sequence - step, 1, length: Int(step))
    #expect(again.sequence == sequence - step && again.marks == .retransmission)
  }

  @Test("Of a connection that is older the numbers are unknown, and a retransmission is seen all the same")
  func older() {
    var talk = Talk()
    let data = talk.send(.one, 5000, 70, length: 10)
    #expect(data.sequence == nil && data.acknowledgement == nil && data.offset == nil && data.window == nil)
    #expect(talk.send(.one, 5000, 70, length: 10).marks == .retransmission)
    #expect(talk.send(.one, 5010, 70, length: 10, window: 0).window == 0)
  }

  @Test("The answer to a SYN that was missed tells its number")
  func missedSYN() {
    var talk = Talk()
    _ = talk.send(.other, 0, 1, .syn, scale: 7)
    let data = talk.send(.one, 1, 1, length: 3)
    #expect(data.sequence == 1 && data.acknowledgement == 1 && data.window == nil)
  }

  @Test(
    "Windows are scaled only where both ends offer it",
    arguments: [(7, 3, 512 << 7), (0, 3, 512), (nil, 3, 512), (7, nil, 512)] as [(UInt8?, UInt8?, Int64)])
  func scale(own: UInt8?, other: UInt8?, window: Int64) {
    var talk = Talk()
    talk.open(own, other)
    #expect(talk.send(.one, 1, 1, length: 1).window == window)
  }

  @Test("Part of a segment that was seen makes a retransmission, a gap that is filled does not")
  func gaps() {
    var talk = Talk()
    talk.open()
    #expect(talk.send(.one, 1, 1, length: 10).marks.isEmpty)
    #expect(talk.send(.one, 31, 1, length: 10).marks == .previousNotCaptured)
    #expect(talk.send(.one, 11, 1, length: 10).marks == .outOfOrder)
    #expect(talk.send(.one, 21, 1, length: 10).marks == .outOfOrder)
    #expect(talk.send(.one, 21, 1, length: 5).marks == .retransmission)
    #expect(talk.send(.one, 36, 1, length: 10).marks == .retransmission)
    #expect(talk.send(.one, 46, 1, length: 10).marks.isEmpty)
    #expect(talk.send(.one, 0, nil, .syn, scale: 7).marks == .retransmission)
    #expect(talk.send(.one, 56, 1, .fin).marks.isEmpty)
    #expect(talk.send(.one, 56, 1, .fin).marks == .retransmission)
  }

  @Test("A window that closes, is asked for and opens again")
  func windows() {
    var talk = Talk()
    talk.open()
    _ = talk.send(.one, 1, 1, length: 100)
    #expect(talk.send(.other, 1, 101, window: 0).marks == .zeroWindow)
    #expect(talk.send(.one, 100, 1).marks == .zeroWindowProbe)
    #expect(talk.send(.other, 1, 101, window: 0).marks == .zeroWindow)
    #expect(talk.send(.one, 101, 1, length: 1).marks == .zeroWindowProbe)
    #expect(talk.send(.other, 1, 101, window: 0).marks == .zeroWindow)
    #expect(talk.send(.other, 1, 101, window: 400).marks == .windowUpdate)
  }

  @Test("Keep-alives, and the answers to them")
  func keepAlive() {
    var talk = Talk()
    talk.open()
    _ = talk.send(.one, 1, 1, length: 100)
    #expect(talk.send(.other, 1, 101).marks.isEmpty)
    #expect(talk.send(.one, 100, 1).marks == .keepAlive)
    #expect(talk.send(.other, 1, 101).marks == .keepAliveACK)
    #expect(talk.send(.one, 100, 1, length: 1).marks == .keepAlive)
  }

  @Test("The same acknowledgement again, while later bytes are under way")
  func duplicates() {
    var talk = Talk()
    talk.open()
    _ = talk.send(.one, 1, 1, length: 100)
    #expect(talk.send(.other, 1, 101).marks.isEmpty)
    #expect(talk.send(.other, 1, 101).marks.isEmpty, "nothing is under way")
    _ = talk.send(.one, 101, 1, length: 100)
    _ = talk.send(.one, 201, 1, length: 100)
    #expect(talk.send(.other, 1, 101).marks == .duplicateACK)
    #expect(talk.send(.other, 1, 301).marks.isEmpty)
  }

  @Test("A refused connection, and one that begins anew")
  func again() {
    var talk = Talk()
    _ = talk.send(.one, 0, nil, .syn)
    talk.second = 0
    let refused = talk.send(.other, 0, 1, .rst)
    #expect(refused.sequence == nil && refused.acknowledgement == 1 && refused.flags.names == ["RST", "ACK"])
    // It is whole.
    var header = Packets.header(Packets.ipv4(6, total: 40, Packets.tcp(sequence: talk.first, flags: .syn)))!
    #expect(!talk.tracker.isAnother(header, from: .one))
    header.sequence &+= 1
    #expect(talk.tracker.isAnother(header, from: .one))
  }
}
