import CLinux
import Glibc
import SystemPackage
import Traffic

/// poll(2): one list of descriptors, each with what is asked and what came.
struct PollCall: WaitCall {
  static let call = WaitCallName.poll

  private var entries: [pollfd] = []
  /// By descriptor, its place.
  private var places: [CInt: Int] = [:]

  mutating func watch(_ descriptor: CInt, for interest: Interest) -> Result<Void, Errno> {
    if interest.isEmpty {
      remove(from: descriptor)
    } else if let place = places[descriptor] {
      entries[place].events = Int16(PollEvents(interest).rawValue)
    } else {
      places[descriptor] = entries.count
      entries.append(pollfd(fd: descriptor, events: Int16(PollEvents(interest).rawValue), revents: 0))
    }
    return .success(())
  }

  private mutating func remove(from descriptor: CInt) {
    guard let place = places.removeValue(forKey: descriptor) else { return }
    let last = entries.removeLast()
    guard place < entries.count else { return }
    entries[place] = last
    places[last.fd] = place
  }

  mutating func rest(until deadline: Nanoseconds) {
    _ = cl_poll_until(&entries, UInt(entries.count), deadline)
  }

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
