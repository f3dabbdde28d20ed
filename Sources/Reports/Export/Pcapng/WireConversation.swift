import Traffic

/// The headers that were captured of a connection, written again: their numbers are those of the wire, and their bytes were not
/// recorded.
struct WireConversation {
  /// Windows are told by their headers in units of so many bytes.
  private static let window: Int64 = 1 << Int64(PacketHeader.scale)

  private let interface: UInt32
  private let outgoing: PacketHeader
  private let incoming: PacketHeader

  init(_ interface: UInt32, _ ends: PacketAddresses.Ends, isDatagram: Bool) {
    self.interface = interface
    let transport = isDatagram ? PacketHeader.Transport.udp : .tcp
    outgoing = PacketHeader(transport, from: ends.own, to: ends.peer)
    incoming = PacketHeader(transport, from: ends.peer, to: ends.own)
  }

  /// - Returns: false where it is not known where in its connection the segment lies.
  func take(_ row: ExportRows.Row, _ names: SocketNames, _ writer: PacketWriter, to output: inout ByteBuffer)
    -> Bool
  {
    guard let told = row.record.segment, let way = row.record.wireWay else { return false }
    if !told.isDatagram, told.sequence == nil { return false }
    let header = way == .sent ? outgoing : incoming
    let isSYN = told.flags.contains(.syn)
    let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
    let length = told.isDatagram ? min(told.length, PacketHeader.mostOfUDP) : told.length
    writer.packet(
      on: interface, at: row.record.end,
      length: header.count + length + (isSYN ? PacketHeader.options.count : 0), to: &output,
      captured: { output in
        if told.isDatagram {
          header.append(datagram: nothing, length: length, to: &output)
        } else {
          header.append(
            PacketHeader.Segment(
              sequence: UInt32(truncatingIfNeeded: told.sequence ?? 0),
              acknowledgement: UInt32(truncatingIfNeeded: told.acknowledgement ?? 0), flags: told.flags,
              window: Self.window(told)),
            nothing, length: length, to: &output)
        }
      },
      comment: { output in
        output.append(safe: names.name(row.record.socket))
        output.append(" ")
        RecordLine(row.record, payload: nil, .whole).write(to: &output) { names[$0] }
        output.append("; seq ")
        output.append(number: row.sequence)
      })
    return true
  }

  /// A SYN tells its window in bytes. One that is not 0 is never told as that.
  private static func window(_ segment: Segment) -> UInt16 {
    guard let window = segment.window else { return .max }
    if segment.flags.contains(.syn) { return UInt16(clamping: window) }
    return window == 0 ? 0 : UInt16(clamping: max(1, window / Self.window))
  }
}
