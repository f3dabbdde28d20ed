import CLinux
import Glibc
import SystemPackage
import Traffic

/// Calls recv(2) on one socket and writes every call into the journal. Used by one thread at a time.
final class Receiver {
  /// What must be known of the calls before, to tell what one call brought.
  struct Memory: Sendable {
    /// What TCP_INQ said after the call before; -1 unknown.
    var inq: Int32 = -1
    /// True once the peer's FIN is in the queue; TCP_INQ counts it as a byte.
    var hasFIN = false
    /// `tcpi_data_segs_in` after the call before.
    var segments: Int64 = 0
  }

  private let writer: JournalWriter
  private let clock: RunClock
  private let id: SocketID
  private let kind: SocketKind
  private let descriptor: CInt
  private let base: Conditions
  private let call: CallUnderWay
  private var buffer: UnsafeMutableRawBufferPointer
  private var stored = 0
  /// Of the record of the newest call.
  private(set) var sequence = 0
  private(set) var memory: Memory
  /// Is told whom each datagram came from.
  private let heard: (SocketAddress) -> Void

  init(
    _ run: Run, id: SocketID, kind: SocketKind, socket: Socket, memory: Memory, isTimed: Bool,
    isEdge: Bool = false,
    call: CallUnderWay = CallUnderWay(),
    heard: @escaping (SocketAddress) -> Void
  ) {
    writer = run.writer
    clock = run.clock
    self.heard = heard
    self.id = id
    self.kind = kind
    self.memory = memory
    self.call = call
    descriptor = socket.descriptor
    base = (kind.keepsBoundaries ? Conditions.datagram : []).union(isTimed ? .timed : []).union(
      isEdge ? .edge : [])
    buffer = .allocate(byteCount: 4096, alignment: 16)
  }

  deinit { buffer.deallocate() }

  /// One recv(2): the call, what the kernel said beside the bytes, and the record.
  /// - Parameter turn: whose call it is, if one that may be interrupted.
  /// - Returns: the record as it was written.
  func receive(_ size: Int, flags: MessageFlags, in turn: Turn? = nil) -> Record {
    if buffer.count < size {
      buffer.deallocate()
      buffer = .allocate(byteCount: size, alignment: 16)
    }
    call.asked = size
    var receipt = cl_receipt()
    var record: Record
    switch kind {
    case .tcp, .unix:
      cl_receive(descriptor, buffer.baseAddress, size, CInt(flags.rawValue), nil, nil, call.entered, &receipt)
      record = makeRecord(size, flags, receipt)
      if receipt.result >= 0 {
        if kind == .tcp { addStreamFacts(&record, receipt) } else { addUnixFacts(&record) }
      }
    case .seqpacket:
      cl_receive(
        descriptor, buffer.baseAddress, size, CInt(flags.union(.truncate).rawValue), nil, nil, call.entered,
        &receipt)
      record = makeRecord(size, flags, receipt)
      if receipt.result >= 0 { addDatagramFacts(&record, size, flags, receipt) }
    case .udp, .unixDatagram:
      var sender = SocketAddress()
      cl_receive(
        descriptor, buffer.baseAddress, size, CInt(flags.union(.truncate).rawValue), &sender.storage,
        &sender.length, call.entered, &receipt)
      record = makeRecord(size, flags, receipt)
      if receipt.result >= 0 {
        addDatagramFacts(&record, size, flags, receipt)
        record.segmentSize = known(receipt.segment)
        if sender.length > 0 {
          record.address = writer.intern(address: sender.text)
          heard(sender)
        }
      }
    }
    // A signal ends a call with EINTR, or MSG_WAITALL with what is there.
    if record.result < size, record.result == -EINTR || flags.contains(.waitAll), let own = turn?.interruption
    {
      record.conditions.insert(own.condition)
    }
    let isDiscarded = kind == .tcp && flags.contains(.truncate)
    stored = isDiscarded ? 0 : min(max(0, Int(record.result)), size)
    sequence = writer.append(record, payload: bytes)
    return record
  }

  /// What the newest call has put into the buffer; valid until the next one.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: buffer.baseAddress, count: stored) }

