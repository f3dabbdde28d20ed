import CLinux
import Glibc
import SystemPackage
import Traffic

/// An option that was refused: by the kernel, or because it does not fit the socket.
public struct RefusedOption: Error, Sendable {
  public var message: String
  var errno: Errno?

  public init(_ message: String) { self.message = message }

  init(name: String, errno: Errno) {
    message = "setsockopt \(name): \(errno.name) (\(errno.description))"
    self.errno = errno
  }
}

extension Socket {
  /// One close(2), and its record.
  /// - Parameters:
  ///   - isReset: sends an RST on TCP.
  ///   - undelivered: of a relay's socket.
  func close(
    _ kind: SocketKind, isReset: Bool, undelivered: Int? = nil, on id: SocketID, run: Run,
    by close: () -> Result<Void, Errno>
  ) {
    if isReset { _ = setLinger(seconds: 0) }
    // What was never read makes close(2) send an RST on TCP.
    let unread = kind == .tcp ? known(cl_siocinq(descriptor)) : nil
    let start = run.clock.now
    let result = close()
    run.writer.append(
      .close(
        id, isReset ? .reset : .normal, from: start, to: run.clock.now, unread: unread,
        undelivered: undelivered, failed: result.errno))
  }

  private static let tcp = CInt(IPPROTO_TCP)

  /// Sets options one after another and writes each, with what the kernel granted.
  /// - Returns: fails with the first that the kernel refused; its record is written too.
  func apply(_ settings: [Setting], on id: SocketID, run: Run) -> Result<Void, RefusedOption> {
    apply(settings, on: id, run: run) { run.writer.append($0, $1) }
  }

  /// - Parameter write: is given the record of each option and what was set, in the order of the calls.
  func apply(
    _ settings: [Setting], on id: SocketID, run: Run, write: (Record, OptionChange) -> Void
  ) -> Result<Void, RefusedOption> {
    for setting in settings {
      let name = setting.option.rawValue
      switch apply(setting) {
      case .success(let granted):
        let asked = setting.valueText
        write(
          .option(id, at: run.clock.now), OptionChange(name: name, granted: granted ?? asked, asked: asked))
      case .failure(let errno):
        let asked = setting.valueText
        write(
          .option(id, at: run.clock.now, failed: errno),
          OptionChange(name: name, granted: asked, asked: asked))
        return .failure(RefusedOption(name: name, errno: errno))
      }
    }
    return .success(())
  }

  /// Asks one setting of the kernel.
  /// - Returns: what it granted, read back; nil for a setting that the kernel has no part in.
  private func apply(_ setting: Setting) -> Result<String?, Errno> {
    switch setting {
    case .receiveBuffer(let bytes): number(SOL_SOCKET, SO_RCVBUF, CInt(clamping: bytes))
    case .sendBuffer(let bytes): number(SOL_SOCKET, SO_SNDBUF, CInt(clamping: bytes))
    case .lowWater(let bytes): number(SOL_SOCKET, SO_RCVLOWAT, CInt(clamping: bytes))
    case .noDelay(let isOn): toggle(Self.tcp, TCP_NODELAY, isOn)
    case .cork(let isOn): toggle(Self.tcp, TCP_CORK, isOn)
    case .quickAck(let isOn): toggle(Self.tcp, TCP_QUICKACK, isOn)
    case .keepAlive(let isOn): toggle(SOL_SOCKET, SO_KEEPALIVE, isOn)
    case .reusePort(let isOn): toggle(SOL_SOCKET, SO_REUSEPORT, isOn)
    case .reuseAddress(let isOn): toggle(SOL_SOCKET, SO_REUSEADDR, isOn)
    case .broadcast(let isOn): toggle(SOL_SOCKET, SO_BROADCAST, isOn)
    case .onlyIPv6(let isOn): toggle(CInt(IPPROTO_IPV6), IPV6_V6ONLY, isOn)
    case .coalescing(let isOn): toggle(CInt(IPPROTO_UDP), CInt(CL_UDP_GRO), isOn)
    case .inlineUrgent(let isOn): toggle(SOL_SOCKET, SO_OOBINLINE, isOn)
    case .segmentation(let size): number(CInt(IPPROTO_UDP), CInt(CL_UDP_SEGMENT), CInt(size))
    case .peekOffset(let offset): number(SOL_SOCKET, SO_PEEK_OFF, offset.map(CInt.init(clamping:)) ?? -1)
    case .join(let group): membership(of: group, isJoin: true)
    case .leave(let group): membership(of: group, isJoin: false)
    case .linger(let time): setLinger(seconds: time.map { $0 / 1_000_000_000 }).map { nil }
    case .timeout(let time): setReceiveTimeout(time).map { nil }
    case .size, .mode, .edge, .flags, .pace, .isPaused, .backlog, .acceptsManually, .atEnd, .passage, .buffer,
      .halfCloseLimit:
      .success(nil)
    }
  }

