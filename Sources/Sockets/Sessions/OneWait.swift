import SystemPackage
import Traffic

extension Socket {
  /// One wait for reading, writing and exceptional conditions, and its record.
  func ask(
    _ call: WaitCallName, timeout: Nanoseconds, on id: SocketID, run: Run
  ) -> Result<Void, FailedCall> {
    switch call {
    case .select: return ask(SelectCall(), timeout: timeout, on: id, run: run)
    case .poll: return ask(PollCall(), timeout: timeout, on: id, run: run)
    case .epollWait:
      do {
        return ask(try EpollCall(), timeout: timeout, on: id, run: run)
      } catch {
        return .failure(FailedCall(call: "epoll_create1", errno: error))
      }
    }
  }

  private func ask<Call: WaitCall>(
    _ call: Call, timeout: Nanoseconds, on id: SocketID, run: Run
  ) -> Result<Void, FailedCall> {
    var call = call
    if case .failure(let errno) = call.watch(descriptor, for: [.reading, .writing]) {
      return .failure(FailedCall(call: Call.call.name, errno: errno))
    }
    var ready: [Ready] = []
    call.wait(timeout: timeout, ready: &ready, on: id, run: run) { $0 == descriptor ? id : nil }
    return .success(())
  }
}
