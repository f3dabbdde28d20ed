import CLinux
import CTracing
import Glibc
import Traffic

/// Makes of a call that returned what is told of it. Everything that must be seen at this stop is looked at here: the
/// bytes in the program's memory, and what its socket says.
final class CallExit {
  let finder: SocketFinder
  let buffer = PayloadBuffer()
  let tell: (SeenCall) -> Void

  /// - Parameter tell: is given each call while its bytes lie in `buffer`.
  init(_ finder: SocketFinder, tell: @escaping (SeenCall) -> Void) {
    self.finder = finder
    self.tell = tell
  }

  func leave(_ call: UnderWay, _ thread: TracedThread, at time: Nanoseconds, result: Int64) {
    buffer.clear()
    var seen = SeenCall(
      call.name, process: thread.process.id, thread: thread.id, descriptor: call.descriptor,
      socket: call.socket, entered: call.entered, left: time, result: result)
    switch call.name {
    case .read, .readv, .recvfrom, .recvmsg: receive(call, thread, &seen)
    case .recvmmsg: return receiveMany(call, thread, seen)
    case .write, .writev, .sendto, .sendmsg: send(call, thread, &seen)
    case .sendmmsg: return sendMany(call, thread, seen)
    case .sendfile, .splice: move(call, thread, &seen)
    case .accept, .accept4: accept(call, thread, &seen)
    case .connect, .bind: takeAddress(call, thread, &seen)
    case .listen:
      seen.detail = .backlog(Int(call.int(1)))
      if result == 0 { refresh(call, thread) { $0.isListening = true } }
    case .shutdown: seen.detail = .shutdown(call.int(1) == 0 ? .read : call.int(1) == 1 ? .write : .both)
    case .close: return close(call, thread, seen)
    case .closeRange: return closeRange(call, thread, seen)
    case .dup, .dup2, .dup3, .fcntl: return duplicate(call, thread, seen)
    case .socket, .socketpair: return make(call, thread, seen)
    case .setsockopt:
      let option = OptionName(
        level: call.int(1), option: call.int(2),
        bytes: thread.process.memory.bytes(
          at: call.argument(3), count: min(64, max(0, Int(call.int(4))))))
      seen.detail = .option(name: option.name, value: option.value)
    case .select, .pselect6, .poll, .ppoll, .epollWait, .epollPwait, .epollPwait2:
      guard let wait = WaitReader(finder: finder, thread: thread).read(call, result: result) else { return }
      seen.detail = .wait(wait)
    case .epollCtl: return epollControl(call, thread, result: result)
    case .exit, .execve: return
    }
    tell(seen)
  }

  // MARK: Bytes

  private func receive(_ call: UnderWay, _ thread: TracedThread, _ seen: inout SeenCall) {
    let process = thread.process.id
    let count = Int(seen.result)
    switch call.name {
    case .recvmsg:
      guard let message = MessageHeader(at: call.argument(1), in: thread.process.memory) else { break }
      seen.asked = message.asked
      seen.flags = MessageFlags(rawValue: UInt32(truncatingIfNeeded: call.int(2)))
      if seen.result >= 0 {
        seen.conditions.formUnion(message.conditions)
        seen.address = message.address
        takeRights(message, thread, seen.flags)
      }
      buffer.read(process, message.pieces, count: count)
    case .readv:
      let pieces = MessageHeader.pieces(
        at: call.argument(1), count: call.argument(2), in: thread.process.memory)
      seen.asked = MessageHeader.length(of: pieces)
      buffer.read(process, pieces, count: count)
    default:
      seen.asked = Int(clamping: call.argument(2))
      if call.name == .recvfrom {
        seen.flags = MessageFlags(rawValue: UInt32(truncatingIfNeeded: call.int(3)))
        if seen.result >= 0, call.argument(4) != 0 {
          let length = thread.process.memory.value(Int32.self, at: call.argument(5)) ?? 0
          seen.address = AddressText.text(
            thread.process.memory.bytes(at: call.argument(4), count: min(128, Int(length))))
        }
      }
      // With MSG_TRUNC a TCP socket throws the bytes away, and a datagram's length may be more than was copied.
      let isDiscarded = call.socket?.kind == .tcp && seen.flags.contains(.truncate)
      buffer.read(process, at: call.argument(1), count: isDiscarded ? 0 : min(count, seen.asked))
    }
    addFacts(call, thread, &seen)
  }

  private func addFacts(_ call: UnderWay, _ thread: TracedThread, _ seen: inout SeenCall) {
    guard let socket = call.socket else { return }
    if socket.kind.keepsBoundaries { seen.conditions.insert(.datagram) }
    if seen.result < 0, seen.result != -Int64(EAGAIN) { return }
    var error: CInt = 0
    guard let own = Duplicate(of: call.descriptor, in: thread.process.pidfd, error: &error) else { return }
    SocketProbe(socket: socket, descriptor: own.descriptor).addFacts(to: &seen)
  }

