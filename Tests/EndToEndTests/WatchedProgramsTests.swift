import Foundation
import Testing

/// Real programs, each with no more than a few calls of its own; what is started ends with the run.
@Suite("Programs that are watched")
struct WatchedProgramsTests {
  private static let python = "/usr/bin/python3"

  private static func server(_ kind: String) -> String {
    """
    import socketserver
    class Echo(socketserver.BaseRequestHandler):
        def handle(self):
            while data := self.request.recv(100): self.request.sendall(data)
    socketserver.\(kind)(("127.0.0.1", 0), Echo).serve_forever()
    """
  }

  @Test(
    "a server that gives each connection a thread, or a process, shows its own recv calls",
    arguments: [("ThreadingTCPServer", true), ("ForkingTCPServer", false)])
  func servers(kind: String, areThreads: Bool) throws {
    let folder = try Scratch()
    let file = try folder.file("server.py", Self.server(kind))
    let outcome = try Program.lab(
      "watch \"\(Self.python) \(file)\"", "wait app listen",
      "connect app --as one", "send one \"12345\"", "wait app.*.1 recv 1",
      "connect app --as two", "send two \"abc\"", "wait app.*.2 recv 1",
      "send one \"0123456789\"", "wait app.*.1 recv 2", "wait one recv 2", "wait two recv 1",
      "expect app.*.1 recv 5 10", "expect app.*.2 recv 3", "expect one recv 5 10", "expect two recv 3",
      "close app")
    #expect(outcome.exitCode == 0, "\(outcome.errorText)\n\(outcome.text)")
    func number(_ field: String, _ line: Substring) -> String? {
      line.firstRange(of: "\"\(field)\":").map { String(line[$0.upperBound...].prefix { $0.isNumber }) }
    }
    let lines = outcome.text.split(separator: "\n")
    let process = lines.first { $0.contains("\"start-program\"") }.flatMap { number("pid", $0) }
    let receives = lines.filter { $0.contains("\"event\":\"recv\"") && $0.contains("\"origin\":\"watch\"") }
    #expect(receives.count >= 3)
    for line in receives {
      #expect((number("pid", line) == process) == areThreads)
      #expect((number("tid", line) != number("pid", line)) == areThreads)
    }
  }

  @Test("a lab in CI fails where her recv returned something else")
  func expectation() throws {
    let folder = try Scratch()
    let file = try folder.file("server.py", Self.server("TCPServer"))
    let lines = [
      "watch \"\(Self.python) \(file)\" --as app", "wait app listen", "connect app --as client",
      "send client \"12345\"", "wait app.*.1 recv 1", "send client \"0123456789\"", "wait app.*.1 recv 2",
    ]
    for (expected, status) in [("5 10", Int32(0)), ("15", 1)] {
      let outcome = try Program.run(
        ["run", "--json"] + (lines + ["expect app.*.1 recv \(expected)"]).flatMap { ["-e", $0] })
      #expect(outcome.exitCode == status, "\(outcome.errorText)")
      #expect(status == 0 || outcome.errorText.contains("wanted 15, got 5 10"), "\(outcome.errorText)")
    }
  }

  @Test("nginx, whose worker takes the connection, shows a request in two pieces")
  func nginx() throws {
    let folder = try Scratch()
    let port = try Peer.freePort()
    let paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \(folder.path);" }
    let file = try folder.file(
      "nginx.conf",
      """
      daemon off; worker_processes 1; pid \(folder.path)/pid; error_log stderr; \(geteuid() == 0 ? "user root;" : "")
      events { }
      http { access_log off; \(paths.joined(separator: " "))
        server { listen 127.0.0.1:\(port); location / { return 200 "whole"; } } }
      """)
    let outcome = try Program.lab(
      "watch \"nginx -p \(folder.path) -e stderr -c \(file)\" --as nginx", "wait nginx listen",
      "connect nginx --as client", "send client \"GET / HTTP/1.1\\r\\nHost: \"", "wait nginx.*.1 recv 1",
      "send client \"here\\r\\nConnection: close\\r\\n\\r\\n\"", "wait client end",
      "expect nginx.*.1 recv 22 27 …", "expect client data … \"whole\"", "close nginx")
    #expect(outcome.exitCode == 0, "\(outcome.errorText)\n\(outcome.text)")
  }

