import CLinux
import Glibc

/// The signals that end a program, read from a descriptor. Made before any thread is started, which inherits the block.
struct Signals {
  let descriptor: CInt

  init() {
    signal(SIGPIPE, SIG_IGN)
    _ = cl_install_interrupt()
    let ending = [SIGINT, SIGTERM, SIGHUP]
    descriptor = ending.withUnsafeBufferPointer { cl_signalfd($0.baseAddress!, CInt($0.count)) }
  }

  /// The signal that came, or nil.
  func next() -> CInt? {
    let number = cl_signalfd_read(descriptor)
    return number == 0 ? nil : number
  }
}
