import SystemPackage
import Testing

@testable import Traffic

/// Sockets that are over go with the last of their records, and addresses with theirs: memory ends.
struct ForgettingTests {
  private let writer: JournalWriter
  private var journal: Journal { writer.journal }

  init() { writer = JournalWriter(limit: 4 << 20, wall: 0) }
  private init(limit: Int) { writer = JournalWriter(limit: limit, wall: 0) }

  private func add(_ name: String, role: SocketInfo.Role = .client, local: String? = nil, peer: String? = nil)
    -> SocketID
  {
    writer.add(SocketInfo(name: name, kind: .tcp, role: role, local: local, peer: peer))
  }

  private func receive(_ socket: SocketID, _ count: Int = 1, from address: AddressID? = nil) {
    var record = Record.recv(
      socket, from: 0, to: 1, asked: 64, result: Int32(count), flags: [], conditions: [])
    record.address = address
    [UInt8](repeating: 1, count: count).withUnsafeBytes { _ = writer.append(record, payload: $0) }
  }

  private func close(_ socket: SocketID) { writer.append(.close(socket, .normal, from: 1, to: 2)) }

  /// Makes the journal drop everything that it holds now.
  private func fill(_ socket: SocketID) {
    let end = journal.extent.records.upperBound
    while journal.extent.records.lowerBound <= end { receive(socket, 64) }
  }

  @Test func `A closed socket is forgotten with its last record, an open one is not`() {
    let (open, closed) = (add("open"), add("closed"))
    receive(open)
    receive(closed, 5)
    close(closed)
    #expect(journal.socket(closed)?.totals.isClosed == true)
    fill(add("other"))
    #expect(journal.socket(closed) == nil)
    #expect(journal.socket(named: "closed") == nil)
    #expect(journal.ranks(of: closed).isEmpty)
    #expect(journal.records(of: closed, in: 0..<9).isEmpty)
    #expect(journal.extent.forgottenSockets == 1)
    #expect(journal.socket(open)?.totals.receives == 1)
    #expect(journal.socket(named: "open") == open)
    #expect(Set(journal.openSockets.map(\.id)) == [open, SocketID(2)])
    #expect(journal.sockets == [open, SocketID(2)])
    #expect(journal.summary.sockets == 3)
    #expect(journal.summary.openSockets == 2)
  }

  @Test func `A socket whose second address took the connection is open`() {
    let client = add("client")
    writer.append(.connect(client, from: 0, to: 1, failed: .connectionRefused))
    #expect(journal.openSockets.isEmpty)
    writer.append(.connect(client, from: 2, to: 3))
    #expect(journal.openSockets.map(\.id) == [client] && journal.summary.openSockets == 1)
    fill(add("other"))
    #expect(journal.socket(client) != nil)
    close(client)
    #expect(journal.openSockets.map(\.id) == [SocketID(1)])
  }

  @Test func `A socket that was never opened is over, one that broke is not before it is closed`() {
    let (refused, unnamed, broken) = (add("refused"), add("unnamed"), add("broken"))
    writer.append(.connect(refused, from: 0, to: 1, failed: .connectionRefused))
    writer.append(.unopened(unnamed, from: 0, to: 1), text: "no such name")
    var reset = Record.recv(broken, from: 0, to: 1, asked: 10, result: -104, flags: [], conditions: [])
    writer.append(reset)
    reset = .send(broken, flags: [])
    reset.result = -32
    writer.append(reset)
    #expect(journal.openSockets.map(\.id) == [broken])
    fill(add("other"))
    #expect(journal.socket(refused) == nil && journal.socket(unnamed) == nil)
    #expect(journal.socket(broken)?.totals.receiveEnd == .failed(.connectionReset))
    close(broken)
    fill(SocketID(3))
    #expect(journal.socket(broken) == nil)
  }

  @Test func `What came and went leaves no memory behind`() {
    // A block of records is as much as 4000 short connections, whose table takes three times as much.
    Self(limit: 16 << 20).comeAndGo()
  }

  private func comeAndGo() {
    let listener = add("server", role: .listener)
    var most = 0
    for number in 0..<100_000 {
      let socket = add(
        "server.\(number)", role: .accepted, local: "127.0.0.1:80", peer: "127.0.0.1:\(number)")
      let datagrams = writer.intern(address: "127.0.0.1:\(number)")
      writer.append(.accept(listener, from: 0, to: 1, connection: socket, backlogLeft: 0))
      receive(socket, 1, from: datagrams)
      close(socket)
      if number % 10_000 == 0 { most = max(most, journal.extent.memory) }
    }
    let extent = journal.extent
    #expect(max(most, extent.memory) <= extent.limit + BlockPool.blockSize)
    #expect(journal.sockets.count < 25_000)
    #expect(extent.forgottenSockets + journal.sockets.count == 100_001)
    #expect(journal.summary.receives == 100_000)
    #expect(journal.summary.openSockets == 1)
    #expect(journal.text(of: AddressID(0)) == "—")
    #expect(journal.text(of: AddressID(99_999)) == "127.0.0.1:99999")
  }

  @Test func `An address that is asked for now outlives the records that had it`() {
    let socket = add("udp")
    let address = writer.intern(address: "127.0.0.1:7")
    receive(socket, 1, from: address)
    fill(socket)
    #expect(journal.text(of: address) == "—")
    let again = writer.intern(address: "127.0.0.1:7")
    #expect(again != address)
    receive(socket, 1, from: again)
    #expect(journal.text(of: again) == "127.0.0.1:7")
    // A record with an address that is forgotten tells none, and no other one's.
    receive(socket, 1, from: address)
    #expect(journal.records(in: 0..<Int.max).last?.record.address == nil)
  }

  @Test func `A reader follows the sockets change by change`() throws {
    let first = add("first")
    let version = journal.extent.socketsVersion
    #expect(journal.sockets(changedSince: version) == [])
    let second = add("second")
    writer.update(first) { $0.local = "127.0.0.1:1" }
    #expect(journal.sockets(changedSince: version) == [second, first])
    close(second)
    fill(first)
    #expect(try #require(journal.sockets(changedSince: version)).contains(second))
    for number in 0..<20_000 { writer.update(first) { $0.local = "127.0.0.1:\(number)" } }
    #expect(journal.sockets(changedSince: version) == nil)
  }

  @Test func `Peers stay paired while others of the same names come and go`() {
    func pair() -> (client: SocketID, accepted: SocketID) {
      let number = journal.summary.sockets
      return (
        writer.add(
          SocketInfo(name: "c\(number)", kind: .unix, role: .client, local: "unnamed", peer: "/s")),
        writer.add(
          SocketInfo(name: "s\(number)", kind: .unix, role: .accepted, local: "/s", peer: "unnamed"))
      )
    }
    let (one, two) = (pair(), pair())
    for socket in [one.client, two.accepted] { close(socket) }
    fill(add("other"))
    // One end of each is gone: the others have no peer, and are not each other's.
    #expect(journal.peer(of: one.accepted) == nil)
    #expect(journal.peer(of: two.client) == nil)
    let three = pair()
    #expect(journal.peer(of: three.client) == three.accepted)
    #expect(journal.peer(of: three.accepted) == three.client)
  }
}
