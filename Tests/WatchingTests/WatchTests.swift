import CLinux
import Glibc
import SystemPackage
import Testing
import Traffic
import Watching

private let python = "/usr/bin/python3"

@Suite struct WatchTests {
  // MARK: The same as strace

  /// Rounds of four pairs of threads, side by side in four processes: 20,000 calls, or with `WATCHED=100000` as many.
  private static let rounds = (getenv("WATCHED").flatMap { Int(String(cString: $0)) } ?? 20_000) / 16

  @Test(arguments: [(false, rounds), (true, 200)])
  func `every thread makes the calls that strace sees, with the same results, in the same order`(
    isDetachable: Bool, rounds: Int
  ) throws {
    let words = [python, Seen.program("exchange.py"), "\(rounds)"]
    let strace = try #require(Strace(words))
    var options = WatchOptions()
    options.isDetachable = isDetachable
    let events = Seen.run(words, options)
    var threads: [Int32: [Strace.Call]] = [:]
    // strace does not tell what becomes of a call that a signal interrupts.
    for call in events.calls
    where call.socket != nil && Strace.names.contains(call.name) && call.result != -4 {
      let result = call.result < 0 ? Errno(rawValue: Int32(-call.result)).name : "\(call.result)"
      threads[call.thread, default: []].append(Strace.Call(call.name, result))
    }
    let seen = threads.values.sorted { "\($0)" < "\($1)" }
    #expect(seen.joined().count >= 16 * rounds)
    #expect(seen.count == strace.threads.count)
    for (seen, strace) in zip(seen, strace.threads) {
      let place = zip(seen, strace).prefix { $0 == $1 }.count
      #expect(seen.count == strace.count)
      #expect(
        seen.dropFirst(place).prefix(3).map(\.description)
          == strace.dropFirst(place).prefix(3).map(\.description))
    }
    #expect(events.exits[try #require(events.program)] == .exited(7))
    #expect(events.lost == 0)
  }

  @Test func `bytes, sizes and what is left are those of the calls`() {
    let events = script(
      """
      import socket, os
      one, other = socket.socketpair()
      one.send(b"12345" + b"a" * 50)
      while other.recv(10, socket.MSG_DONTWAIT) != b"aaaaa": pass
      one.close()
      other.recv(10)
      """)
    let calls = events.calls.filter { $0.name == "recvfrom" }
    #expect(calls.map(\.result) == [10, 10, 10, 10, 10, 5, 0])
    #expect(calls.map(\.queued) == [45, 35, 25, 15, 5, 0, 0])
    #expect(calls.allSatisfy { $0.asked == 10 && $0.bytes.count == $0.result })
    #expect(calls.first?.bytes == Array("12345aaaaa".utf8))
  }

  @Test func `a call that a signal interrupts is one, or EINTR where the handler ends it`() throws {
    // PEP 475 makes Python call again after EINTR: the first signal has SA_RESTART, the second has not.
    let events = Seen.run([python, Seen.program("exchange.py"), "1"])
    let woken = events.calls.filter { $0.name == "recvfrom" && $0.bytes == Array("woken".utf8) }
    #expect(woken.count == 2)
    #expect(try #require(woken.first).waited > 100_000_000)
    let interrupted = events.calls.filter { $0.result == -4 }
    #expect(interrupted.count == 1)
    #expect(try #require(interrupted.first).waited > 30_000_000)
    #expect(events.calls.allSatisfy { $0.result > -512 })
  }

  // MARK: The program is as without us

  @Test func `the peer sees the end of stream at close, and epoll forgets it`() {
    let events = script(
      """
      import socket, select
      server = socket.create_server(("127.0.0.1", 0))
      client = socket.create_connection(server.getsockname())
      connection, _ = server.accept()
      client.send(b"x")
      connection.recv(1)
      epoll = select.epoll()
      epoll.register(client, select.EPOLLIN | select.EPOLLOUT)
      connection.close()
      assert client.recv(1) == b""
      client.close()
      assert epoll.poll(0) == []
      """)
    #expect(events.exits.values.first == .exited(0))
    #expect(events.calls.last { $0.name == "recvfrom" }?.result == 0)
  }

  @Test(arguments: [
    ("import sys; sys.exit(3)", ProgramEnd.exited(3)),
    ("import os; os.kill(os.getpid(), 15)", .killed(signal: 15)),
  ])
  func `its exit status is its own`(text: String, end: ProgramEnd) throws {
    let events = script(text)
    #expect(events.exits[try #require(events.program)] == end)
  }

  @Test func `it can be stopped and continued`() throws {
    let seen = Seen()
    seen.watch.start(ProgramCommand([python, "-c", "import time\nwhile True: time.sleep(0.01)"]))
    let program = try #require(seen.wait { $0.program != nil }.program)
    kill(program, SIGSTOP)
    _ = seen.wait { $0.signals.contains(SIGSTOP) }
    // Each call that it makes stops it for a moment, too; while it goes on, it mostly sleeps.
    wait { (0..<50).allSatisfy { _ in ["T", "t"].contains(state(of: program)) } }
    kill(program, SIGCONT)
    wait { ["S", "R"].contains(state(of: program)) }
    kill(program, SIGTERM)
    #expect(seen.wait().exits[program] == .killed(signal: SIGTERM))
  }

  @Test func `a socket keeps its identity over dup and fork, and is closed with the last descriptor`() {
    let events = script(
      """
      import socket, os
      one, other = socket.socketpair()
      copy = os.dup(one.fileno())
      one.close()
      if os.fork() == 0:
          os.write(copy, b"child")
          os._exit(0)
      os.wait()
      os.close(copy)
      other.recv(10)
      other.recv(10)
      """)
    let socket = events.calls.first { $0.name == "socketpair" }?.socket
    #expect(events.calls.first { $0.name == "write" && $0.result == 5 }?.socket == socket)
    let closes = events.calls.filter { $0.socket == socket && ["close", "exit"].contains($0.name) }
    #expect(closes.map(\.detail) == ["normal 0 false", "normal - false", "normal 0 true"])
  }

  @Test func `what execve closes is told`() {
    let events = script("import socket, os; s = socket.socket(); os.execv('/bin/true', ['true'])")
    #expect(events.calls.map(\.name) == ["socket", "execve"])
  }

  @Test func `what a socket held when its program ended is told`() {
    let events = script(
      """
      import socket, os, threading, time
      one, other = socket.socketpair()
      one.send(b"12345")
      copy = os.dup(other.fileno())
      threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
      os._exit(0)
      """)
    let closes = events.calls.filter { $0.name == "exit" }
    #expect(closes.map(\.detail) == ["normal 0 true", "normal 5 false", "normal 5 true"])
  }

  @Test func `a socket that is sent to another process is not closed until that closes it`() {
    let events = script(
      """
      import array, os, socket
      one, other = socket.socketpair()
      sent, kept = socket.socketpair()
      if os.fork() == 0:
          sent.close(); kept.close(); one.close()
          _, rights, _, _ = other.recvmsg(10, socket.CMSG_LEN(4))
          taken = array.array("i", rights[0][2])[0]
          os.write(taken, b"taken")
          os.close(taken)
          os._exit(0)
      one.sendmsg([b"fd"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [sent.fileno()]))])
      sent.close()
      kept.recv(10)
      os.wait()
      """)
    let write = events.calls.first { $0.name == "write" && $0.bytes == Array("taken".utf8) }
    let sent = events.calls.filter { $0.name == "socketpair" }.dropFirst(2).first?.socket
    #expect(sent != nil && write?.socket == sent)
    let closes = events.calls.filter { $0.name == "close" && $0.socket == sent }.map {
      $0.detail.hasSuffix("true")
    }
    #expect(closes == [false, false, true])
  }

  @Test func `datagrams have senders, and what is cut off is told where it is known`() {
    let events = script(
      """
      import socket
      s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("127.0.0.1", 0))
      s.sendto(b"x" * 30, s.getsockname()); s.recvfrom(10)
      s.sendto(b"", s.getsockname()); s.recvfrom(10)
      """)
    let calls = events.calls.filter { $0.name == "recvfrom" }
    #expect(calls.map(\.result) == [10, 0])
    #expect(
      calls.allSatisfy { $0.address?.hasPrefix("127.0.0.1:") == true && $0.conditions.contains(.datagram) })
  }

  @Test func `nothing is told of children that are not followed, and they work`() {
    var options = WatchOptions()
    options.follows = false
    let events = script(
      """
      import socket, os, sys
      one, other = socket.socketpair()
      if os.fork() == 0:
          one.send(b"child")
          os._exit(0)
      os.wait()
      sys.exit(len(other.recv(10)))
      """, options)
    #expect(events.exits.values.map { $0 } == [.exited(5)])
    #expect(events.calls.filter { $0.name == "sendto" }.isEmpty)
    #expect(events.calls.filter { $0.name == "recvfrom" }.map(\.result) == [5])
  }

  // MARK: Attaching

  @Test func `a process that is not there, or is traced already, says so`() throws {
    let nobody = Seen()
    nobody.watch.attach(to: 0x3FFF_FFF0)
    #expect(nobody.wait().failure == .noSuchProcess(0x3FFF_FFF0))

    let traced = Seen()
    traced.watch.start(ProgramCommand(["/bin/sleep", "60"]))
    let program = try #require(traced.wait { $0.program != nil }.program)
    let second = Seen()
    second.watch.attach(to: program)
    #expect(
      second.wait().failure == .alreadyTraced(program, by: getpid()) || isTracedByUs(second.now.failure))
    traced.watch.end()
    #expect(traced.wait().exits[program] == .killed(signal: SIGKILL))
  }

  /// The kernel tells the tracing thread.
  private func isTracedByUs(_ failure: WatchFailure?) -> Bool {
    guard case .alreadyTraced(_, let tracer) = failure else { return false }
    return access("/proc/self/task/\(tracer)", F_OK) == 0
  }

  @Test func `a program that runs can be attached to and let go`() throws {
    let file = "/tmp/recvscope-attach-\(getpid())"
    defer { unlink(file) }
    let text =
      "import socket,time,os; a,b=socket.socketpair(); open('\(file)','w').write(str(os.getpid()))\\nwhile True:\\n a.send(b'tick'); b.recv(10); time.sleep(0.001)"
    let shell = "\(python) -c \"$(printf \"\(text)\")\" </dev/null >/dev/null 2>&1 &"
    #expect(system(shell) == 0)
    var program: Int32 = 0
    wait {
      program = Int32(contents(of: file)) ?? 0
      return program > 0
    }
    defer { kill(program, SIGKILL) }
    let seen = Seen()
    seen.watch.attach(to: program)
    let events = seen.wait { $0.calls.count > 100 || $0.failure != nil }
    #expect(events.failure == nil)
    #expect(events.calls.filter { $0.name == "recvfrom" }.allSatisfy { $0.bytes == Array("tick".utf8) })
    seen.watch.end()
    #expect(seen.wait().exits.isEmpty)
    #expect(kill(program, 0) == 0)
    wait { ["S", "R"].contains(state(of: program)) }
  }

  // MARK: Helpers

  private func script(_ text: String, _ options: WatchOptions = WatchOptions()) -> Seen.Events {
    Seen.run([python, "-c", text], options)
  }

  private func wait(
    sourceLocation: SourceLocation = #_sourceLocation, until condition: () -> Bool
  ) {
    let deadline = cl_monotonic() + 20_000_000_000
    while !condition() {
      if cl_monotonic() > deadline {
        Issue.record("it never held", sourceLocation: sourceLocation)
        return
      }
      usleep(1000)
    }
  }

  /// One letter of proc_pid_stat(5).
  private func state(of process: Int32) -> String {
    let text = contents(of: "/proc/\(process)/stat")
    guard let end = text.lastIndex(of: ")") else { return "" }
    return String(text[end...].dropFirst(2).prefix(1))
  }

  private func contents(of path: String) -> String {
    guard let file = fopen(path, "re") else { return "" }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  @Test func `a port is told before the call that uses it has returned`() throws {
    let seen = Seen()
    seen.watch.start(
      ProgramCommand([
        "/usr/bin/python3", "-c",
        """
        import socket
        server = socket.socket()
        server.bind(("127.0.0.1", 0))
        server.listen()
        client = socket.socket()
        client.connect(server.getsockname())
        """,
      ]))
    let events = seen.wait()
    let listening = try #require(events.calls.firstIndex { $0.name == "listen" })
    let connecting = try #require(events.calls.firstIndex { $0.name == "connect" })
    let port = try #require(events.ports.last?.port)
    let told = events.ports.filter { $0.port == port }.map(\.calls)
    #expect(told == [listening, connecting])
  }
}
