import CLinux
import Glibc
import Testing
import Traffic
import Watching

@Suite struct RecordTests {
  @Test
  func `sockets are named by descriptor or listener, have the kernel's addresses, and find their peers`()
    throws
  {
    let journal = record(
      """
      import socket
      server = socket.create_server(("127.0.0.1", 0))
      client = socket.create_connection(server.getsockname())
      connection, _ = server.accept()
      client.send(b"12345")
      connection.recv(10)
      client.close()
      connection.recv(10)
      """)
    let listener = try #require(journal.socket(named: "app.fd3"))
    let client = try #require(journal.socket(named: "app.fd4"))
    let accepted = try #require(journal.socket(named: "app.fd3.1"))
    #expect(journal.socket(listener)?.info.role == .listener)
    #expect(journal.socket(accepted)?.info.parent == listener)
    #expect(journal.socket(accepted)?.info.peer == journal.socket(client)?.info.local)
    #expect(journal.peer(of: accepted) == client)
    #expect(journal.peer(of: client) == accepted)
    let receives = journal.records(of: accepted, in: 0..<100).map(\.record).filter { $0.kind == .recv }
    #expect(receives.map(\.result) == [5, 0])
    #expect(receives.map { Reason($0) } == [.drained, .endOfStream])
    #expect(receives.allSatisfy { $0.call == .recvfrom && $0.descriptor != nil && $0.thread == $0.process })
    #expect(journal.payload(of: receives[0]) == Array("12345".utf8))
  }

  @Test func `a close is the end of a socket only with its last descriptor`() throws {
    let journal = record(
      """
      import socket, os
      one, other = socket.socketpair()
      copy = os.dup(one.fileno())
      one.close()
      os.write(copy, b"still")
      os.close(copy)
      again = socket.socket()
      """)
    let socket = try #require(journal.socket(named: "app.fd3"))
    let closes = journal.records(of: socket, in: 0..<100).map(\.record).filter { $0.call == .close }
    #expect(closes.map(\.kind) == [.call, .close])
    #expect(journal.socket(socket)?.totals.sends == 1)
    // The descriptor is used again, by another socket.
    #expect(journal.socket(named: "app.fd3-2") != nil)
  }

  @Test func `what became of the program is told`() throws {
    let journal = record("import sys; sys.exit(3)")
    let program = try #require(journal.socket(named: "app"))
    let records = journal.records(of: program, in: 0..<100).map(\.record)
    let start = try #require(records.first { $0.kind == .startProgram })
    let body = try #require(journal.body(ProgramStart.self, of: start))
    #expect(body.command.hasPrefix("/usr/bin/python3"))
    #expect(records.last?.kind == .exitProgram)
    #expect(records.last?.exitStatus == 3)
    #expect(records.last?.process == start.process)
  }

  @Test func `a connect that goes on by itself is no end`() throws {
    let journal = record(
      """
      import socket, select
      server = socket.create_server(("127.0.0.1", 0))
      client = socket.socket()
      client.setblocking(False)
      client.connect_ex(server.getsockname())
      select.select([], [client], [])
      client.send(b"x")
      """)
    let client = try #require(journal.socket(named: "app.fd4"))
    #expect(journal.socket(client)?.info.peer?.hasPrefix("127.0.0.1:") == true)
    #expect(journal.socket(client)?.info.local != nil)
    let program = try #require(journal.socket(named: "app"))
    let wait = try #require(
      journal.records(of: program, in: 0..<100).map(\.record).first { $0.kind == .wait })
    #expect(journal.body(WaitSets.self, of: wait)?.writable == [client])
    #expect(wait.call == .pselect6)
  }

  @Test func `a wait has the timeout that was asked for, and not the one that the kernel leaves there`()
    throws
  {
    let journal = record(
      """
      import ctypes, os, select, socket, struct
      one, other = socket.socketpair()
      libc = ctypes.CDLL(None)
      entry = ctypes.create_string_buffer(struct.pack("ihh", one.fileno(), 1, 0))
      words = ctypes.create_string_buffer(struct.pack("Q", 1 << one.fileno()) + bytes(120))
      select.select([one], [], [], 0.002)
      time = ctypes.create_string_buffer(struct.pack("qq", 0, 3000000))
      machine = os.uname().machine
      libc.syscall({"x86_64": 271, "aarch64": 73}[machine], entry, 1, time, None, 8)  # ppoll
      rest = ctypes.create_string_buffer(struct.pack("qq", 0, 4000))
      if machine == "x86_64": libc.syscall(23, one.fileno() + 1, words, None, None, rest)  # select
      else: select.select([one], [], [], 0.004)
      words = ctypes.create_string_buffer(struct.pack("Q", 1 << one.fileno()) + bytes(120))
      other.send(b"x")
      never = ctypes.create_string_buffer(struct.pack("qq", (1 << 63) - 1, 0))
      libc.select(one.fileno() + 1, words, None, None, never)
      select.select([one], [], [])
      """)
    let program = try #require(journal.socket(named: "app"))
    let waits = journal.records(of: program, in: 0..<100).map(\.record).filter { $0.kind == .wait }
    #expect(waits.map(\.timeout) == [2_000_000, 3_000_000, 4_000_000, .max, nil])
  }

  @Test func `a file that sendfile sends is recorded with its bytes`() throws {
    let journal = record(
      """
      import socket, os
      one, other = socket.socketpair()
      os.sendfile(one.fileno(), os.open("/etc/passwd", os.O_RDONLY), 0, 20)
      other.recv(100)
      """)
    let socket = try #require(journal.socket(named: "app.fd3"))
    let send = try #require(
      journal.records(of: socket, in: 0..<100).map(\.record).first { $0.kind == .send })
    #expect(send.call == .sendfile)
    #expect(journal.payload(of: send).map { String(decoding: $0, as: UTF8.self) }?.hasPrefix("root:") == true)
  }

  private func record(_ text: String) -> Journal {
    let writer = JournalWriter(limit: 64 << 20, wall: 0)
    let journal = ProgramJournal(
      writer, origin: cl_monotonic(), name: "app", command: "/usr/bin/python3 -c ...")
    let seen = Seen(recordedIn: journal)
    seen.watch.start(ProgramCommand(["/usr/bin/python3", "-c", text]))
    _ = seen.wait()
    return writer.journal
  }
}
