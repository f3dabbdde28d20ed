import Glibc

/// The other side of an experiment: a Python script on plain sockets, with nothing of the program in it.
enum Peer {
  /// Starts a script; `socket`, `sys` and `time` are imported, and each print is flushed.
  static func python(_ script: String, _ arguments: [String] = [], input: Child.Input = .nothing) throws
    -> Child
  {
    let head = "import functools, socket, sys, time\nprint = functools.partial(print, flush=True)\n"
    return try Child(["python3", "-c", head + script] + arguments, input: input)
  }

  static func python(_ script: String, port: Int, input: Child.Input = .nothing) throws -> Child {
    try python("port = int(sys.argv[1])\n" + script, ["\(port)"], input: input)
  }

  /// A script that listens on port 0 of 127.0.0.1 as `server`, and tells the port.
  static func pythonServer(_ script: String) throws -> (child: Child, port: Int) {
    let child = try python(
      """
      server = socket.create_server(("127.0.0.1", 0))
      print(server.getsockname()[1])

      """ + script, input: .pipe)
    guard let port = try child.line().flatMap({ Int($0) }) else {
      throw HarnessError("the Python server told no port.\n\(try child.wait().errorText)")
    }
    return (child, port)
  }

  /// A TCP port of 127.0.0.1 that nobody holds at this moment.
  static func freePort() throws -> Int {
    let fd = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(fd) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let done = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(fd, pointer, length) == 0 && getsockname(fd, pointer, &length) == 0
      }
    }
    guard done else { throw HarnessError("no free port: errno \(errno)") }
    return Int(in_port_t(bigEndian: address.sin_port))
  }
}
