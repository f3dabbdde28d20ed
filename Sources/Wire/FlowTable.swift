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
  /// Of a client that was refused, records in which its connect(2) is looked for.
  private static let callsLooked = 64

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
  private var interfaces: [Int32: Interface] = [:]
  private let look: (Int32) -> Interface
  /// Sockets have come that not all flows were told of.
  private var hasNews = false
  /// Nothing more comes.
  private var isOver = false

  /// - Parameter look: what is known of an interface by its index.
  init(_ writer: JournalWriter, _ look: @escaping (Int32) -> Interface) {
    self.writer = writer
    self.look = look
  }

  var hasWaiting: Bool { !waiting.isEmpty }

  /// Looks whether sockets have come for what waits. To be called before and after packets are taken.
  mutating func update() {
    let isChanged = ends.update(from: writer.journal) || hasNews
    hasNews = false
    for id in waiting where isChanged || flows[id]?.hasRefusedEnd == true { settle(id) }
  }

  /// Takes a packet.
  mutating func take(_ header: SegmentHeader, at time: Nanoseconds, on interface: Int32) {
    guard let header = withPorts(header) else { return }
    if interfaces[interface] == nil { interfaces[interface] = look(interface) }
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
      flow[end].note(segment.flags, way)
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
    isOver = true
    update()
    for id in waiting {
      guard var flow = flows[id] else { continue }
      for end in [SegmentTracker.End.one, .other] {
        if flow[end].isCalling { flow[end].isRefused = true }
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
    let time = flow[end].waiting.first?.time ?? flow.latest
    var found = ends.connected(id.transport, local, peer)
    switch id.transport {
    case .udp:
      // It may have been closed, and another bound.
      found = found.flatMap { isOpen($0, at: time) ? $0 : nil } ?? bound(id.transport, local, at: time)
      flow[end].socket = nil
    case .tcp:
      guard flow[end].socket == nil else { return }
      if let after = flow[end].after, let socket = found, socket.value <= after.value { found = nil }
      if found == nil, flow[end].isRefused { found = caller(id.transport, from: local, to: peer, at: time) }
    }
    guard let socket = found else { return }
    flow[end].socket = socket
    for waits in flow[end].waiting { record(waits, of: socket, on: flow.interface) }
    flow[end].waiting = []
  }

  /// Another connection between the same endpoints.
  private mutating func begin(_ flow: inout Flow, _ id: Flow.ID) {
    // Its sockets may have come since packets began to be taken.
    if ends.update(from: writer.journal) { hasNews = true }
    for end in [SegmentTracker.End.one, .other] {
      settle(&flow, id, end)
      giveUp(&flow, id, end)
      // A socket that was refused may call again.
      flow[end] = Flow.End(after: flow[end].isRefused ? flow[end].after : flow[end].socket ?? flow[end].after)
    }
    flow.tracker = SegmentTracker()
  }

  /// What nobody has come for is of the listener whose backlog it was in, if there is one.
  private func giveUp(_ flow: inout Flow, _ id: Flow.ID, _ end: SegmentTracker.End) {
    if let first = flow[end].waiting.first,
      let listener = bound(id.transport, end == .one ? id.one : id.other, at: first.time)
    {
      for waits in flow[end].waiting { record(waits, of: listener, on: flow.interface) }
    }
    flow[end].waiting = []
    flow[end].isGivenUp = true
  }

  private func bound(
    _ transport: SegmentHeader.Transport, _ local: WireEndpoint, at time: Nanoseconds
  ) -> SocketID? {
    ends.bound(transport, local) { isOpen($0, at: time) }
  }

  /// False for a socket that was closed before: what passed later was nobody's, or another's.
  private func isOpen(_ socket: SocketID, at time: Nanoseconds) -> Bool {
    guard let totals = writer.journal.socket(socket)?.totals else { return false }
    return !totals.isClosed || time <= totals.latest
  }

  /// The client whose connect(2) was under way at a time.
  private mutating func caller(
    _ transport: SegmentHeader.Transport, from local: WireEndpoint, to peer: WireEndpoint,
    at time: Nanoseconds
  ) -> SocketID? {
    let (journal, isOver) = (writer.journal, isOver)
    return ends.takeCaller(transport, peer) { socket, after in
      let ranks = journal.ranks(of: socket)
      let calls = journal.records(
        of: socket, in: max(ranks.lowerBound, ranks.upperBound - Self.callsLooked)..<ranks.upperBound
      ).map(\.record).filter { $0.kind == .connect }
      let call = calls.first { call in
        guard call.start <= time, time <= call.end else { return false }
        let ends = ConnectedEnds(payload: journal.payload(of: call)?[...] ?? [])
        let own = (ends?.local).flatMap { WireEndpoint($0) }
        // Where the kernel told no port the time has to do.
        return own.flatMap { $0.port == 0 ? nil : $0.port == local.port } ?? (after <= call.start)
      }
      if let call { return call.end }
      // One that has not returned has no record yet.
      return isOver && calls.isEmpty && after < time ? .max : nil
    }
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
    let known = interfaces[interface]
    let name = writer.intern(address: known?.name ?? "")
    writer.append(.segment(socket, waits.way, at: waits.time, waits.segment, on: name, mtu: known?.mtu))
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
