import CTracing
import Glibc
import Traffic

/// One process of a watched program.
final class TracedProcess {
  let id: pid_t
  /// Shared with another process after clone(2) with CLONE_FILES.
  let table: DescriptorTable
  /// Threads that are traced.
  var threads = 0
  /// What its sockets said when its first thread was about to end; empty if another has made calls since.
  var closings: [Int32: Closing] = [:]
  /// What was said of it once.
  var told: Set<UnseenReason> = []
  /// False for a child of a program that is not followed: it cannot be let go, and nothing of it is told.
  let isFollowed: Bool
  private var descriptor: CInt = -1

  init(id: pid_t, table: DescriptorTable, isFollowed: Bool) {
    self.id = id
    self.table = table
    self.isFollowed = isFollowed
    table.users += 1
  }

  /// Of pidfd_open(2), opened when it is wanted first; a negated errno if it cannot be.
  var pidfd: CInt {
    if descriptor < 0 { descriptor = trace_open_process(id) }
    return descriptor
  }

  var memory: ProgramMemory { ProgramMemory(process: id) }

  /// What the sockets say of whose descriptors some are about to be closed.
  ///
  /// A socket that others have, too, stays open: it is not asked.
  func closings(where isClosed: (Int32) -> Bool) -> [Int32: Closing] {
    var held: [ObjectIdentifier: Int] = [:]
    var sockets: [(Int32, SeenSocket)] = []
    for case (let descriptor, .socket(let socket)) in table.entries where isClosed(descriptor) {
      held[ObjectIdentifier(socket), default: 0] += 1
      sockets.append((descriptor, socket))
    }
    var closings: [Int32: Closing] = [:]
    for (descriptor, socket) in sockets where held[ObjectIdentifier(socket)] == socket.holders {
      closings[descriptor] = Closing(socket, descriptor, of: self)
    }
    return closings
  }

  deinit { if descriptor >= 0 { Glibc.close(descriptor) } }
}

/// One thread of a watched program.
final class TracedThread {
  let id: pid_t
  let process: TracedProcess
  var underWay: UnderWay?
  /// Calls that a signal interrupted: the kernel may enter them again, when the handlers of signals have returned.
  var interrupted: [UnderWay] = []
  /// True from the entry to the exit of rt_sigreturn(2).
  var isReturning = false

  init(id: pid_t, process: TracedProcess) {
    self.id = id
    self.process = process
    process.threads += 1
  }
}
