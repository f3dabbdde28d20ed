import CLinux
import Glibc
import SystemPackage
import Traffic

/// Keeps the kernel stamping arrivals for the life of the process.
///
/// The kernel switches stamping on when the first socket asks, in deferred work: the first stamps would be missing.
/// One socket that holds it on cures that; see the notes of timestamping.rst in the kernel's documentation.
public final class Stamping: Sendable {
  private let socket: Socket

  /// Asks for stamps and waits until they come: some tenths of a millisecond, 5 ms at most.
  /// - Returns: nil if there is no socket for it; then the first arrivals may have no stamp.
  public init?() {
    guard case .success(let socket) = Socket.make(family: AF_INET, kind: .udp) else { return nil }
    self.socket = socket
    _ = cl_enable_stamps(socket.descriptor, 0)
    var loopback = SocketAddress()
    loopback.withMutablePointer { address, length in
      address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
        $0.pointee.sin_family = sa_family_t(AF_INET)
        $0.pointee.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
      }
      length.pointee = socklen_t(MemoryLayout<sockaddr_in>.size)
    }
    guard case .success = socket.bind(loopback), let own = socket.localAddress,
      case .success = socket.connect(own)
    else { return }
    let deadline = cl_monotonic() + 5_000_000
    var receipt = cl_receipt()
    while receipt.stamp == CL_NO_STAMP || receipt.start == 0, cl_monotonic() < deadline {
      _ = socket.send(UnsafeRawBufferPointer(start: nil, count: 0), flags: .dontWait)
      cl_receive(socket.descriptor, nil, 0, CInt(MSG_DONTWAIT), nil, nil, nil, &receipt)
      _ = cl_sleep_until(cl_monotonic() + 50_000)
    }
  }
}
