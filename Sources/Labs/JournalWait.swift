import CLinux
import Sockets
import Traffic

extension Journal {
  /// Waits until a condition on the journal holds.
  /// - Parameters:
  ///   - kinds: the records that can make it true: it is looked at after these.
  ///   - socket: whose records these are; anybody's if nil.
  ///   - bell: whoever rings it makes the condition be looked at too.
  /// - Returns: false if it did not within the limit.
  public func wait(
    limit: Nanoseconds, for kinds: RecordKinds = .all, on socket: SocketID? = nil, bell: Bell = Bell(),
    until condition: () -> Bool
  ) -> Bool {
    let deadline = cl_monotonic() + min(limit, .max / 2)
    let reader = makeReader()
    defer { forget(reader) }
    while true {
      // Read before the condition is: a record that comes in between is not missed.
      let next = extent.records.upperBound
      if condition() { return true }
      if cl_monotonic() >= deadline { return false }
      if wake(reader, when: next, of: kinds, on: socket, bell.ring) { bell.wait(until: deadline) }
    }
  }
}
