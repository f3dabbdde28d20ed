import Traffic

/// Gives each captured packet to the sockets of the run that it is of, as records. Bounded: what cannot be given to anybody is
/// forgotten.
struct FlowTable {
  /// Flows that are remembered; of more the oldest are forgotten.
  static let mostFlows = 1 << 14
  /// Segments of one end that wait for its socket.
  static let mostWaiting = 1 << 12
  /// Datagrams of which fragments are awaited.
  static let mostFragmented = 256

  private struct FragmentKey: Hashable {
    var transport: SegmentHeader.Transport
    var source: WireEndpoint
    var destination: WireEndpoint
    var identification: UInt32
  }

  private let writer: JournalWriter
  private var ends = SocketEnds()
  private var flows: [Flow.ID: Flow] = [:]
  /// Flows with segments that wait.
  private var waiting: Set<Flow.ID> = []
  /// The ports of datagrams whose first fragment has passed, and their keys, oldest first.
  private var fragmented: [FragmentKey: (source: WireEndpoint, destination: WireEndpoint)] = [:]
  private var fragments: [FragmentKey] = []
  private var names: [Int32: String] = [:]
  private let nameOf: (Int32) -> String

  init(_ writer: JournalWriter, nameOf: @escaping (Int32) -> String) {
    self.writer = writer
    self.nameOf = nameOf
  }

  var hasWaiting: Bool { !waiting.isEmpty }

  /// Looks whether sockets have come for what waits. To be called before and after packets are taken.
  mutating func update() {
    guard ends.update(from: writer.journal) else { return }
    for id in waiting { settle(id) }
  }

  /// Takes a packet.
  mutating func take(_ header: SegmentHeader, at time: Nanoseconds, on interface: Int32) {
    guard let header = withPorts(header) else { return }
    if names[interface] == nil { names[interface] = nameOf(interface) }
    let isFirst = header.source.isOrdered(before: header.destination)
    let (one, other) =
      isFirst ? (header.source, header.destination) : (header.destination, header.source)
    let id = Flow.ID(transport: header.transport, one: one, other: other)
    var flow = flows.removeValue(forKey: id) ?? Flow(interface: interface, latest: time)
    defer {
      flows[id] = flow
      if flows.count > Self.mostFlows { forgetOldest() }
    }
    guard flow.interface == interface else { return }
    // Between an endpoint and itself everything is sent by the one end, and received by the other.
    let sender: SegmentTracker.End = isFirst ? .one : .other
    if header.transport == .tcp, flow.tracker.isAnother(header, from: sender) { begin(&flow, id) }
    flow.latest = time
    let segment =
      header.transport == .tcp ? flow.tracker.take(header, from: sender) : SegmentTracker.datagram(header)
    for (end, way) in [(sender, Direction.sent), (sender == .one ? .other : .one, .received)] {
      settle(&flow, id, end)
      let waits = Flow.Waiting(time: time, way: way, segment: segment)
      if way == .received, segment.flags.contains(.rst), flow[end].hasCalled { flow[end].isRefused = true }
      if let socket = flow[end].socket {
        record(waits, of: socket, on: interface)
      } else if !flow[end].isGivenUp {
        if flow[end].waiting.count == Self.mostWaiting {
          giveUp(&flow, id, end)
        } else {
          flow[end].waiting.append(waits)
          waiting.insert(id)
        }
      }
    }
  }

  /// Nothing more comes: what waits is a listener's, or nobody's.
  mutating func finish() {
    update()
    for id in waiting {
      guard var flow = flows[id] else { continue }
      for end in [SegmentTracker.End.one, .other] {
        if flow[end].hasCalled { flow[end].isRefused = true }
        settle(&flow, id, end)
        giveUp(&flow, id, end)
      }
      flows[id] = flow
    }
    waiting = []
  }

  // MARK: Sockets

  private mutating func settle(_ id: Flow.ID) {
    guard var flow = flows[id] else { return }
    for end in [SegmentTracker.End.one, .other] { settle(&flow, id, end) }
    flows[id] = flow
    if flow.one.waiting.isEmpty, flow.other.waiting.isEmpty { waiting.remove(id) }
  }

  /// Looks for the socket of an end, and gives it what has waited for it.
  private mutating func settle(_ flow: inout Flow, _ id: Flow.ID, _ end: SegmentTracker.End) {
    let (local, peer) = end == .one ? (id.one, id.other) : (id.other, id.one)
    // A datagram socket may have been closed, and another bound.
    guard flow[end].socket == nil || id.transport == .udp else { return }
    var found = ends.socket(id.transport, local, peer)
    if let after = flow[end].after, let socket = found, socket.value <= after.value { found = nil }
    if found == nil, flow[end].isRefused { found = ends.takeUnconnected(id.transport, peer) }
    guard let socket = found else { return }
    flow[end].socket = socket
    for waits in flow[end].waiting { record(waits, of: socket, on: flow.interface) }
    flow[end].waiting = []
  }

  /// Another connection between the same endpoints.
  private mutating func begin(_ flow: inout Flow, _ id: Flow.ID) {
    for end in [SegmentTracker.End.one, .other] {
      giveUp(&flow, id, end)
      flow[end] = Flow.End(after: flow[end].socket ?? flow[end].after)
    }
    flow.tracker = SegmentTracker()
  }

  /// What nobody has come for is of the listener whose backlog it was in, if there is one.
  private func giveUp(_ flow: inout Flow, _ id: Flow.ID, _ end: SegmentTracker.End) {
    if let listener = ends.bound(id.transport, end == .one ? id.one : id.other) {
      for waits in flow[end].waiting { record(waits, of: listener, on: flow.interface) }
    }
    flow[end].waiting = []
    flow[end].isGivenUp = true
  }

  private mutating func forgetOldest() {
    let times = flows.values.map(\.latest).sorted()
    let limit = times[times.count / 2]
    for (id, var flow) in flows where flow.latest <= limit {
      for end in [SegmentTracker.End.one, .other] { giveUp(&flow, id, end) }
      flows[id] = nil
      waiting.remove(id)
    }
  }

  private func record(_ waits: Flow.Waiting, of socket: SocketID, on interface: Int32) {
    let name = writer.intern(address: names[interface] ?? "")
    writer.append(.segment(socket, waits.way, at: waits.time, waits.segment, on: name))
  }

  // MARK: Fragments

  /// Only the first fragment has ports.
  private mutating func withPorts(_ header: SegmentHeader) -> SegmentHeader? {
    guard let fragment = header.fragment else { return header }
    let key = FragmentKey(
      transport: header.transport, source: header.source.withoutPort,
      destination: header.destination.withoutPort,
      identification: fragment.identification)
    if header.isContinuation {
      guard let ports = fragmented[key] else { return nil }
      var header = header
      (header.source, header.destination) = ports
      return header
    }
    if fragmented.updateValue((header.source, header.destination), forKey: key) == nil {
      fragments.append(key)
      if fragments.count > Self.mostFragmented { fragmented[fragments.removeFirst()] = nil }
    }
    return header
  }
}
