import Glibc
import Testing
import Traffic
import Watching

/// Programs that cannot be started, and those that are hard to follow.
@Suite struct BadProgramTests {
  @Test func `a command that does not exist, or is not executable, says so`() {
    #expect(Seen.run(["/no/such/program"]).failure == .notStarted(command: "/no/such/program", errno: ENOENT))
    #expect(Seen.run(["no-such-program"]).failure == .notStarted(command: "no-such-program", errno: ENOENT))
    #expect(Seen.run(["/etc/passwd"]).failure == .notStarted(command: "/etc/passwd", errno: EACCES))
  }

  @Test func `a program that exits at once is seen to its end`() throws {
    for _ in 0..<20 {
      let events = Seen.run(["/bin/true"])
      #expect(events.exits == [try #require(events.program): .exited(0)])
    }
  }

  @Test func `a thousand children are seen to their ends`() {
    let events = script(
      """
      import os, socket
      one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
      for n in range(1000):
          if os.fork() == 0:
              one.send(b"%d" % n)
              os._exit(n % 7)
          other.recv(10)
      for n in range(1000): os.wait()
      """)
    #expect(events.exits.count == 1001)
    #expect(events.calls.filter { $0.name == "sendto" }.count == 1000)
    #expect(Set(events.calls.filter { $0.name == "recvfrom" }.map(\.bytes)).count == 1000)
    #expect(events.lost == 0)
  }

  @Test func `a program that closes all its descriptors is seen`() {
    let events = script(
      """
      import os, socket
      sockets = [socket.socket() for _ in range(5)]
      os.closerange(3, 1 << 20)
      one, other = socket.socketpair()
      one.send(b"after"); other.recv(10)
      """)
    #expect(events.calls.filter { $0.detail.hasSuffix("true") }.count >= 5)
    #expect(events.calls.last { $0.name == "recvfrom" }?.bytes == Array("after".utf8))
  }

  /// The kernel refuses each of them, and what is read of them afterwards is nonsense.
  @Test func `calls with nonsense for arguments are records with their errno`() {
    let events = script(
      """
      import ctypes, socket, struct
      libc = ctypes.CDLL(None)
      one, other = socket.socketpair()
      one.setblocking(False); fd = one.fileno()
      big = (1 << 63) - 1
      pieces = ctypes.create_string_buffer(struct.pack("QQQQ", 4096, big, 4096, big))
      place = ctypes.addressof(pieces)
      header = ctypes.create_string_buffer(struct.pack("QIIQQQQiI", 1, 1 << 31, 0, place, 1 << 63, place, 1 << 63, 0, 0))
      control = ctypes.create_string_buffer(struct.pack("Qii", big, 1, 1))
      strange = ctypes.create_string_buffer(
          struct.pack("QIIQQQQiI", 0, 0, 0, place, 2, ctypes.addressof(control), 16, 0, 0))
      for call in libc.recvmsg, libc.sendmsg:
          for message in header, strange, ctypes.c_void_p(1), ctypes.c_void_p((1 << 64) - 8): call(fd, message, 0x40)
      for call in libc.recvmmsg, libc.sendmmsg:
          for message in header, strange, ctypes.c_void_p((1 << 64) - 8): call(fd, message, 1 << 31, 0x40, None)
      libc.readv(fd, pieces, 2); libc.writev(fd, pieces, 2); libc.writev(fd, ctypes.c_void_p(1), -1)
      libc.recv(fd, ctypes.c_void_p(1), ctypes.c_size_t(big), 0x40); libc.send(fd, ctypes.c_void_p(1), 10, 0x40)
      libc.recvfrom(fd, pieces, ctypes.c_size_t(10), 0x40, ctypes.c_void_p(1), ctypes.c_void_p(1))
      libc.bind(fd, ctypes.c_void_p(1), -1); libc.connect(fd, pieces, 1 << 31)
      libc.setsockopt(fd, 1 << 31, -1, ctypes.c_void_p(1), 1 << 31); libc.setsockopt(fd, 1, 2, pieces, -1)
      never = ctypes.create_string_buffer(struct.pack("qq", big, 0))
      sets = ctypes.create_string_buffer(struct.pack("Q", 1 << fd) + bytes(120))
      one.close()
      libc.select(-5, sets, None, None, never); libc.select(1 << 30, ctypes.c_void_p(1), None, None, never)
      libc.poll(ctypes.c_void_p(1), ctypes.c_ulong((1 << 64) - 1), -1)
      libc.ppoll(sets, ctypes.c_ulong((1 << 32) - 1), never, None)
      libc.epoll_wait(other.fileno(), ctypes.c_void_p(1), -1, 0); libc.epoll_ctl(fd, 1, 5, ctypes.c_void_p(1))
      libc.close_range(5, 2, 0); libc.dup2(-1, 1 << 30); libc.close(-1)
      """)
    #expect(events.exits.values.map { $0 } == [.exited(0)])
    #expect(events.lost == 0)
    #expect(events.calls.filter { $0.name.contains("msg") }.count == 14)
    #expect(events.calls.filter { $0.name.contains("msg") }.allSatisfy { $0.result < 0 })
  }

  @Test func `a program that runs out of descriptors is seen`() {
    let events = script(
      """
      import resource, socket
      resource.setrlimit(resource.RLIMIT_NOFILE, (20, 20))
      kept = []
      try:
          while True: kept.append(socket.socket())
      except OSError: pass
      """)
    #expect(events.calls.filter { $0.name == "socket" }.last?.result == -Int64(EMFILE))
    #expect(events.lost == 0)
  }

  private func script(_ text: String) -> Seen.Events { Seen.run(["/usr/bin/python3", "-c", text]) }
}
