import SystemPackage

/// How sockets end: shutdown and close.
struct EndingSentences {
  private let record: Record
  private let around: Explanation.Circumstances

  init(_ record: Record, _ around: Explanation.Circumstances) {
    self.record = record
    self.around = around
  }

  private var kind: SocketKind? { around.info?.kind }

  var shutdown: Explanation {
    let page = "shutdown(2)"
    switch record.errno {
    case .socketNotConnected?:
      return Explanation(
        "There is no connection to shut down any more: the peer has reset it, or there never was one.",
        page: page)
    case let errno?: return Explanation(Explanation.failure(errno, of: "shutdown()"), page: page)
    case nil: break
    }
    let fin = kind == .tcp ? "a FIN goes out after what was sent" : "the peer is told"
    switch record.how {
    case .write?:
      return Explanation(
        "The half-close: \(fin), the peer's recv() returns 0 once it has read everything, and receiving "
          + "here goes on.",
        page: page)
    case .read?:
      return Explanation(
        "recv() here returns 0 once the queue is empty. On TCP the peer is not told.", page: page)
    case .both?:
      return Explanation(
        "Both sides are ended: \(fin), and recv() here returns 0. The descriptor stays open until close().",
        page: page)
    case .normal?, .reset?, nil: return Explanation(page: page)
    }
  }

  var close: Explanation {
    var all = call
    if let undelivered = record.undelivered, undelivered > 0 {
      all.sentences.append(
        "\(Explanation.bytes(undelivered)) that were received here were never passed on: there was nobody left to take them."
      )
    }
    return all
  }

  private var call: Explanation {
    if let errno = record.errno {
      return Explanation(Explanation.failure(errno, of: "close()"), page: "close(2), ERRORS")
    }
    if around.info?.role == .listener {
      return Explanation(
        "The listener is gone: connections that still waited in its backlog are ended. Those that were "
          + "accepted stay.",
        page: "close(2)")
    }
    switch kind {
    case .udp?, .unixDatagram?:
      return Explanation(
        "The descriptor is given back. Nobody is told: there is no connection to end.", page: "close(2)")
    case .unix?, .seqpacket?:
      return Explanation(
        "Both sides end. The peer reads what is queued and then 0; its send() fails with EPIPE.",
        page: "close(2); unix(7)")
    case .tcp?, nil:
      return record.how == .reset
        ? Explanation(
          "close() with SO_LINGER 0 throws away what was not sent yet and sends an RST: the peer's recv() "
            + "fails with ECONNRESET.",
          page: "close(2); socket(7), SO_LINGER")
        : Explanation(
          normalClose,
          "Without SO_LINGER it returns at once, and the kernel delivers the rest.", page: "close(2); tcp(7)")
    }
  }

  private var normalClose: String {
    switch record.unread {
    case 0?: "close() ends both sides. A FIN follows what was sent."
    case let count?:
      "close() found \(Explanation.bytes(count)) that were received and never read, so it sent an RST and no FIN: the peer's "
        + "next calls fail with ECONNRESET or EPIPE."
    case nil:
      "close() ends both sides. A FIN follows what was sent; if received data was still unread, an RST goes out instead."
    }
  }
}
