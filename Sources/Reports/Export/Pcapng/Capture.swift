import Traffic

/// A capture that is being written: what it has said of each socket so far.
struct Capture {
  private enum Conversation {
    case stream(StreamConversation)
    case datagrams(DatagramConversation)
    /// It is over, or nothing passes there.
    case none
  }

  private final class Calls {
    var conversation: Conversation

    init(_ conversation: Conversation) { self.conversation = conversation }
  }

  private let names: SocketNames
  private let wall: Nanoseconds
  private var blocks = PcapngBlocks()
  private var addresses = PacketAddresses()
  private var calls: [SocketID: Calls] = [:]
  /// The calls that were taken last: most are followed by more of the same socket.
  private var newest: (socket: SocketID, calls: Calls)?
  private var segments: [SocketID: WireConversation] = [:]
  /// The interfaces on which segments were captured.
  private var wires: [String: UInt32] = [:]
  /// Segments that have no place in their connection.
  private(set) var unplaced = 0

  /// - Parameter wall: the run's time 0, in nanoseconds since 1970.
  init(_ names: SocketNames, wall: Nanoseconds) { (self.names, self.wall) = (names, wall) }

  mutating func begin(version: String, to output: inout ByteBuffer) {
    blocks.begin(
      application: "recvscope \(version)",
      comment:
        "Made of recv() and send() calls, each of which is one packet. Ethernet, IP and TCP headers are made up so "
        + "that sequence numbers fit; times are those at which the calls returned.", to: &output)
  }

  mutating func take(_ row: ExportRows.Row, to output: inout ByteBuffer) {
    if row.record.kind == .segment { return takeSegment(row, to: &output) }
    // accept() is a call on the listener, and tells of the connection.
    guard let socket = row.record.kind == .accept ? row.record.connection : row.record.socket else { return }
    let calls = calls(of: socket, to: &output)
    let writer = PacketWriter(blocks: blocks, wall: wall)
    switch calls.conversation {
    case .stream(var stream):
      // Only one owner at a time: what it has is not copied.
      calls.conversation = .none
      stream.take(row, writer, to: &output)
      if !stream.isOver { calls.conversation = .stream(stream) }
    case .datagrams(var datagrams):
      calls.conversation = .none
      datagrams.take(row, names, &addresses, writer, to: &output)
      calls.conversation = .datagrams(datagrams)
    case .none: break
    }
  }

  private mutating func calls(of socket: SocketID, to output: inout ByteBuffer) -> Calls {
    if let newest, newest.socket == socket { return newest.calls }
    let found = calls[socket] ?? Calls(begin(socket, to: &output))
    calls[socket] = found
    newest = (socket, found)
    return found
  }

  private mutating func begin(_ socket: SocketID, to output: inout ByteBuffer) -> Conversation {
    let info = names[socket]
    let name = names.name(socket)
    switch info?.role {
    case .listener?, .program?: return .none
    case .accepted?, .client?, .bound?, nil: break
    }
    let kind = info?.kind ?? .tcp
    var description = "the calls of \(name), \(kind.rawValue), \(info?.local ?? "—")"
    description += info?.role == .bound ? "" : info?.role == .accepted ? " ← " : " → "
    description += info?.role == .bound ? "" : info?.peer ?? "—"
    if kind.keepsBoundaries {
      let interface = blocks.interface(name, description, .ethernet, to: &output)
      let upper =
        kind.isUnix
        ? blocks.interface(
          "\(name) (large)", "\(description); what UDP does not hold", .upperPDU, to: &output)
        : nil
      return .datagrams(DatagramConversation(interface, upperInterface: upper, info))
    }
    let (ends, isMadeUp) = addresses.ends(info)
    if isMadeUp { description += "; the hosts in its packets are made up" }
    let interface = blocks.interface(name, description, .ethernet, to: &output)
    return .stream(StreamConversation(interface, ends, isClient: info?.role == .client))
  }

  // MARK: The wire

  private mutating func takeSegment(_ row: ExportRows.Row, to output: inout ByteBuffer) {
    let socket = row.record.socket
    if segments[socket] == nil {
      let name = row.record.address.map(names.text) ?? "wire"
      let info = names[socket]
      let interface =
        wires[name]
        ?? blocks.interface(name, "headers captured on \(name); payloads were not", .ethernet, to: &output)
      wires[name] = interface
      let isDatagram = row.record.segment?.isDatagram == true
      let ends = isDatagram ? addresses.ends(of: info, with: nil).ends : addresses.ends(info).ends
      segments[socket] = WireConversation(interface, ends, isDatagram: isDatagram)
    }
    let isPlaced = segments[socket]?.take(row, names, PacketWriter(blocks: blocks, wall: wall), to: &output)
    if isPlaced != true { unplaced += 1 }
  }
}
