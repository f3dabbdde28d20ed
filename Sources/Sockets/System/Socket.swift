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

  /// Who uses the descriptor besides the loops that are stopped before it is closed.
  private struct Use {
    var isClosed = false
    var lookers = 0
    /// Raised by the last of them, for whoever closes.
    var isFree: Latch?
  }

  private let use = Mutex(Use())

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
    let isFree: Latch?? = use.withLock { use in
      if use.isClosed { return nil }
      use.isClosed = true
      if use.lookers > 0 { use.isFree = Latch() }
      return .some(use.isFree)
    }
    guard let isFree else { return .success(()) }
    isFree?.wait()
    // Outside the lock: with SO_LINGER the call waits.
    return nothingOrErrno(Glibc.close(descriptor))
  }

  /// Does something with the descriptor from another thread than those that receive and send; nil if it is closed.
  /// Meanwhile `close` waits, so that the number stays this socket's.
  func look<R>(_ body: (Socket) -> R) -> R? {
    let isOpen = use.withLock { use in
      if !use.isClosed { use.lookers += 1 }
      return !use.isClosed
    }
    guard isOpen else { return nil }
    defer {
      use.withLock { use in
        use.lookers -= 1
        if use.lookers == 0 { use.isFree?.raise() }
      }
    }
    return body(self)
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

/// A number of the kernel's; nil where it did not say.
func known(_ value: CInt) -> Int? { value < 0 ? nil : Int(value) }

func nothingOrErrno(_ result: CInt) -> Result<Void, Errno> {
  result == -1 ? .failure(.current) : .success(())
}

extension Result where Failure == Errno {
  /// Why the call failed; nil if it did not.
  var errno: Errno? { if case .failure(let errno) = self { errno } else { nil } }
}

extension Errno {
  static var current: Errno { Errno(rawValue: Glibc.errno) }
}
