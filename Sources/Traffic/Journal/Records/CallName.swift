/// The system call that a watched program made, by the kernel's own name for it.
public enum CallName: UInt8, CaseIterable, Sendable {
  case read = 1, readv, recvfrom, recvmsg, recvmmsg
  case write, writev, sendto, sendmsg, sendmmsg, sendfile, splice
  case accept, accept4, connect, bind, listen, shutdown
  case close, closeRange, dup, dup2, dup3, fcntl, socket, socketpair, setsockopt
  case select, pselect6, poll, ppoll, epollWait, epollPwait, epollPwait2, epollCtl
  /// The end of a process, which closes what it had open.
  case exit
  /// execve(2), which closes what has FD_CLOEXEC.
  case execve

  /// As strace(1) prints it.
  public var name: String { Self.names[Int(rawValue)] }

  private static let names: [String] =
    [""]
    + allCases.map { call in
      switch call {
      case .closeRange: "close_range"
      case .epollWait: "epoll_wait"
      case .epollPwait: "epoll_pwait"
      case .epollPwait2: "epoll_pwait2"
      case .epollCtl: "epoll_ctl"
      default: "\(call)"
      }
    }
}