  private func receiveMany(_ call: UnderWay, _ thread: TracedThread, _ seen: SeenCall) {
    manyMessages(call, thread, seen) { each, message in
      each.conditions.formUnion(message.conditions)
      each.address = message.address
      each.flags = MessageFlags(rawValue: UInt32(truncatingIfNeeded: call.int(3)))
      takeRights(message, thread, each.flags)
      addFacts(call, thread, &each)
    }
  }

  private func sendMany(_ call: UnderWay, _ thread: TracedThread, _ seen: SeenCall) {
    manyMessages(call, thread, seen) { each, message in
      each.address = message.address
      each.flags = MessageFlags(rawValue: UInt32(truncatingIfNeeded: call.int(3)))
      sendRights(message, thread)
    }
  }

  /// SCM_RIGHTS: what is sent stays open until somebody takes it, even if its sender closes his own descriptor.
  private func sendRights(_ message: MessageHeader, _ thread: TracedThread) {
    for descriptor in message.rights { finder.socket(descriptor, of: thread)?.inFlight += 1 }
  }

  private func takeRights(_ message: MessageHeader, _ thread: TracedThread, _ flags: MessageFlags) {
    for descriptor in message.rights {
      guard let socket = finder.socket(descriptor, of: thread) else { continue }
      if socket.inFlight > 0, !flags.contains(.peek) { socket.inFlight -= 1 }
    }
  }

  /// recvmmsg(2) and sendmmsg(2): one is told for each message, and one that says why there was none.
  private func manyMessages(
    _ call: UnderWay, _ thread: TracedThread, _ seen: SeenCall,
    _ fill: (inout SeenCall, MessageHeader) -> Void
  ) {
    guard seen.result > 0 else { return tell(seen) }
    for index in 0..<min(1024, UInt64(seen.result)) {
      let place = call.argument(1) + index * UInt64(MessageHeader.sizeOfMany)
      guard let message = MessageHeader(at: place, in: thread.process.memory) else { continue }
      let length = thread.process.memory.value(UInt32.self, at: place + UInt64(MessageHeader.size)) ?? 0
      var each = seen
      each.asked = message.asked
      each.result = Int64(length)
      buffer.read(thread.process.id, message.pieces, count: Int(length))
      fill(&each, message)
      tell(each)
    }
  }

  private func send(_ call: UnderWay, _ thread: TracedThread, _ seen: inout SeenCall) {
    let process = thread.process.id
    let count = Int(seen.result)
    switch call.name {
    case .sendmsg:
      guard let message = MessageHeader(at: call.argument(1), in: thread.process.memory) else { break }
      seen.asked = message.asked
      seen.flags = MessageFlags(rawValue: UInt32(truncatingIfNeeded: call.int(2)))
      seen.address = message.address
      if seen.result >= 0 { sendRights(message, thread) }
      buffer.read(process, message.pieces, count: count)
    case .writev:
      let pieces = MessageHeader.pieces(
        at: call.argument(1), count: call.argument(2), in: thread.process.memory)
      seen.asked = MessageHeader.length(of: pieces)
      buffer.read(process, pieces, count: count)
    default:
      seen.asked = Int(clamping: call.argument(2))
      if call.name == .sendto {
        seen.flags = MessageFlags(rawValue: UInt32(truncatingIfNeeded: call.int(3)))
        if call.argument(4) != 0 {
          seen.address = AddressText.text(
            thread.process.memory.bytes(at: call.argument(4), count: min(128, max(0, Int(call.int(5))))))
        }
      }
      buffer.read(process, at: call.argument(1), count: count)
    }
    noteEnds(call, thread)
  }

  /// A client that sends without bind(2) or before its connect(2) was over has an address now.
  private func noteEnds(_ call: UnderWay, _ thread: TracedThread) {
    guard let socket = call.socket, socket.local == nil, !socket.kind.isUnix else { return }
    refresh(call, thread) { _ in }
  }

  /// sendfile(2) and splice(2) move bytes that are never in the program's memory.
  private func move(_ call: UnderWay, _ thread: TracedThread, _ seen: inout SeenCall) {
    seen.detail = .fromFile(isSend: call.int(call.name == .sendfile ? 0 : 2) == call.descriptor)
    seen.asked = Int(clamping: call.argument(call.name == .sendfile ? 3 : 4))
    guard call.name == .sendfile, seen.result > 0 else { return }
    // The file's offset stands behind what was sent, unless the program has said where to begin.
    var error: CInt = 0
    guard let file = Duplicate(of: call.int(1), in: thread.process.pidfd, error: &error) else { return }
    let end =
      call.argument(2) == 0
      ? Int64(lseek(file.descriptor, 0, SEEK_CUR))
      : thread.process.memory.value(Int64.self, at: call.argument(2)) ?? -1
    guard end >= seen.result else { return }
    buffer.read(file: file.descriptor, at: end - seen.result, count: Int(seen.result))
  }
}
