import CLinux
import Glibc
import Sockets
import Testing
import Traffic

/// Waiting that ends: a test that waited in vain fails and goes on.
extension Latch {
  public func awaitRaised(sourceLocation: SourceLocation = #_sourceLocation) {
    let deadline = cl_monotonic() + Stage.patience
    while !isUp, cl_monotonic() < deadline { wait(until: deadline) }
    if !isUp { Issue.record("the latch was never raised", sourceLocation: sourceLocation) }
  }
}

/// Looks at something that nobody tells of until it holds.
public func eventually(
  _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation, until condition: () -> Bool
) {
  let deadline = cl_monotonic() + Stage.patience
  while !condition() {
    guard cl_monotonic() < deadline else {
      Issue.record(what, sourceLocation: sourceLocation)
      return
    }
    sched_yield()
  }
}
