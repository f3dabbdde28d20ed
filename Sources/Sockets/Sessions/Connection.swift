import CLinux
import Glibc
import Synchronization
import SystemPackage
import Traffic

/// A connected socket: accepted or connecting out. Its receiving and its sending side run apart and end apart.
public final class Connection: Sendable {
  private struct Receiving {
    var policy: ReceivePolicy
    var memory = Receiver.Memory()
    var thread: Thread?
  }

  public let id: SocketID
  public let name: String
  public let kind: SocketKind
  let run: Run
  let socket: Socket
  let queue: SendQueue
  private let atEnd: SessionOptions.AtEnd
  private let receiving: Mutex<Receiving>
  private let mustStop = Atomic(false)
  private let closed = Atomic(false)

  init(_ run: Run, id: SocketID, name: String, socket: Socket, options: SessionOptions) {
    self.run = run
    self.id = id
    self.name = name
    self.socket = socket
    kind = options.kind
    atEnd = options.atEnd
    receiving = Mutex(Receiving(policy: options.policy))
    queue = SendQueue(run, id: id, name: name)
  }

  /// True once close(2) was called.
  public var isClosed: Bool { closed.load(ordering: .acquiring) }

  // MARK: Receiving

  /// Sets what the policy asks of the kernel and starts receiving. What fails is written down; the rest goes on.
  func begin() {
    let policy = receiving.withLock { $0.policy }
    if policy.timeout != nil { note("SO_RCVTIMEO", socket.setReceiveTimeout(policy.timeout)) }
    if let lowWater = policy.lowWater { note("SO_RCVLOWAT", socket.set(SOL_SOCKET, SO_RCVLOWAT, CInt(clamping: lowWater))) }
    note("pthread_create", startReceiving())
  }

  private func note(_ call: String, _ result: Result<Void, Errno>) {
    guard case .failure(let errno) = result else { return }
    run.record(.option, socket: id, result: -errno.rawValue, text: "\(call)=\(errno.name)")
  }

  /// Starts the receiving thread.
  func startReceiving() -> Result<Void, Errno> {
    mustStop.store(false, ordering: .releasing)
    return receiving.withLock { receiving in
      if receiving.thread != nil { return .success(()) }
      switch Thread.start(name, { self.receiveLoop() }) {
      case .success(let thread):
        receiving.thread = thread
        return .success(())
      case .failure(let errno): return .failure(errno)
      }
    }
  }

  /// Interrupts the receiving thread and waits for its end.
  func stopReceiving() {
    mustStop.store(true, ordering: .releasing)
    let thread = receiving.withLock { receiving in
      defer { receiving.thread = nil }
      return receiving.thread
    }
    thread?.stop()
  }

  /// The loop of every textbook: recv until it returns 0 or fails.
  private func receiveLoop() {
    let (policy, memory) = receiving.withLock { ($0.policy, $0.memory) }
    var receiver = Receiver(
      run, id: id, kind: kind, socket: socket, memory: memory, isTimed: policy.timeout != nil)
    var hasEnded = false
    while !mustStop.load(ordering: .acquiring) {
      let record = receiver.receive(policy.size, flags: policy.flags)
      if record.endsReceiving {
        hasEnded = true
        break
      }
      if let pace = policy.pace { _ = cl_sleep_until(cl_monotonic() + pace) }
    }
    let last = receiver.memory
    receiving.withLock { $0.memory = last }
    if hasEnded, atEnd == .close { close(isReset: false) }
  }

  // MARK: Sending and ending, in the order asked for

  func send(_ burst: Burst, schedule: BurstSchedule) {
    queue.add(.burst(schedule, number: run.nextBurst()), on: self)
  }

  /// Sends bytes as they are, in one send() if the kernel takes them all.
  public func send(_ bytes: [UInt8]) { queue.add(.bytes(bytes), on: self) }

  public func shutdown(_ how: Ending) { queue.add(.shutdown(how), on: self) }

  public func close(isReset: Bool) { queue.add(.close(isReset: isReset), on: self) }

  /// TCP_CORK. Returns 0 or a negated errno.
  func setCork(_ isOn: Bool) -> Int32 {
    if case .failure(let errno) = socket.set(CInt(IPPROTO_TCP), TCP_CORK, isOn ? 1 : 0) { return -errno.rawValue }
    return 0
  }

  /// SO_LINGER 0: close(2) will send an RST.
  func lingerForReset() { note("SO_LINGER", socket.setLinger(seconds: 0)) }

  /// Ends the receiving thread and calls close(2). Only the sending queue's thread does this.
  func closeNow() -> Result<Void, Errno> {
    stopReceiving()
    closed.store(true, ordering: .releasing)
    return socket.close()
  }
}

extension Record {
  /// True if a loop of recv calls ends with this one: an end of stream, or an error that stays.
  var endsReceiving: Bool {
    guard !conditions.contains(.datagram) else { return false }
    return errno.map { !$0.isPassing } ?? (result == 0 && asked > 0)
  }
}
