import CTracing
import Glibc

/// A duplicate of a descriptor of the program, given back at the end of its life: one that is held over the program's
/// own close(2) keeps the FIN from going out, so nobody keeps one beyond one stop.
struct Duplicate: ~Copyable {
  let descriptor: CInt

  /// - Parameter process: a pidfd, or a negated errno.
  /// - Returns: nil with the errno in `error` if there is none to be had.
  init?(of descriptor: CInt, in process: CInt, error: inout CInt) {
    let result = process < 0 ? process : trace_take_descriptor(process, descriptor)
    if result < 0 {
      error = -result
      return nil
    }
    self.descriptor = result
  }

  deinit { Glibc.close(descriptor) }
}
