import CLinux
import CTracing
import Glibc
import Traffic

/// Looks at a call that is entered: whether it is of a socket, and what the kernel will overwrite.
struct CallEntry {
  let finder: SocketFinder

  /// - Returns: nil if nobody wants to know how it comes out.
  func enter(_ name: CallName, _ info: trace_call, _ thread: TracedThread) -> UnderWay? {
    let first = int(info, 0)
    switch name {
    case .read, .readv, .recvfrom, .recvmsg, .recvmmsg, .write, .writev, .sendto, .sendmsg, .sendmmsg,
      .accept, .accept4, .connect, .bind, .listen, .shutdown, .setsockopt:
      guard let socket = finder.socket(first, of: thread) else { return nil }
      return underWay(name, info, first, socket)
    case .sendfile, .splice:
      return moving(name, info, thread)
    case .close:
      guard case .socket(let socket) = thread.process.table[first] else {
        thread.process.table.forget(first)
        return nil
      }
      var call = underWay(name, info, first, socket)
      call.before = .close(Closing(socket, first, of: thread.process))
      return call
    case .dup2, .dup3:
      var call = underWay(name, info, first, socket(first, thread))
      let second = int(info, 1)
      if second != first, let closed = socket(second, thread) {
        call.before = .close(Closing(closed, second, of: thread.process))
      }
      return isOfInterest(first, thread) || isOfInterest(second, thread) ? call : nil
    case .dup, .fcntl:
      return isOfInterest(first, thread) ? underWay(name, info, first, socket(first, thread)) : nil
    case .closeRange:
      var call = underWay(name, info, -1, nil)
      call.before = .closeRange(
        thread.process.closings { DescriptorRange(call).contains($0) })
      return call
    case .socket, .socketpair:
      return underWay(name, info, -1, nil)
    case .epollCtl:
      return underWay(name, info, first, nil)
    case .select, .pselect6:
      var call = underWay(name, info, -1, nil)
      let words = min(1 << 16, max(0, Int(first)) + 63) / 64
      let memory = thread.process.memory
      call.before = .sets(
        (1...3).map { memory.values(UInt64.self, at: call.argument($0), count: words) },
        timeout: name == .select
          ? memory.timeval(at: call.argument(4)) : memory.timespec(at: call.argument(4)))
      return call
    case .poll:
      return underWay(name, info, -1, nil)
    case .ppoll:
      var call = underWay(name, info, -1, nil)
      call.before = .timeout(thread.process.memory.timespec(at: call.argument(2)))
      return call
    case .epollWait, .epollPwait, .epollPwait2:
      return underWay(name, info, first, nil)
    case .exit, .execve:
      return nil
    }
  }

  /// The port that a call that is entered will make its socket use, if that is seen before: an address that it names, or that
  /// its socket was bound to.
  func port(of call: UnderWay, _ thread: TracedThread) -> UInt16? {
    guard let socket = call.socket, socket.kind == .tcp || socket.kind == .udp else { return nil }
    let memory = thread.process.memory
    switch call.name {
    case .connect, .bind:
      return AddressText.port(memory.bytes(at: call.argument(1), count: min(128, max(0, Int(call.int(2))))))
    case .listen: return socket.local.flatMap(AddressText.port)
    case .sendto where socket.local == nil && call.argument(4) != 0:
      return AddressText.port(memory.bytes(at: call.argument(4), count: min(128, max(0, Int(call.int(5))))))
    case .sendmsg where socket.local == nil:
      return MessageHeader(at: call.argument(1), in: memory)?.address.flatMap(AddressText.port)
    default: return nil
    }
  }

  private func underWay(_ name: CallName, _ info: trace_call, _ descriptor: Int32, _ socket: SeenSocket?)
    -> UnderWay
  {
    UnderWay(name: name, info: info, entered: cl_monotonic(), descriptor: descriptor, socket: socket)
  }

  /// sendfile(2) and splice(2): one of the two descriptors is a socket's. Where both are, it is a send.
  private func moving(_ name: CallName, _ info: trace_call, _ thread: TracedThread) -> UnderWay? {
    let ends = name == .sendfile ? [int(info, 0), int(info, 1)] : [int(info, 2), int(info, 0)]
    for descriptor in ends {
      if let socket = finder.socket(descriptor, of: thread) {
        return underWay(name, info, descriptor, socket)
      }
    }
    return nil
  }

  private func socket(_ descriptor: Int32, _ thread: TracedThread) -> SeenSocket? {
    if case .socket(let socket) = thread.process.table[descriptor] { return socket }
    return nil
  }

  /// A socket or an epoll descriptor.
  private func isOfInterest(_ descriptor: Int32, _ thread: TracedThread) -> Bool {
    switch thread.process.table[descriptor] {
    case .socket, .epoll: true
    case .file, nil: false
    }
  }

  private func int(_ info: trace_call, _ index: Int) -> Int32 {
    withUnsafeBytes(of: info.arguments) { $0.loadUnaligned(fromByteOffset: index * 8, as: Int32.self) }
  }
}
