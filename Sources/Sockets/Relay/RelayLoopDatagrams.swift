import Glibc
import SystemPackage
import Traffic

/// Datagrams: a flow for each peer, with a socket of its own.
extension RelayLoop {
  /// A flow of datagrams that was silent for less is not ended for another one.
  private static let shortestFlow: Nanoseconds = 1_000_000_000

  /// One datagram of the socket that all peers send to first. Its peer gets a socket of its own, connected to it, which the
  /// kernel prefers from then on.
  func takeDatagram() {
    guard let receiver, makeSpare() else { return }
    let start = run.clock.now
    let record = receiver.receive(options.policy.size, flags: .dontWait)
    guard record.result >= 0, let sender else { return }
    pass(
      Stray(sender: sender, bytes: Array(receiver.bytes), sequence: receiver.sequence, time: record.end),
      since: start)
  }

  func pass(_ stray: Stray, since start: Nanoseconds? = nil) {
    guard makeSpare(), let pair = flow(of: stray.sender, since: start ?? stray.time) else { return }
    stray.bytes.withUnsafeBytes {
      pair.client.passage.receive($0, sequence: stray.sequence, at: stray.time, isDatagram: true)
    }
  }

  /// Makes room for another peer: the flow that was silent for the longest ends, if that was a second.
  func endSilentFlow() -> Bool {
    guard let pair = pairs.values.max(by: { $0.silence < $1.silence }), pair.silence > Self.shortestFlow
    else {
      return false
    }
    run.mark(
      pair.client.id, "silent for \(Units.duration(pair.silence)): its sockets are wanted for another peer")
    close(pair, isReset: false)
    return true
  }

  func flow(of peer: SocketAddress, since start: Nanoseconds) -> RelayPair? {
    if let pair = flows[peer.text].flatMap({ pairs[$0] }) {
      touched.insert(pair.number)
      pair.moved()
      return pair
    }
    guard let socket = spareFlow else { return nil }
    spareFlow = nil
    let connected = socket.set(SOL_SOCKET, SO_REUSEPORT, 1).flatMap { socket.bind(relay.address) }.flatMap {
      socket.connect(peer)
    }
    switch connected {
    case .success:
      open(socket, peer: peer, from: start, to: run.clock.now)
      return pairs[count]
    case .failure(let errno):
      run.mark(relay.id, "a datagram of \(peer.text) is not passed on: \(errno.phrase)")
      return nil
    }
  }
}
