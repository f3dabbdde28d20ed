import Glibc

/// A pipe between a test and a process that it starts.
struct Pipe {
  /// One end, closed when nothing holds it any more; reads and writes never block.
  final class End {
    let fd: CInt

    init(_ fd: CInt) {
      self.fd = fd
      _ = fcntl(fd, F_SETFD, FD_CLOEXEC)
    }

    deinit { close(fd) }

    func makeNonblocking() { _ = fcntl(fd, F_SETFL, O_NONBLOCK) }

    /// Appends everything that is there; false at the end.
    func read(into bytes: inout [UInt8]) -> Bool {
      var buffer = [UInt8](repeating: 0, count: 65536)
      while true {
        let count = Glibc.read(fd, &buffer, buffer.count)
        if count > 0 { bytes += buffer[..<count] }
        if count == 0 { return false }
        if count < 0, errno != EINTR { return errno == EAGAIN }
      }
    }

    /// How many bytes were taken; nil if nobody can read them.
    func write(_ bytes: [UInt8]) -> Int? {
      let count = Glibc.write(fd, bytes, bytes.count)
      if count >= 0 { return count }
      return errno == EAGAIN || errno == EINTR ? 0 : nil
    }
  }

  let read: End
  let write: End

  init() throws {
    var ends: [CInt] = [-1, -1]
    guard pipe(&ends) == 0 else { throw HarnessError("pipe failed: errno \(errno)") }
    read = End(ends[0])
    write = End(ends[1])
  }

  /// Touched once: a write to a process that is gone has to fail, not to end the tests.
  static let ignoreBrokenPipes: Void = {
    signal(SIGPIPE, SIG_IGN)
  }()
}
