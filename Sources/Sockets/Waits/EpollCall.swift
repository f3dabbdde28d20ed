import CLinux
import Glibc
import SystemPackage
import Traffic

/// epoll(7): the kernel keeps the list of descriptors, epoll_wait(2) returns those that are ready, or with EPOLLET those
/// that something new has come to.
final class EpollCall: WaitCall {
  static let call = WaitCallName.epollWait
  /// Descriptors that one call may report; the others are reported by the next.
  private static let most = 256

  private let descriptor: CInt
  /// Those that are watched with EPOLLET.
  private var edges: Set<CInt> = []
  private var found = [cl_epoll_ready](repeating: cl_epoll_ready(), count: most)

  init() throws(Errno) {
    descriptor = cl_epoll_create()
    if descriptor < 0 { throw Errno(rawValue: -descriptor) }
  }

  deinit { close(descriptor) }

  func watch(_ descriptor: CInt, for interest: Interest) -> Result<Void, Errno> {
    let result =
      interest.isEmpty
      ? cl_epoll_remove(self.descriptor, descriptor)
      : cl_epoll_set(
        self.descriptor, descriptor, PollEvents(interest).rawValue, interest.contains(.edge) ? 1 : 0)
    if interest.contains(.edge) { edges.insert(descriptor) } else { edges.remove(descriptor) }
    return result == 0 ? .success(()) : .failure(Errno(rawValue: -result))
  }

  func rest(until deadline: Nanoseconds) { _ = cl_eventfd_wait(descriptor, deadline) }

  func wait(timeout: Nanoseconds?, ready: inout [Ready]) -> Result<CInt, Errno> {
    let result = cl_epoll_wait(descriptor, &found, CInt(found.count), timeout?.milliseconds ?? -1)
    guard result >= 0 else { return .failure(Errno(rawValue: -result)) }
    for event in found[..<Int(result)] {
      ready.append(
        Ready(
          descriptor: event.descriptor, events: event.events, isEdge: edges.contains(event.descriptor)))
    }
    return .success(result)
  }
}
