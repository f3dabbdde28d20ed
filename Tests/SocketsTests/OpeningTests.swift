import CLinux
import Glibc
import Staging
import Synchronization
import SystemPackage
import Testing
import Traffic

@testable import Sockets

extension SocketsTests {
  @Suite struct OpeningTests {
    /// A folder for socket files, removed with everything in it.
    final class Folder {
      let path: String

      init() throws {
        var template = Array("/tmp/recvscope-XXXXXX".utf8CString)
        path = String(cString: try #require(mkdtemp(&template)))
      }

      deinit {
        for name in ["s", "file"] { unlink("\(path)/\(name)") }
        rmdir(path)
      }
    }

    private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    @Test(
      "a stale socket file is taken over, and removed at the end",
      arguments: ["--unix", "--unix-dgram", "--seqpacket"])
    func stale(option: String) throws {
      let folder = try Folder()
      let path = folder.path + "/s"
      do {
        // Bound and closed without unlink(2), as a program that was killed leaves it.
        let kind: SocketKind =
          option == "--unix" ? .unix : option == "--seqpacket" ? .seqpacket : .unixDatagram
        let socket = try Socket.make(family: AF_UNIX, kind: kind).get()
        try socket.bind(try #require(SocketAddress(unixPath: path, isAbstract: false))).get()
      }
      #expect(Self.exists(path))
      let stage = Stage()
      try stage.play(
        """
        listen "\(path)" --as server \(option)
        connect server --as client
        send client "x"
        wait \(option == "--unix-dgram" ? "server" : "server.1") bytes 1
        """)
      stage.manager.end()
      #expect(!Self.exists(path))
    }

    @Test("a regular file at the path is left alone")
    func regularFile() throws {
      let folder = try Folder()
      let path = folder.path + "/file"
      close(open(path, O_CREAT | O_WRONLY, 0o600))
      let stage = Stage()
      let failure = stage.failure(of: "listen \"\(path)\" --as server --unix")
      #expect(failure?.contains("no socket; it is left alone") == true, "\(failure ?? "")")
      #expect(Self.exists(path))
    }

    @Test(
      "a path where somebody listens is EADDRINUSE, and stays his",
      arguments: ["--unix", "--unix-dgram", "--seqpacket"])
    func live(option: String) throws {
      let folder = try Folder()
      let path = folder.path + "/s"
      let stage = Stage()
      try stage.play("listen \"\(path)\" --as server \(option)")
      for other in ["--unix", "--unix-dgram", "--seqpacket"] {
        let failure = stage.failure(of: "listen \"\(path)\" \(other)")
        #expect(failure?.contains("EADDRINUSE") == true, "\(failure ?? "")")
      }
      #expect(Self.exists(path))
      try stage.play("connect server --as client\nsend client \"x\"\nwait client sent\nexpect client send 1")
    }

    @Test("who listens at a path does not notice that it is asked for", arguments: ["--unix", "--seqpacket"])
    func unnoticed(option: String) throws {
      let folder = try Folder()
      let path = folder.path + "/s"
      let stage = Stage()
      try stage.play("listen \"\(path)\" --as server \(option) --accept manual")
      for other in ["--unix", "--unix-dgram", "--seqpacket"] {
        #expect(stage.failure(of: "listen \"\(path)\" \(other)")?.contains("EADDRINUSE") == true)
      }
      try stage.play("poll server\nexpect server ready none")
    }

    @Test("a path whose listener has a full backlog is EADDRINUSE at once")
    func fullBacklog() throws {
      let folder = try Folder()
      let path = folder.path + "/s"
      let address = try #require(SocketAddress(unixPath: path, isAbstract: false))
      let listener = try Socket.make(family: AF_UNIX, kind: .unix).get()
      try listener.bind(address).get()
      try listener.listen(backlog: 0).get()
      let client = try Socket.make(family: AF_UNIX, kind: .unix).get()
      try client.connect(address).get()
      let bell = Bell()
      let failure = Mutex<OpenFailure?>(nil)
      let thread = try Thread.start("test") {
        if case .failure(let found) = SocketFile.makeWay(at: path) { failure.withLock { $0 = found } }
        bell.ring()
      }.get()
      #expect(bell.wait(until: cl_monotonic() + Stage.patience))
      #expect(failure.withLock { $0 }?.message.contains("EADDRINUSE") == true)
      withExtendedLifetime((listener, client, thread)) {}
    }

    @Test("a path that somebody has bound and does not listen at yet stays his")
    func notListeningYet() throws {
      let folder = try Folder()
      let path = folder.path + "/s"
      let socket = try Socket.make(family: AF_UNIX, kind: .unix).get()
      try socket.bind(try #require(SocketAddress(unixPath: path, isAbstract: false))).get()
      let failure = Stage().failure(of: "listen \"\(path)\" --unix")
      #expect(failure?.contains("EADDRINUSE") == true, "\(failure ?? "")")
      #expect(Self.exists(path))
      withExtendedLifetime(socket) {}
    }

    @Test(
      "an address of another family than the socket's is refused before anything is called",
      arguments: [
        (
          "listen @recvscope-family --as server --unix", "connect server --as other --udp", "UDP takes a host"
        ),
        ("listen 0 --as server", "connect server --as other --unix", "a Unix socket takes a path"),
        ("listen 0 --as other --udp", "send other to @recvscope-family \"x\"", "UDP takes a host"),
        ("listen 0 --as other --udp", "send other to ./none \"x\"", "UDP takes a host"),
        (
          "listen @recvscope-family --as server --unix-dgram\nlisten 0 --as other --udp",
          "send other to server \"x\"", "UDP takes a host"
        ),
        (
          "listen @recvscope-family --as other --unix-dgram", "send other to 127.0.0.1:9 \"x\"",
          "a Unix socket takes a path"
        ),
      ])
    func families(before: String, line: String, reason: String) throws {
      let stage = Stage()
      try stage.play(before)
      let failure = stage.failure(of: line)
      #expect(failure?.contains(reason) == true, "\(failure ?? "nothing was refused")")
      if stage.journal.socket(named: "other") != nil {
        try stage.play("wait other sent")
        #expect(try stage.records("other", .send).isEmpty && stage.records("other", .connect).isEmpty)
      }
    }

    @Test(
      "the options of a connection stand after the call that opened it",
      arguments: [
        ("listen 0 --as server --timeout 1s", "server", Record.Kind.accept, "server.1"),
        ("listen 0 --as server", "client", .connect, "client"),
        ("listen 0 --as server --udp --timeout 1s", "server", .listen, "server"),
      ])
    func optionsAfter(line: String, opener: String, kind: Record.Kind, name: String) throws {
      let stage = Stage()
      try stage.play("\(line)\nconnect server --as client --timeout 1s\nwait \(name) sent")
      let (opening, own) = (try stage.id(opener), try stage.id(name))
      var option: Int?
      try stage.wait("the option is set") {
        option =
          stage.journal.records(of: own, in: stage.journal.ranks(of: own))
          .first { $0.record.kind == .option }?.sequence
        return option != nil
      }
      let call = stage.journal.records(of: opening, in: stage.journal.ranks(of: opening))
        .first { $0.record.kind == kind }
      #expect(try #require(call).sequence < #require(option))
    }

    @Test("a path in a folder that does not exist is ENOENT")
    func missingFolder() throws {
      let folder = try Folder()
      let failure = Stage().failure(of: "listen \"\(folder.path)/none/s\" --unix")
      #expect(failure?.contains("ENOENT") == true, "\(failure ?? "")")
    }

    @Test("a path over 107 bytes is refused")
    func longPath() {
      let path = "./" + String(repeating: "x", count: 106)
      #expect(Stage().failure(of: "listen \(path) --unix")?.contains("at most 107 bytes") == true)
    }

    @Test(
      "an abstract name leaves no file, and works like a path",
      arguments: ["--unix", "--unix-dgram", "--seqpacket"])
    func abstract(option: String) throws {
      let stage = Stage()
      try stage.play(
        """
        listen "@recvscope test \(option)" --as server \(option)
        connect "@recvscope test \(option)" --as client \(option)
        send client "hello"
        wait \(option == "--unix-dgram" ? "server" : "server.1") bytes 5
        expect server local "@recvscope test \(option)"
        expect client peer server
        """)
    }

    @Test("a port that is taken is EADDRINUSE, with the call and the address")
    func taken() throws {
      let stage = Stage()
      try stage.play("listen 0 --as server")
      let local = try #require(stage.journal.socket(try stage.id("server"))?.info.local)
      #expect(
        stage.failure(of: "listen \(local)") == "bind \(local): EADDRINUSE (Address already in use)"
          || stage.failure(of: "listen \(local)")?.hasPrefix("listen \(local): EADDRINUSE") == true)
      #expect(stage.journal.socket(try stage.id("server2"))?.totals.receiveEnd == .unopened)
    }

    @Test("a port with connections in TIME_WAIT can be taken again, and with --reuseaddr off it cannot")
    func timeWait() throws {
      let stage = Stage()
      // The connection that the server closed first is in TIME_WAIT.
      try stage.play(
        """
        listen 0 --as server
        connect server --as client --at-end close
        close server.1
        close server
        wait client end
        wait client sent
        wait server.1 sent
        """)
      let local = try #require(stage.journal.socket(try stage.id("server"))?.info.local)
      let failure = stage.failure(of: "listen \(local) --reuseaddr off")
      #expect(failure == "bind \(local): EADDRINUSE (Address already in use)")
      try stage.play(
        "listen \(local) --as again\nconnect again --as late\nsend late \"x\"\nwait again.1 bytes 1")
    }

    @Test(
      "an option that is set unasked is a record as well",
      arguments: [("", "on"), ("--reuseaddr", "on"), ("--reuseaddr off", "off"), ("--udp", nil)]
        as [(String, String?)])
    func reuseAddress(option: String, granted: String?) throws {
      let stage = Stage()
      try stage.play("listen 0 --as server \(option)")
      let changes = try stage.records("server", .option).compactMap {
        OptionChange(payload: stage.journal.payload(of: $0) ?? [])
      }
      #expect(changes == (granted.map { [OptionChange(name: "reuseaddr", granted: $0, asked: $0)] } ?? []))
    }

    @Test(
      "a client is bound before it connects: getsockname and its peer tell the address",
      arguments: [
        ("0", "127.0.0.3:0", "127.0.0.3:"), ("0 --udp", "127.0.0.3:0", "127.0.0.3:"),
        ("\"@recvscope test from\"", "\"@recvscope test own\"", "@recvscope test own"),
      ])
    func from(address: String, own: String, begins: String) throws {
      let stage = Stage()
      try stage.play(
        "listen \(address) --as server\nconnect server --as client --from \(own)\nsend client \"x\"\nwait client sent"
      )
      let local = try stage.connection("client").socket.localAddress?.text
      #expect(local?.hasPrefix(begins) == true && local?.hasSuffix(":0") == false, "\(local ?? "")")
      #expect(stage.journal.socket(try stage.id("client"))?.info.local == local)
      if !address.hasSuffix("--udp") {
        try stage.play("wait server.1 bytes 1")
        #expect(stage.journal.socket(try stage.id("server.1"))?.info.peer == local)
      }
    }

    @Test("a client's own path is there while it is open, and goes with it; the peer sees it")
    func fromPath() throws {
      let folder = try Folder()
      let stage = Stage()
      let own = "\(folder.path)/own"
      try stage.play(
        """
        listen "\(folder.path)/s" --as server --unix-dgram
        connect server --as client --from "\(own)"
        send client "x"
        wait server bytes 1
        send server "back"
        wait client bytes 4
        """)
      #expect(access(own, F_OK) == 0)
      try stage.play("close client")
      try stage.wait("its file is gone") { access(own, F_OK) != 0 }
    }

    @Test(
      "an address that a client cannot have is bind's failure, told with it",
      arguments: [
        ("127.0.0.1:1", "192.0.2.200:0", "bind 192.0.2.200:0: EADDRNOTAVAIL"),
        ("127.0.0.1:1", "[::1]:0", "address [::1]:0: 127.0.0.1:1 and it are of two families"),
        ("server", "@own", "a Unix socket has it; TCP takes a host and a port"),
      ])
    func fromRefused(address: String, own: String, message: String) throws {
      let stage = Stage()
      try stage.play("listen 0 --as server")
      let failure = stage.failure(of: "connect \(address) --as client --from \(own)\nwait client sent")
      #expect(failure?.contains(message) == true, "\(failure ?? "")")
    }

    @Test("a name with addresses of two families is reached from the one that was bound")
    func fromName() throws {
      let stage = Stage()
      try stage.play("listen 0 --as server")
      let local = try #require(stage.journal.socket(try stage.id("server"))?.info.local)
      let port = try #require(local.split(separator: ":").last)
      try stage.play(
        "connect localhost:\(port) --as client --from 127.0.0.3:0\nsend client \"x\"\nwait server.1 bytes 1")
      #expect(try stage.records("client", .connect).count == 1)
    }

    @Test("a client of a listener on every interface has the peer that getpeername() tells")
    func wildcard() throws {
      let stage = Stage()
      try stage.play(
        "listen *:0 --as server\nconnect server --as client\nsend client \"x\"\nwait server.1 bytes 1")
      let peer = try #require(stage.journal.socket(try stage.id("client"))?.info.peer)
      #expect(peer.hasPrefix("127.0.0.1:") && !peer.hasSuffix(":0"))
      #expect(stage.journal.peer(of: try stage.id("server.1")) == (try stage.id("client")))
    }

    @Test("a dual-stack listener takes an IPv4 client; with --v6only it does not")
    func dualStack() throws {
      let stage = Stage()
      guard stage.failure(of: "listen [::]:0 --as server --mode epoll") == nil else {
        return  // no IPv6 here
      }
      let local = try #require(stage.journal.socket(try stage.id("server"))?.info.local)
      let port = local.split(separator: ":").last.map(String.init) ?? ""
      try stage.play("connect 127.0.0.1:\(port) --as client\nsend client \"x\"\nwait server.1 bytes 1")
      let info = try #require(stage.journal.socket(try stage.id("server.1"))).info
      #expect(info.peer?.hasPrefix("[::ffff:127.0.0.1]:") == true, "\(info)")
      // It is the client's own address, and the chunk is known to be what it sent.
      try stage.play("expect server.1 peer client")
      #expect(stage.journal.peer(of: try stage.id("server.1")) == (try stage.id("client")))

      try stage.play("listen [::]:0 --as only --v6only")
      let other = try #require(stage.journal.socket(try stage.id("only"))?.info.local)
      let otherPort = other.split(separator: ":").last.map(String.init) ?? ""
      try stage.play("connect 127.0.0.1:\(otherPort) --as refused")
      #expect(stage.failure(of: "wait refused sent")?.contains("ECONNREFUSED") == true)
    }

    @Test("a name is taken once")
    func names() throws {
      let stage = Stage()
      try stage.play("listen 0\nlisten 0\nconnect server2\nconnect server2")
      try stage.play("wait client sent\nwait client2 sent")
      #expect(stage.failure(of: "listen 0 --as server")?.contains("this name is taken") == true)
    }

    @Test(
      "an option that the kernel refuses, or that does not fit, is an error",
      arguments: [
        ("listen 0 --udp --nodelay", "nodelay"), ("listen 0 --udp --flags oob", "oob"),
        ("listen 0 --gro", "gro"), ("listen 0 --udp --join 10.0.0.1", "join"),
      ])
    func refused(line: String, word: String) {
      let failure = Stage().failure(of: line)
      #expect(failure?.contains(word) == true, "\(failure ?? "nothing was refused")")
    }
  }
}
