import CLinux
import Traffic

extension SessionManager {
  /// The calls of recv(2) and send(2) that have been waiting for so long now, and what the kernel says of the sends.
  public func waiting(atLeast least: Nanoseconds) -> [WaitingCall] {
    let now = cl_monotonic()
    return connections.flatMap { connection -> [WaitingCall] in
      let calls = [
        (Record.Kind.send, connection.sendingCall), (.recv, connection.receivingCall),
      ].filter { $0.1.start.map { now - $0 >= least } ?? false }
      return calls.compactMap { connection.waiting($0, $1, now) }
    }.sorted { ($0.socket.value, $0.start) < ($1.socket.value, $1.start) }
  }
}

extension Connection {
  /// Nil if it has returned meanwhile, or the socket is closed.
  fileprivate func waiting(_ kind: Record.Kind, _ under: CallUnderWay, _ now: Nanoseconds) -> WaitingCall? {
    guard let start = under.start, let totals = run.journal.socket(id)?.totals else { return nil }
    var call = WaitingCall(
      kind, (kind == .send ? totals.sends : totals.receives) + 1, on: id, since: start - run.clock.origin,
      asked: under.asked)
    if kind == .send {
      call.waited = now - start
      guard let (written, obstacle) = socket.look({ blockage($0.descriptor) }) else { return nil }
      call.taken = written.map { max(0, min(call.asked, $0 - Int(totals.sentBytes))) }
      call.obstacle = obstacle
    }
    // What was asked meanwhile is about this call only if it is the same one still.
    return under.start == start ? call : nil
  }

  /// How many bytes the kernel was ever given, if it says so, and why it takes no more.
  private func blockage(_ descriptor: CInt) -> (written: Int?, WaitingCall.Obstacle) {
    var info = cl_tcp_state()
    guard kind == .tcp, cl_tcp_info(descriptor, &info) == 0, info.acknowledged >= 0,
      let queued = known(cl_siocoutq(descriptor))
    else { return (nil, .buffer) }
    // The SYN of the end that called connect(2) counts as a byte.
    let written = Int(info.acknowledged) - (isAccepted ? 0 : 1) + queued
    if info.not_sent <= 0 { return (written, .acknowledgement) }
    if info.send_window >= 0, info.send_window - (Int64(queued) - info.not_sent) < info.send_mss {
      return (written, .window)
    }
    return (written, info.unacked >= info.congestion_window ? .congestion : .buffer)
  }
}
