import CLinux
import Glibc
import Synchronization
import SystemPackage
import Traffic

/// One kernel socket: its descriptor, closed once, at the latest when nobody refers to it any more.
///
/// Whoever closes it explicitly must have made sure that no call on it is under way: the kernel gives the number to
/// the next descriptor at once.
final class Socket: Sendable {
  let descriptor: CInt
  /// Held while somebody looks at the socket from another thread than those that call on it, and while it is closed.
  private let isOpen = Mutex(true)

  init(adopting descriptor: CInt) { self.descriptor = descriptor }

  /// A new socket, closed on exec. The corresponding C function is `socket`.
  static func make(family: CInt, kind: SocketKind) -> Result<Socket, Errno> {
    let type: CInt =
      switch kind {
      case .tcp, .unix: CInt(SOCK_STREAM.rawValue)
      case .udp, .unixDatagram: CInt(SOCK_DGRAM.rawValue)
      case .seqpacket: CInt(SOCK_SEQPACKET.rawValue)
      }
    return valueOrErrno(Glibc.socket(family, type | CInt(SOCK_CLOEXEC.rawValue), 0)).map(
      Socket.init(adopting:))
  }

  /// The corresponding C function is `bind`.
  func bind(_ address: SocketAddress) -> Result<Void, Errno> {
    nothingOrErrno(address.withPointer { Glibc.bind(descriptor, $0, $1) })
  }

  /// The corresponding C function is `listen`.
  func listen(backlog: Int) -> Result<Void, Errno> {
    nothingOrErrno(Glibc.listen(descriptor, CInt(clamping: backlog)))
  }

  /// The corresponding C function is `connect`.
  func connect(_ address: SocketAddress) -> Result<Void, Errno> {
    nothingOrErrno(address.withPointer { Glibc.connect(descriptor, $0, $1) })
  }

  /// The next connection of the backlog, closed on exec, and its peer. The corresponding C function is `accept4`.
  func accept() -> Result<(Socket, SocketAddress), Errno> {
    var peer = SocketAddress()
    let result = cl_accept(descriptor, &peer.storage, &peer.length)
    return result < 0 ? .failure(Errno(rawValue: -result)) : .success((Socket(adopting: result), peer))
  }

  /// Bytes that the kernel took, which may be fewer than given.
  /// - Parameter destination: of a datagram on a socket that is not connected.
  /// The corresponding C functions are `send` and `sendto`.
  func send(
    _ bytes: UnsafeRawBufferPointer, flags: MessageFlags, to destination: SocketAddress? = nil
  ) -> Result<Int, Errno> {
    let flags = CInt(flags.rawValue)
    let result =
      destination.map { $0.withPointer { sendto(descriptor, bytes.baseAddress, bytes.count, flags, $0, $1) } }
      ?? Glibc.send(descriptor, bytes.baseAddress, bytes.count, flags)
    return result < 0 ? .failure(.current) : .success(result)
  }

  /// The corresponding C function is `shutdown`.
  func shutdown(_ how: Ending) -> Result<Void, Errno> {
    let direction =
      switch how {
      case .read: SHUT_RD
      case .write: SHUT_WR
      case .both, .normal, .reset: SHUT_RDWR
      }
    return nothingOrErrno(Glibc.shutdown(descriptor, CInt(direction)))
  }

  /// The corresponding C function is `close`. Later calls do nothing.
  @discardableResult
  func close() -> Result<Void, Errno> {
    isOpen.withLock { isOpen in
      guard isOpen else { return .success(()) }
      isOpen = false
      return nothingOrErrno(Glibc.close(descriptor))
    }
  }

  /// Does something quick with the descriptor that no receiving or sending depends on; nil if it is closed.
  func look<R: Sendable>(_ body: (Socket) -> R) -> R? {
    isOpen.withLock { isOpen in isOpen ? body(self) : nil }
  }

  /// The corresponding C function is `getsockname`.
  var localAddress: SocketAddress? { address(Glibc.getsockname) }

  /// The corresponding C function is `getpeername`.
  var peerAddress: SocketAddress? { address(Glibc.getpeername) }

  /// Sets an option of type int. The corresponding C function is `setsockopt`.
  func set(_ level: CInt, _ name: CInt, _ value: CInt) -> Result<Void, Errno> {
    var value = value
    return nothingOrErrno(setsockopt(descriptor, level, name, &value, socklen_t(MemoryLayout<CInt>.size)))
  }

  /// The corresponding C function is `getsockopt`.
  func option(_ level: CInt, _ name: CInt) -> Result<CInt, Errno> {
    var value: CInt = 0
    var length = socklen_t(MemoryLayout<CInt>.size)
    return nothingOrErrno(getsockopt(descriptor, level, name, &value, &length)).map { value }
  }

  private func address(
    _ call: (CInt, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> CInt
  ) -> SocketAddress? {
    var address = SocketAddress()
    let result = address.withMutablePointer { call(descriptor, $0, $1) }
    return result == 0 ? address : nil
  }

  deinit { close() }
}

/// -1 becomes errno, read before anything else can change it.
func valueOrErrno(_ result: CInt) -> Result<CInt, Errno> {
  result == -1 ? .failure(.current) : .success(result)
}

func nothingOrErrno(_ result: CInt) -> Result<Void, Errno> {
  result == -1 ? .failure(.current) : .success(())
}

extension Errno {
  static var current: Errno { Errno(rawValue: Glibc.errno) }
}
