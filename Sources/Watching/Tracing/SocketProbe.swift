import CLinux
import CTracing
import Glibc
import Traffic

/// What a socket says after a recv, by a duplicate of its descriptor.
struct SocketProbe {
  let socket: SeenSocket
  let descriptor: CInt

  func addFacts(to seen: inout SeenCall) {
    if seen.result < 0 {
      // EAGAIN: whether it waited is not in its result.
      if !seen.flags.contains(.dontWait), trace_is_timed(descriptor) { seen.conditions.insert(.timed) }
      return
    }
    let left = cl_siocinq(descriptor)
    seen.queued = left < 0 ? nil : Int(left)
    switch socket.kind {
    case .tcp: addStreamFacts(&seen, left)
    case .unix: noteMark(&seen, left)
    case .udp, .unixDatagram, .seqpacket: addDatagramFacts(&seen)
    }
  }

  private func addStreamFacts(_ seen: inout SeenCall, _ left: CInt) {
    if seen.flags.contains(.peek) || seen.flags.contains(.outOfBand) { return }
    // What is left is what was left before without what this call took: nothing has come in between.
    if socket.left >= 0, Int64(left) == Int64(socket.left) - seen.result, seen.result > 0 {
      seen.segments = 0
    } else {
      var state: CInt = 0
      let segments = cl_segments_in(descriptor, &state)
      if segments >= socket.segments { seen.segments = Int(segments - socket.segments) }
      socket.segments = max(socket.segments, segments)
      socket.hasFIN = TCPState.hasFIN(state)
    }
    if socket.hasFIN { seen.conditions.insert(.peerEnded) }
    socket.left = left
    noteMark(&seen, left)
  }

  /// A read that got less than it asked for while more is queued has stopped at the urgent mark.
  private func noteMark(_ seen: inout SeenCall, _ left: CInt) {
    guard seen.result > 0, seen.result < seen.asked, left > 0, cl_siocatmark(descriptor) == 1 else { return }
    seen.conditions.insert(.atMark)
    if cl_is_urgent_inline(descriptor) == 1 { seen.conditions.insert(.urgentInline) }
  }

  private func addDatagramFacts(_ seen: inout SeenCall) {
    if socket.kind == .seqpacket, seen.result == 0, cl_is_hung_up(descriptor) == 1 {
      seen.conditions.remove(.datagram)
      seen.queued = 0
      return
    }
    // Without MSG_TRUNC nothing tells how long the datagram was.
    if seen.flags.contains(.truncate) || seen.result < seen.asked {
      seen.lost = max(0, Int(seen.result) - seen.asked)
    }
    if let lost = seen.lost, lost > 0 { seen.conditions.insert(.truncated) }
  }
}

/// tcpi_state of tcp(7).
private enum TCPState {
  static func hasFIN(_ state: CInt) -> Bool {
    // TIME_WAIT, CLOSE_WAIT, LAST_ACK, CLOSING
    state == 6 || state == 8 || state == 9 || state == 11
  }
}
