import CLinux
import Glibc
import SystemPackage
import Traffic

extension KernelState {
  private static let states = [
    "?", "ESTAB", "SYN-SENT", "SYN-RECV", "FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT", "CLOSED", "CLOSE-WAIT",
    "LAST-ACK",
    "LISTEN", "CLOSING",
  ]

  /// Asks the kernel: two ioctls, TCP_INFO and a few options.
  init(_ socket: Socket, kind: SocketKind, isListener: Bool) {
    self.init()
    if !isListener {
      receiveQueue = known(cl_siocinq(socket.descriptor))
      sendQueue = known(cl_siocoutq(socket.descriptor))
    }
    if kind == .tcp { addTCP(socket, isListener: isListener) }
    addOptions(socket, kind, isListener: isListener)
  }

  private mutating func addTCP(_ socket: Socket, isListener: Bool) {
    var info = cl_tcp_state()
    guard cl_tcp_info(socket.descriptor, &info) == 0 else { return }
    tcp = Self.states.indices.contains(Int(info.state)) ? Self.states[Int(info.state)] : nil
    if isListener {
      if info.unacked >= 0, info.sacked >= 0 { backlog = (Int(info.unacked), Int(info.sacked)) }
      return
    }
    if info.rtt >= 0, info.rttvar >= 0 {
      add("rtt", "\(Units.duration(info.rtt * 1_000)) ± \(Units.duration(info.rttvar * 1_000))")
    }
    add("not sent", info.not_sent) { Units.size($0) }
    add("in flight", info.unacked) { "\($0) segments" }
    add("retransmitted", info.retransmits) { "\($0) segments" }
    add("data segments in", info.segments_in) { "\($0)" }
    add("data segments out", info.segments_out) { "\($0)" }
    add("snd_mss", info.send_mss) { "\($0) B" }
    add("rcv_mss", info.receive_mss) { "\($0) B" }
    add("snd_cwnd", info.congestion_window) { "\($0) segments" }
    add("rcv_space", info.receive_space) { Units.size($0) }
    add("last data", info.last_data_received) { "\(Units.duration($0 * 1_000_000)) ago" }
  }

  private mutating func addOptions(_ socket: Socket, _ kind: SocketKind, isListener: Bool) {
    let tcp = CInt(IPPROTO_TCP)
    add("SO_RCVBUF", socket.option(SOL_SOCKET, SO_RCVBUF)) { Units.size(Int64($0)) }
    add("SO_SNDBUF", socket.option(SOL_SOCKET, SO_SNDBUF)) { Units.size(Int64($0)) }
    if !kind.keepsBoundaries, !isListener {
      add("SO_RCVLOWAT", socket.option(SOL_SOCKET, SO_RCVLOWAT)) { "\($0)" }
    }
    if kind == .tcp {
      add("TCP_NODELAY", socket.option(tcp, TCP_NODELAY)) { $0 == 0 ? "off" : "on" }
      add("TCP_CORK", socket.option(tcp, TCP_CORK)) { $0 == 0 ? "off" : "on" }
      add("TCP_QUICKACK", socket.option(tcp, TCP_QUICKACK)) { $0 == 0 ? "off" : "on" }
      add("SO_KEEPALIVE", socket.option(SOL_SOCKET, SO_KEEPALIVE)) { $0 == 0 ? "off" : "on" }
    }
    if kind == .udp {
      add("SO_BROADCAST", socket.option(SOL_SOCKET, SO_BROADCAST)) { $0 == 0 ? "off" : "on" }
    }
  }

  private mutating func add(_ name: String, _ value: String) { facts.append(Fact(name: name, value: value)) }

  private mutating func add(_ name: String, _ value: Int64, _ text: (Int64) -> String) {
    if value >= 0 { add(name, text(value)) }
  }

  private mutating func add(_ name: String, _ value: Result<CInt, Errno>, _ text: (CInt) -> String) {
    if case .success(let value) = value { add(name, text(value)) }
  }
}
