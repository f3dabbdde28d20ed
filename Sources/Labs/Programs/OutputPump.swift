import CLinux
import Glibc
import Sockets
import Traffic

/// The pipes that a program writes to, and the thread that makes records of it.
final class OutputPump: Sendable {
  private static let size = 1 << 16
  /// How long after the program's end something may still come: a child of its that is not watched may write on.
  private static let patience: Nanoseconds = 100_000_000

  /// The program's ends; close-on-exec, and closed here once it runs.
  let output: CInt
  let error: CInt
  private let ours: [CInt]
  private let ended = Bell()

  /// Nil where no descriptors are left.
  init?() {
    var (one, other): ([CInt], [CInt]) = ([-1, -1], [-1, -1])
    guard cl_pipe(&one) == 0 else { return nil }
    guard cl_pipe(&other) == 0 else {
      for descriptor in one { close(descriptor) }
      return nil
    }
    (output, error) = (one[1], other[1])
    ours = [one[0], other[0]]
  }

  /// The program has its own copies, or never will.
  func closeTheirs() {
    close(output)
    close(error)
  }

  /// The program has ended: what lies in the pipes is all.
  func finish() { ended.ring() }

  /// Records what comes until both pipes are closed, or the program has ended.
  func run(_ record: (OutputStream, UnsafeRawBufferPointer) -> Void) {
    let streams: [OutputStream] = [.output, .error]
    var open = [true, true]
    var deadline = Nanoseconds.max
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.size, alignment: 16)
    defer {
      buffer.deallocate()
      for descriptor in ours { close(descriptor) }
    }
    while open.contains(true), cl_monotonic() < deadline {
      var entries = [
        pollfd(fd: open[0] ? ours[0] : -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: open[1] ? ours[1] : -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: deadline == .max ? ended.descriptor : -1, events: Int16(POLLIN), revents: 0),
      ]
      _ = cl_poll_until(&entries, 3, deadline == .max ? cl_monotonic() + 3_600_000_000_000 : deadline)
      if entries[2].revents != 0 { deadline = cl_monotonic() + Self.patience }
      for index in 0..<2 where entries[index].revents != 0 {
        let count = read(ours[index], buffer.baseAddress, Self.size)
        if count > 0 {
          record(streams[index], UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        } else if count == 0 || errno != EINTR {
          open[index] = false
        }
      }
    }
  }
}
