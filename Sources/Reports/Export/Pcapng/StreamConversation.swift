import SystemPackage
import Traffic

/// A socket's calls as one conversation of TCP: what recv returned is what the peer sent, what send accepted is what the socket
/// sent, and sequence numbers are places in the streams.
struct StreamConversation {
  private struct Side {
    /// Sequence number of what it sends next. An ISN is 0.
    var next: UInt32 = 0
    /// It has sent its FIN.
    var isEnded = false
    /// Packets of it since the other side said something.
    var unanswered = 0
  }

  /// Packets that may go without an ACK: who reads keeps what is not acknowledged.
  private static let mostUnanswered = 256

  private let interface: UInt32
  private let isClient: Bool
  private let outgoing: PacketHeader
  private let incoming: PacketHeader
  private var own = Side()
  private var peer = Side()
  private var isOpen = false
  /// We have shut down reading: a recv that returns 0 tells nothing of the peer.
  private var ignoresEnd = false
  /// A send has told that the peer has reset the connection; recv may still return what was queued.
  private var wasReset = false
  /// Nothing more can pass.
  private(set) var isOver = false

  init(_ interface: UInt32, _ ends: PacketAddresses.Ends, isClient: Bool) {
    (self.interface, self.isClient) = (interface, isClient)
    outgoing = PacketHeader(.tcp, from: ends.own, to: ends.peer)
    incoming = PacketHeader(.tcp, from: ends.peer, to: ends.own)
  }

  /// Writes the packets of a record of the socket; none where nothing passed.
  mutating func take(_ row: ExportRows.Row, _ writer: PacketWriter, to output: inout ByteBuffer) {
    let record = row.record
    if isOver { return }
    switch record.kind {
    case .connect: connect(record, writer, to: &output)
    case .accept: open(at: record.end, writer, to: &output) { $0.append(text: "accept() returned it") }
    case .recv: receive(row, writer, to: &output)
    case .send: send(row, writer, to: &output)
    case .shutdown where record.result >= 0:
      if record.how != .write { ignoresEnd = true }
      if record.how != .read { end(record, writer, to: &output) }
    case .close: close(record, writer, to: &output)
    case .start, .listen, .wait, .shutdown, .option, .mark, .expect, .burst, .hold, .release, .drop, .call,
      .startProgram, .output, .signal, .unseen, .lost, .exitProgram, .shake, .cut, .ask, .answer, .reveal,
      .segment:
      break
    }
  }

  // MARK: Calls

  private mutating func connect(_ record: Record, _ writer: PacketWriter, to output: inout ByteBuffer) {
    func comment(_ output: inout ByteBuffer) {
      output.append("connect() ")
      output.append(outcomeOf: record)
      output.append(", waited ")
      output.append(duration: record.waited)
    }
    switch record.errno {
    case nil, .nowInProgress?, .interrupted?: open(at: record.end, writer, to: &output, comment)
    case .connectionRefused?, .connectionReset?:
      put(.sent, .syn, at: record.start, writer, to: &output, comment)
      put(.received, [.rst, .ack], at: record.end, writer, to: &output) { _ in }
      (own, peer) = (Side(), Side())
    case .timedOut?: put(.sent, .syn, at: record.start, writer, to: &output, comment)
    // The kernel refused by itself.
    default: break
    }
  }

  /// The three segments that begin a connection, at the time of the call that tells of it.
  private mutating func open(
    at time: Nanoseconds, _ writer: PacketWriter, to output: inout ByteBuffer,
    _ comment: (inout ByteBuffer) -> Void
  ) {
    if isOpen { return }
    isOpen = true
    (own, peer) = (Side(), Side())
    let (first, second): (Direction, Direction) = isClient ? (.sent, .received) : (.received, .sent)
    put(first, .syn, at: time, writer, to: &output, comment)
    put(second, [.syn, .ack], at: time, writer, to: &output) { _ in }
    put(first, .ack, at: time, writer, to: &output) { _ in }
  }

  private mutating func receive(_ row: ExportRows.Row, _ writer: PacketWriter, to output: inout ByteBuffer) {
    let record = row.record
    if record.streamBytes > 0 { return move(row, .received, writer, to: &output) }
    guard record.endsReceiving else { return }
    if record.errno == .connectionReset { return reset(.received, record, writer, to: &output) }
    if record.errno != nil || ignoresEnd || peer.isEnded { return }
    begin(at: record, writer, to: &output)
    peer.isEnded = true
    put(.received, [.fin, .ack], at: record.end, writer, to: &output) { $0.append(callOf: record) }
    put(.sent, .ack, at: record.end, writer, to: &output) { _ in }
  }

  private mutating func send(_ row: ExportRows.Row, _ writer: PacketWriter, to output: inout ByteBuffer) {
    if row.record.streamBytes > 0 { return move(row, .sent, writer, to: &output) }
    if row.record.errno == .connectionReset || row.record.errno == .brokenPipe && !own.isEnded {
      wasReset = true
    }
  }

