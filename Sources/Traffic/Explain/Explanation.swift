extension Record {
  /// Why a recv() ended where it did, or what another record means, in one or two sentences; nil where words add nothing.
  public var explanation: String? {
    if let reason = Reason(self) { return explanation(of: reason) }
    switch kind {
    case .send: return sendExplanation
    case .shutdown: return shutdownExplanation
    case .close:
      return how == .reset
        ? "close() with SO_LINGER 0 throws away what is queued and sends an RST; the peer's next recv fails with ECONNRESET."
        : "close() ends both sides. On TCP it sends a FIN, or an RST if unread data was queued."
    case .listen:
      return "listen() makes a passive socket: it accepts connections and never carries data itself."
    case .accept:
      return errno == nil
        ? "accept() took a finished connection from the backlog and made a new socket for it: the same local address and port, another peer."
        : nil
    case .connect:
      return errno == nil
        ? "connect() returned when the handshake was done. The peer need not have called accept(): the backlog holds the connection."
        : nil
    case .recv, .start, .wait, .option, .mark, .expect: return nil
    }
  }

  /// The man page to read about it; nil if it is no call.
  public var manPage: String? {
    switch kind {
    case .listen: "listen(2)"
    case .accept: "accept(2)"
    case .connect: "connect(2)"
    case .recv: "recv(2)"
    case .send: "send(2)"
    case .wait: "select(2), poll(2), epoll_wait(2)"
    case .shutdown: "shutdown(2)"
    case .close: "close(2), socket(7)"
    case .option: "setsockopt(2), socket(7), tcp(7)"
    case .start, .mark, .expect: nil
    }
  }

  private func explanation(of reason: Reason) -> String {
    switch reason {
    case .filled:
      let rest = queued.map { "; \($0) B stay queued and wait for the next call" } ?? "; more may be queued"
      return
        "The buffer was full after \(result) B, so the call stopped there\(rest). Where send() calls ended makes no difference."
    case .exact: return "It got exactly the \(result) B it asked for, and nothing more was queued."
    case .drained:
      return
        "recv() does not wait until the buffer is full: it returns what is there. Only \(result) of \(asked) B had arrived."
    case .endOfStream:
      return
        "0 means end of stream: the peer ended its sending side (FIN), and every byte before it was read. It is no empty message."
    case .wouldBlock:
      return "Nothing was queued and the call was not to wait. This is no error: ask again later."
    case .timedOut: return "Nothing came within the receive timeout (SO_RCVTIMEO)."
    case .interrupted:
      return "A signal without SA_RESTART was caught while the call waited, so it returned without data."
    case .reset:
      return
        "The peer sent an RST: it closed with unread data, or with SO_LINGER 0. What was queued before could still be read."
    case .error: return "The call failed: \(errno.map(\.phrase) ?? "unknown")."
    case .datagram: return "One recv() returns one datagram, whole, however much more the buffer could hold."
    case .datagramTruncated:
      return
        "The datagram was longer than the buffer. What did not fit is gone: the next call gets the next datagram."
    case .datagramEmpty: return "A datagram of 0 B was received. On a datagram socket 0 is no end of stream."
    case .waitAll: return "MSG_WAITALL made the call wait until all \(asked) B were there."
    case .waitAllCut:
      return "MSG_WAITALL was cut short by a signal, an error, an end of stream or an urgent mark."
    case .urgentMark:
      return "A read stops at the urgent mark, so the bytes before and after it never come in one call."
    case .peeked: return "MSG_PEEK left the bytes in the queue: the next recv() gets them again."
    }
  }

  private var sendExplanation: String {
    if let errno { return "The call failed: \(errno.phrase)." }
    if Int(result) < Int(asked) {
      return
        "The send buffer had room for \(result) of \(asked) B only. A program must send the rest with another call."
    }
    return
      "The kernel took \(result) B into its send buffer. That says nothing about whether the peer got or read them."
  }

  private var shutdownExplanation: String? {
    switch how {
    case .write?:
      "The half-close: a FIN goes out after what was sent, the peer reads an end of stream, and receiving goes on."
    case .read?: "recv() gives 0 from now on. The peer is not told."
    case .both?: "Both sides are ended; the descriptor stays open until close()."
    case .normal?, .reset?, nil: nil
    }
  }
}
