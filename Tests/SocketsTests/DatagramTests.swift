import Staging
import SystemPackage
import Testing
import Traffic

@testable import Sockets

extension SocketsTests {
  @Suite struct DatagramTests {
    @Test(
      "a datagram is one recv, and what does not fit is lost and told",
      arguments: [
        ("--udp", "0"), ("--unix-dgram", "\"@recvscope test datagram\""),
        ("--seqpacket", "\"@recvscope test packet\""),
      ])
    func truncates(option: String, address: String) throws {
      let stage = Stage()
      let isConnection = option == "--seqpacket"
      try stage.play(
        """
        listen \(address) --as server \(option) --recv 10
        connect server --as client
        send client "a"*30 "" "12345"
        wait \(isConnection ? "server.1" : "server") recv 3
        """)
      let records = try stage.records(isConnection ? "server.1" : "server", .recv)
      #expect(records.prefix(3).map(\.returned) == [10, 0, 5])
      #expect(records.prefix(3).map(\.lost) == [20, 0, 0])
      #expect(records.prefix(3).map { Reason($0) } == [.datagramTruncated, .datagramEmpty, .datagram])
      #expect(try stage.received(isConnection ? "server.1" : "server").count == 15)
    }

    @Test(
      "empty records that a peer sent before it closed are records, each of them",
      arguments: EndingTests.modes)
    func emptyBeforeEnd(mode: ReceivePolicy.Mode) throws {
      let stage = Stage()
      try stage.play(
        """
        listen "@recvscope test empty" --as server --seqpacket --paused --mode \(mode.rawValue)
        connect server --as client
        send client "" "ab" "" "" close
        wait client sent
        resume server.1
        wait server.1 end
        """)
      #expect(
        try stage.reasons("server.1") == [
          .datagramEmpty, .datagram, .datagramEmpty, .datagramEmpty, .endOfStream,
        ])
    }

    @Test("every recv says whom the datagram is from, and the answer goes there")
    func partners() throws {
      let stage = Stage()
      try stage.play(
        """
        listen 0 --as server --udp
        connect server --as one
        connect server --as two
        send one "1"
        wait server bytes 1
        send two "22"
        wait server bytes 3
        send server "to two"
        send server to one "to one"
        wait one bytes 6
        wait two bytes 6
        expect one data "to one"
        expect two data "to two"
        """)
      let from = try stage.records("server", .recv).compactMap(\.address).map(stage.journal.text(of:))
      let local = try ["one", "two"].map { stage.journal.socket(try stage.id($0))?.info.local }
      #expect(from == local)
    }

    @Test("a server that heard from nobody cannot answer")
    func heardNobody() throws {
      let stage = Stage()
      try stage.play("listen 0 --as server --udp")
      #expect(stage.failure(of: "send server \"x\"")?.contains("heard from nobody") == true)
    }

    @Test("UDP_GRO: one recv returns several datagrams, and says how many and how long each was")
    func joined() throws {
      let stage = Stage()
      try stage.play(
        """
        listen 0 --as server --udp --gro
        connect server --as client --udp --gso 100
        send client "a"*450
        wait server bytes 450
        set server --recv 120
        send client "b"*450 "c"
        wait server bytes 571
        """)
      // Without the EINTR by which `set` stopped receiving.
      let records = try stage.records("server", .recv).filter { $0.errno == nil }
      let together = try #require(records.first)
      try #require(together.returned == 450, "this kernel's loopback does not join datagrams")
      #expect(Reason(together) == .datagramsJoined && together.segmentSize == 100 && together.segments == 5)
      #expect(together.outcome == "5 datagrams, joined")
      let text = Explanation(together, in: stage.journal).text
      #expect(text.contains("joined 5 datagrams of 100 bytes") && !text.contains("never bytes of two"))
      let cut = records[1]
      #expect(Reason(cut) == .datagramTruncated && cut.lost == 330 && cut.segments == 5)
      let alone = records[2]
      #expect(Reason(alone) == .datagram && alone.segmentSize == nil && alone.segments == nil)
    }

