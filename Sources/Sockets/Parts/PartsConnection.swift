import CLinux
import Glibc
import SystemPackage
import Traffic

/// A stream socket on which one thread sends the parts of a message and receives what comes back, each call when it says so. It
/// has no loop and no thread of its own.
public final class PartsConnection {
  /// What poll(2) told.
  public struct Told: Sendable {
    /// recv(2) returns at once.
    public var isReadable = false
    public var isWritable = false
    /// Somebody rang.
    public var isRung = false
  }

  /// What one recv(2) came to.
  public enum Receipt {
    /// The bytes are valid until the next call.
    case bytes(UnsafeRawBufferPointer)
    case nothing
    case end
    case failed(Errno)
  }

  public let id: SocketID
  /// The addresses of getsockname(2) and getpeername(2): by the first the other side knows it.
  public let local: String
  public let peer: String
  private let run: Run
  private let kind: SocketKind
  private let socket: Socket
  private let receiver: Receiver
  /// Bytes that each recv(2) asks for.
  private static let size = 1 << 16

  /// How it receives: poll(2) tells when.
  private static var policy: ReceivePolicy {
    var policy = ReceivePolicy()
    (policy.size, policy.mode) = (size, .poll)
    return policy
  }

  private init(_ run: Run, _ id: SocketID, _ kind: SocketKind, _ socket: Socket, local: String, peer: String)
  {
    (self.run, self.id, self.kind, self.socket) = (run, id, kind, socket)
    (self.local, self.peer) = (local, peer)
    receiver = Receiver(run, id: id, kind: kind, socket: socket, memory: .init(), isTimed: false) { _ in }
  }

  /// connect(2), which a deadline of CLOCK_MONOTONIC ends.
  /// - Parameters:
  ///   - kind: `tcp` or `unix`.
  ///   - name: a new one.
  /// - Returns: fails with what socket(2), bind(2) or connect(2) said; its record is written.
  public static func open(
    _ address: SocketAddress, _ kind: SocketKind, name: String, in run: Run, until deadline: Nanoseconds
  ) -> Result<PartsConnection, FailedCall> {
    let id = run.writer.add(
      SocketInfo(name: name, kind: kind, role: .client, peer: address.text, policy: policy))
    let start = run.clock.now
    let socket: Socket
    switch Socket.make(family: address.family, kind: kind) {
    case .success(let made): socket = made
    case .failure(let errno):
      run.writer.append(.unopened(id, from: start, to: run.clock.now), text: "socket: \(errno.phrase)")
      return .failure(FailedCall(call: "socket", errno: errno))
    }
    // Without a name of its own the other side could not tell whose connection it has.
    if kind == .unix { _ = socket.bind(.unnamedUnix) }
    // A part that waits for the acknowledgement of the one before it would wait for a delayed one; see tcp(7).
    if kind == .tcp { _ = socket.apply([.noDelay(true)], on: id, run: run) }
    _ = fcntl(socket.descriptor, F_SETFL, O_NONBLOCK)
    run.willUse(port: address.port)
    var errno = socket.connect(address).errno
    if errno?.rawValue == EINPROGRESS {
      var entry = pollfd(fd: socket.descriptor, events: Int16(POLLOUT), revents: 0)
      if cl_poll_until(&entry, 1, deadline) == 0 {
        errno = .timedOut
      } else {
        let error = (try? socket.option(SOL_SOCKET, SO_ERROR).get()) ?? 0
        errno = error == 0 ? nil : Errno(rawValue: error)
      }
    }
    let local = socket.localAddress?.text ?? ""
    let peer = (errno == nil ? socket.peerAddress : nil)?.text ?? address.text
    run.writer.update(id) { ($0.local, $0.peer) = (local, peer) }
    run.writer.append(
      .connect(id, from: start, to: run.clock.now, failed: errno),
      ConnectedEnds(local: errno == nil ? local : nil, peer: peer))
    if let errno { return .failure(FailedCall(call: "connect", errno: errno)) }
    socket.enableRecording(kind)
    return .success(PartsConnection(run, id, kind, socket, local: local, peer: peer))
  }

  /// A connection that was accepted.
  convenience init(
    accepted socket: Socket, _ peer: SocketAddress, _ kind: SocketKind, name: String, parent: SocketID,
    in run: Run
  ) {
    let local = socket.localAddress?.text ?? ""
    let id = run.writer.add(
      SocketInfo(
        name: name, kind: kind, role: .accepted, parent: parent, local: local, peer: peer.text,
        policy: Self.policy))
    if kind == .tcp { _ = socket.apply([.noDelay(true)], on: id, run: run) }
    _ = fcntl(socket.descriptor, F_SETFL, O_NONBLOCK)
    socket.enableRecording(kind)
    self.init(run, id, kind, socket, local: local, peer: peer.text)
  }

  /// poll(2) until there is something to do, or a deadline of CLOCK_MONOTONIC.
  /// - Parameter sends: room for a send(2) is wanted, too.
  public func wait(_ bell: Bell, sends: Bool = false, until deadline: Nanoseconds) -> Told {
    let wanted = Int16(POLLIN) | (sends ? Int16(POLLOUT) : 0)
    var entries = [
      pollfd(fd: socket.descriptor, events: wanted, revents: 0),
      pollfd(fd: bell.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    _ = cl_poll_until(&entries, 2, deadline)
    let isRung = entries[1].revents != 0
    if isRung { bell.clear() }
    let events = Int32(entries[0].revents)
    return Told(
      isReadable: events & (POLLIN | POLLHUP | POLLERR) != 0, isWritable: events & POLLOUT != 0,
      isRung: isRung)
  }

  /// One recv(2), which does not wait.
  public func receive() -> Receipt {
    let record = receiver.receive(Self.size, flags: .dontWait)
    if let errno = record.errno { return errno.isPassing ? .nothing : .failed(errno) }
    return record.result == 0 ? .end : .bytes(receiver.bytes)
  }

  /// One send(2), which does not wait.
  /// - Returns: bytes that the kernel took; 0 if there was no room.
  public func send(_ bytes: ArraySlice<UInt8>) -> Result<Int, Errno> {
    var record = Record.send(id, flags: [.dontWait, .noSignal], to: nil)
    record.asked = UInt32(clamping: bytes.count)
    return bytes.withUnsafeBytes { bytes in
      record.start = run.clock.now
      let result = socket.send(bytes, flags: record.flags)
      record.end = run.clock.now
      switch result {
      case .success(let count):
        record.result = Int32(count)
        if count < bytes.count { record.queued = known(cl_siocoutq(socket.descriptor)) }
        run.writer.append(record, payload: UnsafeRawBufferPointer(rebasing: bytes[..<count]))
        return result
      case .failure(let errno):
        record.result = -errno.rawValue
        run.writer.append(record)
        return errno.isPassing ? .success(0) : result
      }
    }
  }

  /// shutdown(2) of the sending side.
  public func shutdown() {
    let start = run.clock.now
    let result = socket.shutdown(.write)
    run.writer.append(.shutdown(id, .write, from: start, to: run.clock.now, failed: result.errno))
  }

  public func close() {
    socket.close(kind, isReset: false, on: id, run: run) { socket.close() }
  }
}
