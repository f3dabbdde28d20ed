import CLinux
import SystemPackage
import Traffic

/// What the thread of a readiness loop knows of the sockets that it serves.
struct Served {
  var members: [CInt: ReadinessLoop.Member] = [:]
  var receivers: [SocketID: Receiver] = [:]
  /// Listeners that are left alone for want of a resource.
  private var resting: [CInt] = []
  /// When they are asked again, on CLOCK_MONOTONIC.
  private(set) var restEnd: Nanoseconds?
  /// The pause that `--pace` asks for after a recv: whose it is, and when it is over, on CLOCK_MONOTONIC.
  private var pause: (descriptor: CInt, end: Nanoseconds)?

  /// One recv(2), or for urgent data recv(MSG_OOB) as well.
  /// - Returns: true if the receiving side has ended.
  mutating func receive(on connection: Connection, _ ready: Ready) -> Bool {
    guard let receiver = receivers[connection.id] else { return false }
    let policy = connection.policy
    if ready.isExceptional { _ = receiver.receive(1, flags: [.outOfBand, .dontWait]) }
    guard ready.isReadable else { return false }
    // Readiness is a hint: without MSG_DONTWAIT a datagram that is dropped for its checksum would block every other
    // socket of the loop. See select(2), BUGS.
    let record = receiver.receive(policy.size, flags: policy.flags.union(.dontWait))
    if let pace = policy.pace { pause = (connection.socket.descriptor, cl_monotonic() + pace) }
    return record.endsReceiving
  }

  /// Waits until the pause after a recv is over.
  /// - Returns: false if somebody rang before that.
  mutating func waitOutPause(_ bell: Bell) -> Bool {
    guard let pause else { return true }
    while cl_monotonic() < pause.end { if bell.wait(until: pause.end) { return false } }
    self.pause = nil
    return true
  }

  /// Leaves a listener alone for a while: the connection stays in its backlog, so the next wait would return at once.
  mutating func rest(_ descriptor: CInt, _ call: inout some WaitCall) {
    call.remove(descriptor)
    resting.append(descriptor)
    restEnd = cl_monotonic() + Listener.rest
  }

  mutating func endRests(_ call: inout some WaitCall) {
    guard let restEnd, cl_monotonic() >= restEnd else { return }
    for descriptor in resting where members[descriptor] != nil { _ = call.add(descriptor) }
    resting = []
    self.restEnd = nil
  }

  mutating func forget(_ descriptor: CInt) {
    if case .connection(let connection) = members.removeValue(forKey: descriptor),
      let receiver = receivers.removeValue(forKey: connection.id)
    {
      connection.keep(receiver.memory)
    }
    resting.removeAll { $0 == descriptor }
    if pause?.descriptor == descriptor { pause = nil }
  }
}
