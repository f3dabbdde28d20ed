import Traffic

/// The datagrams of a socket: as UDP, and those of Unix sockets that are too large for it as they are.
struct DatagramConversation {
  private typealias Headers = (outgoing: PacketHeader, incoming: PacketHeader, isMadeUp: Bool)

  /// Peers whose headers are kept at a time.
  private static let mostPeers = 1024
  /// Tells Wireshark that bytes follow which are of no protocol: the name of a dissector, and the end of the tags.
  private static let upperHead: [UInt8] = [0, 12, 0, 4] + Array("data".utf8) + [0, 0, 0, 0]

  private let interface: UInt32
  private let upperInterface: UInt32?
  private let info: SocketInfo?
  private var headers: [String: Headers] = [:]

  /// - Parameter upperInterface: for what UDP does not hold; only a Unix socket can have that.
  init(_ interface: UInt32, upperInterface: UInt32?, _ info: SocketInfo?) {
    (self.interface, self.upperInterface, self.info) = (interface, upperInterface, info)
  }

  /// Writes the datagrams that a call has moved; none where it moved none.
  mutating func take(
    _ row: ExportRows.Row, _ names: SocketNames, _ addresses: inout PacketAddresses, _ writer: PacketWriter,
    to output: inout ByteBuffer
  ) {
    let record = row.record
    guard let way = Direction(record.kind), record.result >= 0, way == .sent || record.takes else { return }
    let address = record.address.map(names.text)
    let headers = headers(address ?? info?.peer ?? "", &addresses)
    let header = way == .sent ? headers.outgoing : headers.incoming
    let note = headers.isMadeUp ? address ?? info?.peer : nil
    // MSG_TRUNC told the whole length already.
    let lost = record.flags.contains(.truncate) ? 0 : record.lost ?? 0
    let length = Int(record.result) + lost
    let size = max(1, record.segmentSize ?? length)
    (row.payload ?? []).withUnsafeBytes { bytes in
      var offset = 0
      repeat {
        let count = min(size, length - offset)
        let piece = UnsafeRawBufferPointer(
          rebasing: bytes[min(offset, bytes.count)..<min(offset + count, bytes.count)])
        let isUpper = upperInterface != nil && count > PacketHeader.mostOfUDP
        let whole = isUpper ? Self.upperHead.count + count : header.count + count
        writer.packet(
          on: isUpper ? upperInterface ?? interface : interface, at: record.end, length: whole, to: &output,
          captured: { output in
            if isUpper {
              Self.upperHead.withUnsafeBytes { output.append(bytes: $0) }
              output.append(bytes: piece)
            } else {
              header.append(datagram: piece, length: count, to: &output)
            }
          },
          comment: { if offset == 0 { Self.write(row, way, note, to: &$0) } })
        offset += count
      } while offset < length
    }
  }

  private mutating func headers(_ peer: String, _ addresses: inout PacketAddresses) -> Headers {
    if let known = headers[peer] { return known }
    if headers.count == Self.mostPeers { headers = [:] }
    let (ends, isMadeUp) = addresses.ends(of: info, with: peer)
    let made = (
      PacketHeader(.udp, from: ends.own, to: ends.peer), PacketHeader(.udp, from: ends.peer, to: ends.own),
      isMadeUp
    )
    headers[peer] = made
    return made
  }

  private static func write(
    _ row: ExportRows.Row, _ way: Direction, _ note: String?, to output: inout ByteBuffer
  ) {
    output.append(callOf: row.record)
    if let note, !note.isEmpty {
      output.append(way == .sent ? " to " : " from ")
      output.append(safe: note)
    }
    if row.payload == nil { output.append("; the bytes were dropped, to stay within --memory") }
    output.append("; seq ")
    output.append(number: row.sequence)
  }
}