    @Test("65508 bytes are EMSGSIZE, and the next send is a new try")
    func tooLarge() throws {
      let stage = Stage()
      try stage.play(
        """
        listen 0 --as server --udp --recv 70000
        connect server --as client
        send client zeros(65507) zeros(65508) "after"
        wait client sent
        expect client send 65507 EMSGSIZE 5
        wait server recv 2
        expect server recv 65507 5
        """)
    }

    @Test("nobody at a UDP port: the connected socket's next call fails, and the one after it does not")
    func refused() throws {
      let stage = Stage()
      try stage.play(
        """
        listen 0 --as gone --udp
        connect gone --as client
        wait client sent
        close gone
        wait gone sent
        send client "x"
        wait client recv 1
        expect client recv ECONNREFUSED
        """)
      #expect(try stage.reasons("client") == [.error])
      #expect(stage.journal.socket(try stage.id("client"))?.totals.receiveEnd == nil)
    }

    @Test("a session's address is taken when its client is opened, not later")
    func addressOfClosed() throws {
      for _ in 0..<50 {
        let stage = Stage()
        try stage.play("listen 0 --as gone --udp\nconnect gone --as client\nclose gone\nwait client sent")
      }
    }

    @Test("a session that is closed has no address to connect to")
    func closedSession() throws {
      let stage = Stage()
      try stage.play("listen 0 --as gone --udp\nclose gone\nwait gone sent\nconnect gone --as client")
      #expect(stage.failure(of: "wait client sent") == "connect gone: no open session has this name")
    }

    /// The newest option that was set on a socket.
    private func newestChange(_ stage: Stage, _ name: String) throws -> OptionChange? {
      try stage.records(name, .option).last.flatMap { stage.journal.payload(of: $0) }
        .flatMap { OptionChange(payload: $0) }
    }

    @Test("what is sent to a group comes in on the interface that was named, until the group is left")
    func multicast() throws {
      let stage = Stage()
      try stage.play("listen *:0 --as r --udp --join 239.81.2.3%lo")
      #expect(
        try newestChange(stage, "r")
          == OptionChange(name: "join", granted: "239.81.2.3%lo", asked: "239.81.2.3%lo"))
      let local = try #require(stage.journal.socket(try stage.id("r"))?.info.local)
      let port = try #require(local.split(separator: ":").last)
      // Bound to loopback, what is sent to a group goes out there. See ip(7).
      try stage.play(
        """
        connect 239.81.2.3:\(port) --as s --udp --from 127.0.0.1:0
        send s "to all"
        wait r bytes 6
        set r --leave 239.81.2.3%lo
        send s "missed"
        wait s sent
        connect 127.0.0.1:\(port) --as t --udp
        send t "to one"
        wait r bytes 12
        expect r data "to all" "to one"
        """)
    }

    @Test("one socket can be in several groups")
    func groups() throws {
      let stage = Stage()
      try stage.play("listen *:0 --as r --udp --join 239.81.2.6%lo --join 239.81.2.7%lo")
      let local = try #require(stage.journal.socket(try stage.id("r"))?.info.local)
      let port = try #require(local.split(separator: ":").last)
      try stage.play(
        """
        connect 239.81.2.6:\(port) --as one --udp --from 127.0.0.1:0
        connect 239.81.2.7:\(port) --as other --udp --from 127.0.0.1:0
        send one "first"
        wait r bytes 5
        send other "second"
        wait r bytes 11
        set r --leave 239.81.2.6%lo --leave 239.81.2.7%lo
        expect r data "firstsecond"
        """)
    }

    @Test("an IPv6 group is joined on the interface that was named")
    func multicastSix() throws {
      let stage = Stage()
      guard stage.failure(of: "listen [::]:0 --as r --udp --join ff02::81%lo") == nil else {
        return  // no IPv6 here
      }
      #expect(try newestChange(stage, "r")?.granted == "ff02::81%lo")
      #expect(stage.failure(of: "set r --join ff02::81%lo")?.contains("EADDRINUSE") == true)
      try stage.play("set r --leave ff02::81%lo")
    }

    @Test("a group on an interface that there is not is refused")
    func noInterface() throws {
      let failure = Stage().failure(of: "listen *:0 --as r --udp --join 239.81.2.5%none")
      #expect(failure?.contains("setsockopt join: ENODEV") == true, "\(failure ?? "")")
    }
  }
}
