import Glibc
import SystemPackage
import Traffic

/// poll(2): one list of descriptors, each with what is asked and what came.
struct PollCall: WaitCall {
  static let call = WaitCallName.poll

  private var entries: [pollfd] = []
  private let events: Int16

  /// - Parameter watchesWriting: also asks which are writable.
  init(watchesWriting: Bool = false) {
    events = Int16(
      (PollEvents.readable.union([.urgent, .peerHangUp]).union(watchesWriting ? .writable : [])).rawValue)
  }

  mutating func add(_ descriptor: CInt) -> Result<Void, Errno> {
    entries.append(pollfd(fd: descriptor, events: events, revents: 0))
    return .success(())
  }

  mutating func remove(_ descriptor: CInt) { entries.removeAll { $0.fd == descriptor } }

  mutating func wait(timeout: Nanoseconds?, ready: inout [Ready]) -> Result<CInt, Errno> {
    let result = poll(&entries, nfds_t(entries.count), timeout?.milliseconds ?? -1)
    let outcome = valueOrErrno(result)
    if result > 0 {
      for entry in entries where entry.revents != 0 {
        ready.append(Ready(descriptor: entry.fd, events: UInt32(UInt16(bitPattern: entry.revents))))
      }
    }
    return outcome
  }
}
