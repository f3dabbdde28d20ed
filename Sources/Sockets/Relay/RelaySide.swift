import CLinux
import Glibc
import SystemPackage
import Traffic

/// One socket of a relay's pair, and what it received that was not passed on yet. Used by the relay's thread alone.
final class RelaySide {
  let end: RelayEnd
  let id: SocketID
  let name: String
  let kind: SocketKind
  let run: Run
  private(set) var socket: Socket
  private var receiver: Receiver
  /// What came in here and goes out at the other side.
  var passage: Passage
  /// Where the messages of what comes in end, while these are held one by one.
  var messages: MessageEnds?
  /// Bytes that each recv(2) asks for, if there is room for them.
  var size: Int
  /// Of a flow of datagrams: whom it is connected to.
  var peer: SocketAddress?
  /// True while the outcome of connect(2) is not known.
  var isConnecting = false
  var isConnected = false
  /// True once SO_ERROR has told a reset, which no recv(2) tells again.
  var isResetTold = false
  /// True while somebody has paused it.
  var isPaused = false
  /// True once recv(2) returned 0 or failed for good.
  private(set) var hasEnded = false
  /// True once a call failed as after a reset: nothing can be sent here any more.
  private(set) var isBroken = false
  /// True once shutdown(2) was called for its sending side.
  private(set) var hasShutDown = false
  /// True after a send(2) that found no room, until there is some.
  var isFull = false
  /// What the wait call watches it for.
  var interest: Interest = []
  /// Since when it is not read because what it sent before waits inside; nil while it is read.
  var stalledSince: Nanoseconds?
  /// True once that was said.
  var isStallTold = false
  /// By which address `sight` knows what is received at the other end; nil where that has none.
  var delivered: String?
  let sight: any DeliverySight
  /// True once it was said that something is not proven, and that nobody watches the other end.
  var isDoubtTold = false
  var isUnwatchedTold = false
  /// Whom the newest datagram came from.
  private var sender: SocketAddress?

  init(
    _ end: RelayEnd, _ id: SocketID, _ info: SocketInfo, _ socket: Socket, _ passage: Passage, size: Int,
    _ sight: any DeliverySight, _ run: Run
  ) {
    self.sight = sight
    (self.end, self.id, self.name, self.kind) = (end, id, info.name, info.kind)
    (self.socket, self.passage, self.size, self.run) = (socket, passage, size, run)
    receiver = Receiver(run, id: id, kind: info.kind, socket: socket, memory: .init(), isTimed: false) { _ in
    }
    adopt(socket)
  }

  /// Another kernel socket takes its place: the first address that was tried refused.
  func adopt(_ socket: Socket) {
    self.socket = socket
    socket.enableRecording(kind)
    receiver = Receiver(run, id: id, kind: kind, socket: socket, memory: .init(), isTimed: false) {
      [unowned self] in sender = $0
    }
  }

  var descriptor: CInt { socket.descriptor }

  /// True while what comes in would be of use.
  var isReadable: Bool { isConnected && !hasEnded && !isPaused && stalledSince == nil }

  /// The urgent byte if it is next, otherwise one recv(2); what it returned goes into the passage.
  /// - Returns: a datagram of somebody else, which came in before the socket was connected to its peer.
  func receive(_ ready: Ready) -> Stray? {
    if ready.isExceptional, cl_siocatmark(descriptor) == 1 {
      let record = receiver.receive(1, flags: [.outOfBand, .dontWait])
      if record.result > 0 {
        passage.receive(receiver.bytes, sequence: receiver.sequence, at: record.end, isUrgent: true)
        return nil
      }
    }
    return ready.isReadable || ready.isExceptional ? receive() : nil
  }

  private func receive() -> Stray? {
    let asked = kind.keepsBoundaries ? size : max(1, min(size, passage.room))
    let record = receiver.receive(asked, flags: .dontWait)
    if record.result >= 0, let peer, let sender, sender != peer {
      return Stray(
        sender: sender, bytes: Array(receiver.bytes), sequence: receiver.sequence, time: record.end)
    }
    if record.result > 0 || record.result == 0 && kind.keepsBoundaries {
      let offset = passage.taken
      passage.receive(
        receiver.bytes, sequence: receiver.sequence, at: record.end, isDatagram: kind.keepsBoundaries)
      for message in messages?.receive(receiver.bytes, at: offset) ?? [] { passage.endMessage(message) }
    } else if record.endsReceiving {
      for message in messages?.end(isClean: record.errno == nil) ?? [] { passage.endMessage(message) }
      hasEnded = true
      if record.errno != nil || isResetTold { isBroken = true }
      passage.end()
    }
    return nil
  }

  /// Asks whether a reset came, where nobody waits for it any more: after the end of stream, which select(2) would report
  /// for ever.
  func lookForReset() {
    var entry = pollfd(fd: descriptor, events: 0, revents: 0)
    guard !isBroken, !hasShutDown, poll(&entry, 1, 0) == 1, entry.revents & Int16(POLLERR | POLLHUP) != 0
    else {
      return
    }
    let record = receiver.receive(1, flags: .dontWait)
    if record.errno?.isPassing != true { isBroken = true }
  }

  /// One send(2).
  /// - Returns: bytes that were taken; nil if none could be.
  func send(_ outgoing: Outgoing) -> Int? {
    var record = Record.relayed(
      id, asked: outgoing.bytes.count,
      flags: outgoing.isUrgent ? [.outOfBand, .dontWait, .noSignal] : [.dontWait, .noSignal],
      from: outgoing.from,
      isChanged: outgoing.isChanged, isProven: outgoing.isProven)
    record.start = run.clock.now
    let result = outgoing.bytes.withUnsafeBytes { socket.send($0, flags: record.flags) }
    record.end = run.clock.now
    switch result {
    case .success(let count):
      record.result = Int32(count)
      if count < outgoing.bytes.count { record.queued = known(cl_siocoutq(descriptor)) }
      outgoing.bytes.withUnsafeBytes {
        let taken = UnsafeRawBufferPointer(rebasing: $0[..<count])
        _ = run.writer.append(record, payload: taken)
        messages?.send(taken)
      }
      return count
    case .failure(let errno):
      record.result = -errno.rawValue
      run.writer.append(record)
      if errno.isPassing {
        isFull = true
      } else if kind.keepsBoundaries {
        // A datagram that is refused ends nothing: it is gone, as on the wire.
        return outgoing.bytes.count
      } else {
        isBroken = true
      }
      return nil
    }
  }

  /// Passes on an end of stream.
  func shutdown() {
    hasShutDown = true
    let start = run.clock.now
    let result = socket.shutdown(.write)
    run.writer.append(.shutdown(id, .write, from: start, to: run.clock.now, failed: result.errno))
  }

  /// Tells whoever looks at the socket whether it is held.
  func noteHold() {
    let isHeld = passage.isHeld
    if !passage.holdsMessages { messages = nil }
    run.writer.update(id) { $0.isHeld = isHeld }
  }

  /// Bytes that the kernel has taken and the peer has not acknowledged.
  var unacknowledged: Int { kind == .tcp ? known(cl_siocoutq(descriptor)) ?? 0 : 0 }

  func close(isReset: Bool) {
    if let delivered { sight.disregard(delivered) }
    socket.close(kind, isReset: isReset, undelivered: passage.received, on: id, run: run) { socket.close() }
  }
}
