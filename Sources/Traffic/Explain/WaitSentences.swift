import SystemPackage

/// What one select(), poll() or epoll_wait() found ready, and what ready means.
struct WaitSentences {
  private let record: Record
  private let around: Explanation.Circumstances

  init(_ record: Record, _ around: Explanation.Circumstances) {
    self.record = record
    self.around = around
  }

  var explanation: Explanation {
    let call = record.waitCall?.name ?? "select"
    let page = "\(call)(2)"
    if let errno = record.errno {
      return Explanation(Explanation.failure(errno, of: "\(call)()"), page: "\(page), ERRORS")
    }
    if record.result == 0 {
      return Explanation(
        "Nothing became ready within \(record.timeout.map(Units.duration) ?? "its time"), so "
          + "\(call)() returned 0. That is no error.",
        page: "\(page), RETURN VALUE")
    }
    guard let sets = around.payload.flatMap(WaitSets.init) else {
      return Explanation(
        "Something was ready. What it was is no longer held, to stay within the memory limit.", page: page)
    }
    let parts =
      [readable(sets.readable), writable(sets.writable), exceptional(sets.exceptional)].compactMap { $0 }
      + ends(sets.events, call) + [edges(sets.edges)].compactMap { $0 }
    var explanation = Explanation(page: page)
    explanation.sentences =
      parts.isEmpty
      ? ["None of the watched sockets was ready: recvscope woke its own loop, to change what it watches."]
      : parts
    return explanation
  }

  private func readable(_ ids: [SocketID]) -> String? {
    if ids.isEmpty { return nil }
    let known = ids.compactMap { around.others[$0] }
    let areListeners = known.allSatisfy { $0.role == .listener }
    let areConnections = known.allSatisfy { $0.role != .listener }
    let why: String
    if known.isEmpty {
      why = "data, an end of stream, an error or a connection for accept() waits there"
    } else if areListeners {
      why = "a connection waits for accept()"
    } else if areConnections {
      why =
        known.allSatisfy { $0.kind == .udp || $0.kind == .unixDatagram }
        ? "a datagram or an error waits, and which of them only recv() tells"
        : "data, an end of stream or an error waits, and which of them only recv() tells"
    } else {
      why = "a connection waits for accept(), or data, an end of stream or an error waits for recv()"
    }
    return "\(names(ids)) readable: \(why)."
  }

  private func writable(_ ids: [SocketID]) -> String? {
    ids.isEmpty ? nil : "\(names(ids)) writable: the send buffer has room, or the call would fail at once."
  }

  private func exceptional(_ ids: [SocketID]) -> String? {
    ids.isEmpty ? nil : "\(names(ids)) exceptional: an urgent byte is pending, to be read with MSG_OOB."
  }

  /// What poll() and epoll say beyond select()'s three words.
  private func ends(_ sockets: [SocketEvents], _ call: String) -> [String] {
    sockets.prefix(Explanation.Circumstances.named).compactMap { socket in
      let meanings = [
        (PollEvents.error, "POLLERR: an error is pending, such as a reset, which the next call tells"),
        (.hangUp, "POLLHUP: both sides are over"),
        (.peerHangUp, "POLLRDHUP: the peer has ended its sending side"),
        (.invalid, "POLLNVAL: the descriptor is not open"),
      ].filter { socket.events.contains($0.0) }.map(\.1)
      if meanings.isEmpty { return nil }
      let bits = socket.events.names.joined(separator: "|")
      return
        "\(call)() said \(bits) of \(around.others[socket.socket]?.name ?? "a socket"): \(meanings.joined(separator: "; ")). select() "
        + "has no words for these."
    }
  }

  private func edges(_ ids: [SocketID]) -> String? {
    if ids.isEmpty { return nil }
    return
      "\(names(ids)) watched by edges (EPOLLET): something new has come since it was told last. What a recv() leaves "
      + "lying is not told again; only what comes next is."
  }

  private func names(_ ids: [SocketID]) -> String {
    let names = ids.map { around.others[$0]?.name ?? "a socket" }
    return
      "\(Explanation.list(names, shown: Explanation.Circumstances.named)) \(ids.count == 1 ? "is" : "are")"
  }
}