  private mutating func end(_ record: Record, _ writer: PacketWriter, to output: inout ByteBuffer) {
    if own.isEnded || wasReset { return }
    begin(at: record, writer, to: &output)
    own.isEnded = true
    put(.sent, [.fin, .ack], at: record.end, writer, to: &output) { output in
      output.append(text: record.kind.word)
      output.append("(): ")
      output.append(outcomeOf: record)
    }
  }

  private mutating func close(_ record: Record, _ writer: PacketWriter, to output: inout ByteBuffer) {
    if wasReset {
      reset(.received, record, writer, to: &output)
    } else if record.how == .reset || record.unread ?? 0 > 0 {
      // Who closes with bytes unread tells the peer so by an RST. RFC 2525, section 2.17.
      reset(.sent, record, writer, to: &output)
    } else {
      end(record, writer, to: &output)
    }
    isOver = true
  }

  private mutating func reset(
    _ way: Direction, _ record: Record, _ writer: PacketWriter, to output: inout ByteBuffer
  ) {
    begin(at: record, writer, to: &output)
    put(way, [.rst, .ack], at: record.end, writer, to: &output) { output in
      if record.kind == .recv { return output.append(callOf: record) }
      output.append("close(): ")
      output.append(outcomeOf: record)
      guard let unread = record.unread, unread > 0 else { return }
      output.append(", ")
      output.append(number: unread)
      output.append(" unread: the kernel sends an RST")
    }
    isOver = true
  }

  // MARK: Packets

  /// A connection whose beginning was not seen begins now, if it is the stream's first byte.
  private mutating func begin(at record: Record, _ writer: PacketWriter, to output: inout ByteBuffer) {
    if isOpen { return }
    if Direction(record.kind) == nil || record.offset == 0 {
      open(at: record.end, writer, to: &output) { $0.append("made up: its beginning is not recorded") }
    } else {
      // From the middle: what was before is neither there nor known.
      (isOpen, own.next, peer.next) = (true, 1, 1)
    }
  }

  /// The bytes that a call has moved: one packet, or as many as they need.
  private mutating func move(
    _ row: ExportRows.Row, _ way: Direction, _ writer: PacketWriter, to output: inout ByteBuffer
  ) {
    let record = row.record
    begin(at: record, writer, to: &output)
    let length = Int(record.streamBytes)
    let sequence = UInt32(truncatingIfNeeded: record.offset + 1)
    if way == .sent { own.next = sequence } else { peer.next = sequence }
    (row.payload ?? []).prefix(length).withUnsafeBytes { bytes in
      var offset = 0
      var time = record.end
      while offset < length {
        let count = min(PacketHeader.mostOfTCP, length - offset)
        let piece = bytes[min(offset, bytes.count)..<min(offset + count, bytes.count)]
        let isFirst = offset == 0
        put(
          way, offset + count == length ? [.psh, .ack] : .ack, UnsafeRawBufferPointer(rebasing: piece),
          length: count, at: time, writer, to: &output
        ) { output in
          guard isFirst else { return }
          output.append(callOf: record)
          if bytes.isEmpty { output.append("; the bytes were dropped, to stay within --memory") }
          output.append("; seq ")
          output.append(number: row.sequence)
        }
        offset += count
        time += 1
      }
    }
    let side = way == .sent ? own : peer
    if side.unanswered > Self.mostUnanswered {
      put(way == .sent ? .received : .sent, .ack, at: record.end, writer, to: &output) { _ in }
    }
  }

  private mutating func put(
    _ way: Direction, _ flags: TCPFlags, _ payload: UnsafeRawBufferPointer = .init(start: nil, count: 0),
    length: Int = 0, at time: Nanoseconds, _ writer: PacketWriter, to output: inout ByteBuffer,
    _ comment: (inout ByteBuffer) -> Void
  ) {
    let (from, to) = way == .sent ? (own, peer) : (peer, own)
    let segment = PacketHeader.Segment(
      sequence: from.next, acknowledgement: flags.contains(.ack) ? to.next : 0, flags: flags)
    let header = way == .sent ? outgoing : incoming
    let whole = header.count + length + (flags.contains(.syn) ? PacketHeader.options.count : 0)
    writer.packet(
      on: interface, at: time, length: whole, to: &output,
      captured: { header.append(segment, payload, length: length, to: &$0) }, comment: comment)
    let taken = UInt32(length) + (flags.isDisjoint(with: [.syn, .fin]) ? 0 : 1)
    if way == .sent {
      own.next &+= taken
      own.unanswered += 1
      peer.unanswered = 0
    } else {
      peer.next &+= taken
      peer.unanswered += 1
      own.unanswered = 0
    }
  }
}
