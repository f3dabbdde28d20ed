import Glibc
import Sockets
import Traffic

/// Sends standard input as it comes and half-closes at its end. The peer's end of stream does not end it: the sending
/// side may still be used. An error of the connection does.
struct InputPump {
  /// The records after which nothing may be sendable any more.
  private static let endings = RecordKinds {
    $0.kind == .shutdown || $0.kind == .close || $0.result < 0 && ($0.kind == .recv || $0.kind == .send)
  }

  /// What a UDP datagram over IPv4 can carry: 65535 without the IP header and the UDP header. See udp(7).
  private static let largestDatagram = 65_507

  let connection: Connection
  let journal: Journal

  /// Returns at the end of standard input, or when nothing can be sent any more.
  func run() {
    let bell = Bell()
    let reader = journal.makeReader()
    defer { journal.forget(reader) }
    var buffer = [UInt8](repeating: 0, count: connection.kind == .udp ? Self.largestDatagram : 1 << 16)
    while canSend {
      let next = journal.extent.records.upperBound
      guard canSend,
        journal.wake(reader, when: next, of: Self.endings, on: connection.id, bell.ring)
      else { continue }
      var entries = [
        pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
        pollfd(fd: bell.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      poll(&entries, 2, -1)
      if entries[1].revents != 0 { bell.clear() }
      if entries[0].revents == 0 { continue }
      // The buffer is not empty.
      let count = buffer.withUnsafeMutableBytes { Glibc.read(STDIN_FILENO, $0.baseAddress!, $0.count) }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      if count <= 0 { break }
      connection.send(Array(buffer[..<count]))
      connection.waitUntilIdle()
    }
    if connection.kind.isConnectionOriented, canSend { connection.shutdown(.write) }
  }

  private var canSend: Bool {
    guard let totals = journal.socket(connection.id)?.totals else { return false }
    if case .failed = totals.receiveEnd { return false }
    return totals.sendEnd == nil
  }
}
