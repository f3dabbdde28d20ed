import CLinux
import SystemPackage
import Traffic

/// What the thread of a readiness loop knows of the sockets that it serves.
struct Served {
  private struct Entry {
    let member: ReadinessLoop.Member
    let turn: Turn
    /// Of a connection.
    let receiver: Receiver?
  }

  private var entries: [CInt: Entry] = [:]
  private var descriptors: [SocketID: CInt] = [:]
  /// Listeners that are left alone for want of a resource.
  private var resting: [CInt] = []
  /// When they are asked again, on CLOCK_MONOTONIC.
  private(set) var restEnd: Nanoseconds?
  /// The pause that `--pace` asks for after a recv: whose it is, and when it is over, on CLOCK_MONOTONIC.
  private var pause: (descriptor: CInt, end: Nanoseconds)?

  var isEmpty: Bool { entries.isEmpty }

  /// The socket with a descriptor; nil if none is served.
  func member(_ descriptor: CInt) -> ReadinessLoop.Member? { entries[descriptor]?.member }

  func descriptor(of id: SocketID) -> CInt? { descriptors[id] }

  /// - Parameter turn: is ended when the socket is forgotten.
  mutating func add(_ member: ReadinessLoop.Member, _ turn: Turn) {
    let receiver: Receiver? =
      switch member {
      case .listener: nil
      case .connection(let connection): connection.makeReceiver(isEdge: member.interest.contains(.edge))
      }
    entries[member.descriptor] = Entry(member: member, turn: turn, receiver: receiver)
    descriptors[member.id] = member.descriptor
  }

  /// One recv(2), or for urgent data recv(MSG_OOB) as well.
  /// - Returns: true if the receiving side has ended.
  mutating func receive(on connection: Connection, _ ready: Ready) -> Bool {
    guard let receiver = entries[ready.descriptor]?.receiver else { return false }
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
    for descriptor in resting where entries[descriptor] != nil { _ = call.add(descriptor) }
    resting = []
    self.restEnd = nil
  }

  /// No further call is made on the descriptor.
  mutating func forget(_ descriptor: CInt) {
    guard let entry = entries.removeValue(forKey: descriptor) else { return }
    descriptors[entry.member.id] = nil
    if case .connection(let connection) = entry.member, let receiver = entry.receiver {
      connection.keep(receiver.memory)
    }
    resting.removeAll { $0 == descriptor }
    if pause?.descriptor == descriptor { pause = nil }
    entry.turn.end()
  }
}
