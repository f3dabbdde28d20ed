import SystemPackage

@testable import Traffic

/// A journal with one connection that received so, and sent so.
struct ComparedRun {
  let writer = JournalWriter(limit: 4 << 20, wall: 0)
  let socket: SocketID
  private var time: Nanoseconds = 0

  var journal: Journal { writer.journal }
  var source: CallSource { CallSource(journal, socket) }

  init(_ name: String = "server.1", kind: SocketKind = .tcp, role: SocketInfo.Role = .accepted) {
    socket = writer.add(SocketInfo(name: name, kind: kind, role: role))
  }

  /// - Parameter chunks: what recv calls returned; an empty one is the end of the stream.
  init(chunks: [String], asked: Int = 4096, kind: SocketKind = .tcp) {
    self.init(kind: kind)
    for chunk in chunks { receive(chunk, asked: asked) }
  }

  mutating func receive(
    _ chunk: String, asked: Int = 4096, waited: Nanoseconds = 1000, arrived: Nanoseconds? = nil
  ) {
    time += waited
    var record = Record.recv(
      socket, from: time - waited, to: time, asked: asked, result: Int32(chunk.utf8.count), flags: [],
      conditions: journal.socket(socket)?.info.kind.keepsBoundaries == true ? .datagram : [])
    record.arrived = arrived ?? time - 1
    append(record, chunk)
  }

  mutating func fail(_ errno: Errno) {
    time += 1000
    append(
      .recv(
        socket, from: time - 1000, to: time, asked: 4096, result: -errno.rawValue, flags: [], conditions: []),
      "")
  }

  /// - Parameter took: how long the call ran, over the pause and what is before it.
  mutating func send(_ chunk: String, after pause: Nanoseconds = 1000, took: Nanoseconds? = nil) {
    if took == nil { time += pause }
    var record = Record.send(socket, flags: .noSignal)
    (record.start, record.end) = (took.map { time - $0 } ?? time, time + 10)
    record.asked = UInt32(chunk.utf8.count)
    record.result = Int32(chunk.utf8.count)
    time += 10
    append(record, chunk)
  }

  mutating func close(_ how: Ending = .normal, after pause: Nanoseconds = 1000) {
    time += pause
    writer.append(.close(socket, how, from: time, to: time, unread: nil))
  }

  private func append(_ record: Record, _ text: String) {
    Array(text.utf8).withUnsafeBytes { _ = writer.append(record, payload: $0) }
  }
}
