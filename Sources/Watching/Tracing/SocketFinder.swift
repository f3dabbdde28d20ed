import CTracing
import Glibc
import Traffic

/// Tells what a descriptor of a program is: asked of the kernel once, and remembered until it is closed.
final class SocketFinder {
  private var byInode: [UInt64: SeenSocket] = [:]
  private var made = 0
  /// Calls that could not be looked at.
  var lost: (CInt) -> Void = { _ in }

  /// The socket behind a descriptor; nil if it is none of those that are watched.
  func socket(_ descriptor: Int32, of thread: TracedThread, listener: SeenSocket? = nil) -> SeenSocket? {
    if case .socket(let socket) = entry(descriptor, of: thread, listener: listener) { return socket }
    return nil
  }

  /// What a descriptor is; nil if it is not open.
  func entry(
    _ descriptor: Int32, of thread: TracedThread, listener: SeenSocket? = nil
  ) -> DescriptorTable.Entry? {
    if descriptor < 0 { return nil }
    if let known = thread.process.table[descriptor] { return known }
    var inode: UInt64 = 0
    let entry: DescriptorTable.Entry
    switch trace_descriptor_kind(thread.id, descriptor, &inode) {
    case TRACE_SOCKET:
      if let known = byInode[inode] {
        entry = .socket(known)
      } else {
        var error: CInt = 0
        guard let duplicate = Duplicate(of: descriptor, in: thread.process.pidfd, error: &error) else {
          lost(error)
          return nil
        }
        entry =
          makeSocket(duplicate.descriptor, inode, descriptor, thread.process, listener).map { .socket($0) }
          ?? .file
      }
    case TRACE_EPOLL: entry = .epoll(EpollInterest())
    case TRACE_FILE: entry = .file
    default: return nil
    }
    thread.process.table.set(descriptor, entry)
    return entry
  }

  private func makeSocket(
    _ duplicate: CInt, _ inode: UInt64, _ descriptor: Int32, _ process: TracedProcess, _ listener: SeenSocket?
  ) -> SeenSocket? {
    var facts = trace_socket()
    guard trace_socket_facts(duplicate, &facts) == 0, let kind = SocketKind(facts) else { return nil }
    let socket = SeenSocket(
      number: made, kind: kind, descriptor: descriptor, process: process.id, listener: listener, inode: inode)
    made += 1
    socket.isListening = facts.is_listening
    askEnds(of: socket, duplicate)
    byInode[inode] = socket
    return socket
  }

  /// Asks for both addresses again.
  func askEnds(of socket: SeenSocket, _ duplicate: CInt) {
    if let local = AddressText.local(duplicate), !local.hasSuffix(":0") { socket.local = local }
    if let peer = AddressText.peer(duplicate) { socket.peer = peer }
  }

  /// No descriptor is this socket any more, as far as is known.
  func forget(_ socket: SeenSocket) { byInode[socket.inode] = nil }
}

extension SocketKind {
  /// Nil for one that is not watched.
  fileprivate init?(_ facts: trace_socket) {
    let type = UInt32(facts.type)
    switch facts.family {
    case AF_INET, AF_INET6:
      if type == SOCK_STREAM.rawValue, facts.protocol == CInt(IPPROTO_TCP) {
        self = .tcp
      } else if type == SOCK_DGRAM.rawValue, facts.protocol == CInt(IPPROTO_UDP) {
        self = .udp
      } else {
        return nil
      }
    case AF_UNIX:
      switch type {
      case SOCK_STREAM.rawValue: self = .unix
      case SOCK_DGRAM.rawValue: self = .unixDatagram
      case SOCK_SEQPACKET.rawValue: self = .seqpacket
      default: return nil
      }
    default: return nil
    }
  }
}
