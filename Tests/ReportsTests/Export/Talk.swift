import Foundation
import SystemPackage

@testable import Traffic

/// A journal of calls on two ends of a connection, or on one, as tests want them.
struct Talk {
  let writer: JournalWriter
  let listener: SocketID
  let client: SocketID
  let server: SocketID
  private(set) var time: Nanoseconds = 1_000_000
  var journal: Journal { writer.journal }

  init(
    memory: Int = 64 << 20, kind: SocketKind = .tcp, local: String = "127.0.0.1:9000",
    peer: String = "127.0.0.1:50000", policy: ReceivePolicy = ReceivePolicy()
  ) {
    writer = JournalWriter(limit: memory, wall: SampleRun.wall)
    listener = writer.add(SocketInfo(name: "server", kind: kind, role: .listener, local: local))
    client = writer.add(SocketInfo(name: "client", kind: kind, role: .client, local: peer, peer: local))
    server = writer.add(
      SocketInfo(
        name: "server.1", kind: kind, role: .accepted, parent: listener, local: local, peer: peer,
        policy: policy))
  }

  mutating func pass(_ length: Nanoseconds) { time += length }

  /// Listens, connects and accepts.
  mutating func open() {
    writer.append(.listen(listener, at: time, backlog: 8), text: journal.socket(listener)?.info.local ?? "")
    let ends = journal.socket(client)?.info
    writer.append(
      .connect(client, from: time, to: time + 42_000),
      ConnectedEnds(local: ends?.local, peer: ends?.peer ?? ""))
    writer.append(.accept(listener, from: time, to: time + 60_000, connection: server, backlogLeft: 0))
    time += 100_000
  }

  mutating func send(
    _ socket: SocketID, _ bytes: [UInt8], flags: MessageFlags = [], failed errno: Errno? = nil,
    to address: String? = nil
  ) {
    var send = Record.send(socket, flags: flags, to: address.map(writer.intern))
    (send.start, send.end, send.asked) = (time, time + 5_000, UInt32(bytes.count))
    send.result = errno.map { -$0.rawValue } ?? Int32(bytes.count)
    bytes.withUnsafeBytes { _ = writer.append(send, payload: $0) }
    time += 10_000
  }

  mutating func recv(
    _ socket: SocketID, _ bytes: [UInt8], asked: Int? = nil, left: Int? = nil, flags: MessageFlags = [],
    conditions: Conditions = [], failed errno: Errno? = nil, from address: String? = nil
  ) {
    var recv = Record.recv(
      socket, from: time, to: time + 1_200_000, asked: asked ?? max(10, bytes.count),
      result: errno.map { -$0.rawValue } ?? Int32(bytes.count), flags: flags, conditions: conditions)
    recv.queued = left
    recv.address = address.map(writer.intern)
    bytes.withUnsafeBytes { _ = writer.append(recv, payload: $0) }
    time += 1_210_000
  }

  mutating func shutdown(_ socket: SocketID, _ how: Ending = .write) {
    writer.append(.shutdown(socket, how, from: time, to: time + 1_000))
    time += 2_000
  }

  mutating func close(_ socket: SocketID, _ how: Ending = .normal, unread: Int? = 0) {
    writer.append(.close(socket, how, from: time, to: time + 1_000, unread: unread))
    time += 2_000
  }

  /// A client that sends "12345" and 50 a, which recv(10) takes; then both close.
  static func recvReturns() -> Talk {
    var talk = Talk()
    talk.open()
    talk.send(talk.client, Array("12345".utf8))
    talk.recv(talk.server, Array("12345".utf8), left: 0)
    talk.pass(100_000_000)
    talk.send(talk.client, Array(repeating: UInt8(ascii: "a"), count: 50))
    for left in stride(from: 40, through: 0, by: -10) {
      talk.recv(talk.server, Array(repeating: UInt8(ascii: "a"), count: 10), left: left)
    }
    talk.send(talk.server, Array("ok\n".utf8))
    talk.recv(talk.client, Array("ok\n".utf8), left: 0)
    talk.close(talk.client)
    talk.recv(talk.server, [], left: 0)
    talk.close(talk.server)
    return talk
  }
}
