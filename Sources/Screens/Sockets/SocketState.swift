import SystemPackage
import Traffic

/// The state of a socket as its calls so far tell it, in the words of ss(8) where there is one.
enum SocketState: Sendable {
  case listening, connecting, established
  /// The peer ended its sending side; we can still send.
  case peerEnded
  /// We ended our sending side; the peer can still send.
  case sendEnded
  /// Both sides have ended, and close(2) was not called yet.
  case bothEnded
  case reset, failed(Errno), closed, bound
  /// Of a watched program.
  case running, exited
  /// There is no socket: the name led to no address, or the kernel made none.
  case unopened

  init(_ info: SocketInfo, _ totals: SocketTotals) {
    self = Self.end(totals) ?? Self.open(info, totals)
  }

  private static func end(_ totals: SocketTotals) -> SocketState? {
    if totals.isClosed { return .closed }
    switch (totals.receiveEnd, totals.sendEnd) {
    case (.failed(.connectionReset)?, _), (_, .failed(.connectionReset)?): return .reset
    case (.failed(let errno)?, _), (_, .failed(let errno)?): return .failed(errno)
    case (.unopened?, _), (_, .unopened?): return .unopened
    case (nil, nil): return nil
    case (_?, nil): return .peerEnded
    case (nil, _?): return .sendEnded
    case (_?, _?): return .bothEnded
    }
  }

  private static func open(_ info: SocketInfo, _ totals: SocketTotals) -> SocketState {
    switch info.role {
    case .listener: .listening
    case .bound: .bound
    case .program: info.hasEnded ? .exited : .running
    case .accepted: .established
    case .client: info.local == nil ? .connecting : .established
    }
  }

  /// At most nine characters, for the list.
  var word: String {
    switch self {
    case .listening: "LISTEN"
    case .connecting: "SYN-SENT"
    case .established: "ESTAB"
    case .peerEnded: "EOF"
    case .sendEnded: "FIN-SENT"
    case .bothEnded: "ENDED"
    case .reset: "RESET"
    case .failed, .unopened: "FAILED"
    case .closed: "closed"
    case .bound: "BOUND"
    case .running: "program"
    case .exited: "exited"
    }
  }

  var sentence: String {
    switch self {
    case .listening: "accepts connections"
    case .connecting: "connect() has not returned yet"
    case .established: "both sides can send"
    case .peerEnded: "the peer has ended its sending side; this side can still send"
    case .sendEnded: "this side has ended sending; the peer can still send"
    case .bothEnded: "both sides have ended sending"
    case .reset: "the peer reset the connection (RST)"
    case .failed(let errno): errno.phrase
    case .unopened: "it could not be opened; a note in its records says why"
    case .closed: "closed by close(2)"
    case .bound: "receives datagrams from anyone"
    case .running: "a watched program: its sockets are named after it"
    case .exited: "a watched program that has ended"
    }
  }

  var role: Role {
    switch self {
    case .listening, .established, .bound, .connecting, .running: .connection
    case .peerEnded, .sendEnded, .bothEnded: .endOfStream
    case .reset, .failed, .unopened: .error
    case .closed, .exited: .muted
    }
  }
}