  private func number(_ level: CInt, _ name: CInt, _ value: CInt) -> Result<String?, Errno> {
    set(level, name, value).flatMap { option(level, name) }.map { "\($0)" }
  }

  private func toggle(_ level: CInt, _ name: CInt, _ isOn: Bool) -> Result<String?, Errno> {
    set(level, name, isOn ? 1 : 0).flatMap { option(level, name) }.map { $0 == 0 ? "off" : "on" }
  }

  /// Joins or leaves a multicast group, on the interface behind its `%` or the one that routing chooses. See ip(7), ipv6(7).
  /// - Returns: the group with its interface, if that is known.
  private func membership(of group: String, isJoin: Bool) -> Result<String?, Errno> {
    let parts = group.split(separator: "%", maxSplits: 1).map(String.init)
    func call(_ interface: String?) -> Result<String?, Errno> {
      let index = interface.map { if_nametoindex($0) }
      if index == 0 { return .failure(.current) }
      let result = cl_membership(descriptor, parts[0], index ?? 0, isJoin ? 1 : 0)
      return result == 0
        ? .success(interface.map { "\(parts[0])%\($0)" }) : .failure(Errno(rawValue: -result))
    }
    if parts.count > 1 { return call(parts[1]) }
    let result = call(nil)
    // Without a route for multicast the kernel finds no interface; loopback is where experiments take place.
    return result.errno?.rawValue == ENODEV ? call("lo") : result
  }

  /// SO_LINGER: with 0 seconds close(2) sends an RST; nil turns it off. See socket(7).
  func setLinger(seconds: Int64?) -> Result<Void, Errno> {
    var value = linger(l_onoff: seconds == nil ? 0 : 1, l_linger: CInt(clamping: seconds ?? 0))
    return nothingOrErrno(
      setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &value, socklen_t(MemoryLayout<linger>.size)))
  }

  /// SO_RCVTIMEO; nil waits for ever.
  private func setReceiveTimeout(_ timeout: Nanoseconds?) -> Result<Void, Errno> {
    let timeout = timeout ?? 0
    // Rounded up to the option's microseconds: 0 would mean for ever.
    let micros = (timeout + 999) / 1_000
    var value = timeval(tv_sec: Int(micros / 1_000_000), tv_usec: Int(micros % 1_000_000))
    return nothingOrErrno(
      setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &value, socklen_t(MemoryLayout<timeval>.size)))
  }

  /// What recording needs of a fresh socket: stamps and TCP_INQ. A kernel without them leaves fields unknown.
  func enableRecording(_ kind: SocketKind) {
    switch kind {
    case .tcp:
      _ = cl_enable_stamps(descriptor, 0)
      _ = cl_enable_inq(descriptor)
    case .udp: _ = cl_enable_stamps(descriptor, 0)
    case .unixDatagram, .seqpacket: _ = cl_enable_stamps(descriptor, 1)
    case .unix: break  // SO_TIMESTAMPNS succeeds there, and no stamp ever comes
    }
  }
}