  @inline(__always)
  private func makeRecord(_ size: Int, _ flags: MessageFlags, _ receipt: cl_receipt) -> Record {
    let flagsBack = receipt.flags == 0 ? [] : Conditions(messageFlags: receipt.flags)
    var record = Record.recv(
      id, from: receipt.start - clock.origin, to: receipt.end - clock.origin, asked: size,
      result: Int32(clamping: receipt.result), flags: flags, conditions: base.union(flagsBack))
    if receipt.result >= 0, receipt.stamp != CL_NO_STAMP {
      record.arrived = clock.arrival(stamp: receipt.stamp, before: receipt.end)
    }
    return record
  }

  @inline(__always)
  private func addStreamFacts(_ record: inout Record, _ receipt: cl_receipt) {
    // What is left now is what was left before without what this call took: nothing arrived in between, and TCP_INFO
    // need not be asked. Under load that is most calls.
    let isPassive = !record.takes
    let isQuiet = !isPassive && memory.inq >= 0 && receipt.queued == memory.inq - record.result
    if isQuiet { record.segments = 0 } else { lookAround(&record, receipt.queued, isPassive: isPassive) }
    let left = receipt.queued - (memory.hasFIN && receipt.queued > 0 ? 1 : 0)
    record.queued = known(left)
    if memory.hasFIN { record.conditions.insert(.peerEnded) }
    if isPassive { return }
    memory.inq = receipt.queued
    noteMark(&record, left: left)
  }

  private func addUnixFacts(_ record: inout Record) {
    let left = cl_siocinq(descriptor)
    record.queued = known(left)
    if !record.takes { return }
    noteMark(&record, left: left)
    // Asked only where MSG_WAITALL got less: a signal, a timeout or the end of the stream cut it.
    if record.flags.contains(.waitAll), record.result < Int32(clamping: record.asked),
      cl_is_hung_up(descriptor) == 1
    {
      record.conditions.insert(.peerEnded)
    }
  }

  /// A read that got less than it asked for while more is queued has stopped at the urgent mark.
  @inline(__always)
  private func noteMark(_ record: inout Record, left: Int32) {
    guard record.result > 0, record.result < Int32(clamping: record.asked), left > 0,
      cl_siocatmark(descriptor) == 1
    else { return }
    record.conditions.insert(.atMark)
    if cl_is_urgent_inline(descriptor) == 1 {
      record.conditions.insert(.urgentInline)
    } else if kind == .tcp, cl_has_urgent(descriptor) == 0 {
      // The next recv() passes over it; TCP_INQ counts it still.
      record.conditions.insert(.urgentRead)
      record.queued = known(left - 1)
    }
  }

  /// Asks TCP_INFO what has arrived since it was asked last.
  @inline(never)
  private func lookAround(_ record: inout Record, _ queued: Int32, isPassive: Bool) {
    var state: CInt = 0
    let segments = cl_segments_in(descriptor, &state)
    if !memory.hasFIN { memory.hasFIN = cl_has_fin(descriptor, state, queued) == 1 }
    if isPassive { return }
    if segments >= memory.segments { record.segments = Int(segments - memory.segments) }
    memory.segments = max(memory.segments, segments)
  }

  private func addDatagramFacts(
    _ record: inout Record, _ size: Int, _ flags: MessageFlags, _ receipt: cl_receipt
  ) {
    // An empty record and the end of a seqpacket connection both return 0; see recv(2). POLLRDHUP alone does not tell
    // which: it is set while empty records of a peer that has closed are still queued. Each record has a stamp.
    if kind == .seqpacket, record.result == 0, receipt.stamp == CL_NO_STAMP,
      cl_is_hung_up(descriptor) == 1
    {
      record.conditions.remove(.datagram)
      record.queued = 0
      return
    }
    // The call itself is made with MSG_TRUNC, so that the kernel tells the datagram's real length; a user who did
    // not ask for MSG_TRUNC sees what recv(2) returns without it.
    // What is only looked at stays queued whole.
    record.lost = flags.contains(.peek) ? 0 : max(0, Int(record.result) - size)
    if !flags.contains(.truncate) { record.result = min(record.result, Int32(clamping: size)) }
    record.queued = known(cl_siocinq(descriptor))
  }
}

extension Conditions {
  init(messageFlags flags: CInt) {
    self = []
    if flags & CInt(MSG_TRUNC) != 0 { insert(.truncated) }
    if flags & CInt(MSG_CTRUNC) != 0 { insert(.controlTruncated) }
    if flags & CInt(MSG_EOR) != 0 { insert(.endOfRecord) }
    if flags & CInt(MSG_OOB) != 0 { insert(.outOfBand) }
  }
}