  @Test("what cannot be looked at, as descriptors have run out, is told with numbers")
  func lost() throws {
    let folder = try Scratch()
    // Each child that lives takes a descriptor of recvscope's.
    let file = try folder.file(
      "many.py",
      """
      import os, signal, socket
      children = []
      for _ in range(60):
          ready, told = os.pipe()
          child = os.fork()
          if child == 0:
              one, other = socket.socketpair()
              one.send(b"x")
              os.write(told, b"x")
              signal.pause()
          os.read(ready, 1)
          os.close(ready); os.close(told)
          children.append(child)
      for child in children: os.kill(child, signal.SIGKILL)
      """)
    let outcome = try Child(
      ["sh", "-c", "ulimit -n 40; exec \(Program.path) watch --json -- \(Self.python) \(file)"]
    ).wait()
    #expect(outcome.exitCode == 0)
    let lost = outcome.text.split(separator: "\n").filter { $0.contains("\"event\":\"lost\"") }
    #expect(!lost.isEmpty && lost.allSatisfy { $0.contains("\"records\":1") && $0.contains("EMFILE") })
    let sends = outcome.text.split(separator: "\n").filter { $0.contains("\"call\":\"sendto\"") }
    #expect(!sends.isEmpty && sends.count < 60)
  }

  @Test("a process of somebody else says which right is missing", .enabled(if: geteuid() == 0))
  func notOurs() throws {
    let folder = try Scratch()
    let copy = "\(folder.path)/recvscope"
    #expect(try Child(["cp", Program.path, copy]).wait().exitCode == 0)
    #expect(try Child(["chmod", "755", folder.path]).wait().exitCode == 0)
    let nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    let outcome = try Child(nobody + [copy, "watch", "--pid", "\(getpid())"], folder: "/").wait()
    #expect(outcome.exitCode == 3)
    #expect(
      outcome.errorText.contains("is of user 0: attaching to it needs CAP_SYS_PTRACE"), "\(outcome.errorText)"
    )
  }

  // MARK: In C

  private func build(_ text: String, _ options: [String], in folder: Scratch) throws -> String {
    let file = try folder.file("program.c", text)
    let outcome = try Child(["cc"] + options + ["-o", "\(folder.path)/program", file]).wait()
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    return "\(folder.path)/program"
  }

  @Test("a program that is linked statically is watched: nothing of it is replaced")
  func isStatic() throws {
    let folder = try Scratch()
    let program = try build(
      """
      #include <sys/socket.h>
      #include <unistd.h>
      int main(void) {
        int ends[2];
        char bytes[10];
        socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
        if (fork() == 0) return write(ends[0], "12345", 5) != 5;
        return recv(ends[1], bytes, 10, 0) == 5 ? 7 : 1;
      }
      """, ["-static"], in: folder)
    let outcome = try Program.run(["watch", "--json", "--", program])
    #expect(outcome.exitCode == 7)
    #expect(
      outcome.text.split(separator: "\n").contains {
        $0.contains("\"call\":\"recvfrom\"") && $0.contains("\"asked\":10,\"returned\":5")
      })
  }

  #if arch(x86_64)
    @Test("calls of another machine are told to be there, once, and the program gets its answers")
    func otherMachine() throws {
      let folder = try Scratch()
      let program = try build(
        """
        static long call(long number, long a, long b, long c) {
          long result;
          __asm__ volatile("int $0x80" : "=a"(result) : "a"(number), "b"(a), "c"(b), "d"(c) : "memory", "r8", "r9", "r10", "r11");
          return result;
        }
        int main(void) {
          long getpid = call(20, 0, 0, 0);
          if (getpid <= 0) return 77;
          call(359, 1, 1, 0);
          return call(359, 1, 1, 0) > 2 ? 7 : 1;
        }
        """, [], in: folder)
      // Without CONFIG_IA32_EMULATION there are no such calls.
      let alone = try Child([program]).wait().exitCode
      let outcome = try Program.run(["watch", "--json", "--", program])
      #expect(outcome.exitCode == alone)
      let unseen = outcome.text.split(separator: "\n").filter { $0.contains("\"event\":\"unseen\"") }
      #expect(unseen.count == (alone == 7 ? 1 : 0))
      #expect(unseen.allSatisfy { $0.contains("\"reason\":\"32-bit\"") })
    }
  #endif

  @Test("a setuid program runs with the rights of who watches it", .enabled(if: geteuid() == 0))
  func setuid() throws {
    let folder = try Scratch()
    let program = try build(
      "#include <stdio.h>\n#include <unistd.h>\nint main(void) { printf(\"as %d\\n\", geteuid()); }", [],
      in: folder)
    let copy = "\(folder.path)/recvscope"
    #expect(try Child(["cp", Program.path, copy]).wait().exitCode == 0)
    #expect(try Child(["chmod", "4755", program]).wait().exitCode == 0)
    #expect(try Child(["chmod", "755", folder.path]).wait().exitCode == 0)
    let nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    #expect(try Child(nobody + [program], folder: "/").wait().text == "as 0\n")
    let outcome = try Child(nobody + [copy, "watch", "--passthrough", "--", program], folder: "/").wait()
    #expect(outcome.exitCode == 0 && outcome.text == "as 65534\n", "\(outcome.errorText)")
  }
}
