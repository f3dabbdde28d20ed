import Sockets
import SystemPackage
import Traffic

extension CommandContext {
  /// Makes one call and waits for its return.
  /// - Parameters:
  ///   - hint: what to say if it is being called already.
  ///   - make: begins the call; what it is given is to be called when that has returned.
  func byHand(
    _ call: String, on name: String, hint: String,
    _ make: (@escaping @Sendable () -> Void) -> Result<Bool, Errno>
  ) -> Result<Void, CommandFailure> {
    let done = Latch()
    let bell = Bell()
    let made = make {
      done.raise()
      bell.ring()
    }
    switch made {
    case .failure(let errno): return .failure(.refused("\(name): pthread_create: \(errno.name)"))
    case .success(false): return .failure(.refused("\(name): \(hint)"))
    case .success(true):
      leaveOrder()
      let hasReturned = runner.wait(limit: LabRunner.patience, bell: bell) { done.isUp }
      return hasReturned ? .success(()) : .failure(.timedOut("\(name): \(call) did not return within 10 s"))
    }
  }
}
