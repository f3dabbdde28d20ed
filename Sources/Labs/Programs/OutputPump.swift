import CLinux
import Glibc
import Sockets
import Synchronization
import Traffic

/// Makes records of what a program writes, on a thread of its own.
final class OutputPump: Sendable {
  private static let size = 1 << 16
  /// How long after the program's end something may still come: a child that is not watched may write on.
  private static let patience: Nanoseconds = 100_000_000

  private let sources: [(stream: OutputStream, descriptor: CInt)]
  private let ended = Bell()
  /// Descriptors that something may still come from.
  private let reading: Mutex<[CInt]>

  init(_ channel: ProgramChannel) {
    sources = channel.sources
    reading = Mutex(channel.sources.map(\.descriptor))
  }

  /// What somebody has to read if the program is to go on without recvscope.
  var open: [CInt] { reading.withLock { $0 } }

  /// The program has ended: what was written is all.
  func finish() { ended.ring() }

  /// Records what comes until everything is closed, or the program has ended.
  func run(_ record: (OutputStream, UnsafeRawBufferPointer) -> Void) {
    var deadline = Nanoseconds.max
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.size, alignment: 16)
    defer {
      buffer.deallocate()
      for descriptor in open { end(descriptor) }
    }
    while !open.isEmpty, cl_monotonic() < deadline {
      let open = open
      var entries = sources.map { source in
        pollfd(
          fd: open.contains(source.descriptor) ? source.descriptor : -1, events: Int16(POLLIN), revents: 0)
      }
      entries.append(
        pollfd(fd: deadline == .max ? ended.descriptor : -1, events: Int16(POLLIN), revents: 0))
      let limit = deadline == .max ? cl_monotonic() + 3_600_000_000_000 : deadline
      _ = cl_poll_until(&entries, UInt(entries.count), limit)
      if entries[sources.count].revents != 0 { deadline = cl_monotonic() + Self.patience }
      for (index, source) in sources.enumerated() where entries[index].revents != 0 {
        let count = read(source.descriptor, buffer.baseAddress, Self.size)
        if count > 0 {
          record(source.stream, UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        } else if count == 0 || errno != EINTR && errno != EAGAIN {
          // EIO: nobody has the terminal open any more.
          end(source.descriptor)
        }
      }
    }
  }

  private func end(_ descriptor: CInt) {
    reading.withLock { $0.removeAll { $0 == descriptor } }
    close(descriptor)
  }
}
