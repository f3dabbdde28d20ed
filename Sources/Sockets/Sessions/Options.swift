import CLinux
import Glibc
import SystemPackage
import Traffic

/// Socket options as SocketOptions and ReceivePolicy name them, set and read back.
extension Socket {
  /// One option: its name on the command line, where it lives, and the value asked for.
  private struct Setting {
    var name: String
    var level: CInt
    var option: CInt
    var value: CInt?
  }

  /// Sets every option that is asked for and writes what the kernel granted.
  /// - Returns: the first option that the kernel refused.
  func apply(_ options: SocketOptions, on id: SocketID, run: Run) -> (name: String, errno: Errno)? {
    let settings = [
      Setting(name: "rcvbuf", level: SOL_SOCKET, option: SO_RCVBUF, value: options.receiveBuffer.map(CInt.init(clamping:))),
      Setting(name: "sndbuf", level: SOL_SOCKET, option: SO_SNDBUF, value: options.sendBuffer.map(CInt.init(clamping:))),
      Setting(name: "nodelay", level: tcpLevel, option: TCP_NODELAY, value: options.noDelay.map(CInt.init)),
      Setting(name: "cork", level: tcpLevel, option: TCP_CORK, value: options.cork.map(CInt.init)),
      Setting(name: "quickack", level: tcpLevel, option: TCP_QUICKACK, value: options.quickAck.map(CInt.init)),
      Setting(name: "keepalive", level: SOL_SOCKET, option: SO_KEEPALIVE, value: options.keepAlive.map(CInt.init)),
      Setting(name: "reuseport", level: SOL_SOCKET, option: SO_REUSEPORT, value: options.reusePort.map(CInt.init)),
    ]
    for setting in settings {
      guard let value = setting.value else { continue }
      if case .failure(let errno) = set(setting.level, setting.option, value) {
        run.record(.option, socket: id, result: -errno.rawValue, text: "\(setting.name)=\(value)")
        return (setting.name, errno)
      }
      let granted = (try? option(setting.level, setting.option).get()) ?? value
      run.record(.option, socket: id, text: "\(setting.name)=\(granted)")
    }
    if let linger = options.linger, case .failure(let errno) = setLinger(seconds: linger / 1_000_000_000) {
      return ("linger", errno)
    }
    return nil
  }

  /// SO_LINGER: with 0 seconds, close(2) sends an RST. See socket(7).
  func setLinger(seconds: Int64) -> Result<Void, Errno> {
    var value = linger(l_onoff: 1, l_linger: CInt(clamping: seconds))
    return nothingOrErrno(
      setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &value, socklen_t(MemoryLayout<linger>.size)))
  }

  /// SO_RCVTIMEO; nil waits for ever.
  func setReceiveTimeout(_ timeout: Nanoseconds?) -> Result<Void, Errno> {
    let timeout = timeout ?? 0
    // Rounded up to the option's microseconds: 0 would mean for ever.
    var value = timeval(tv_sec: Int(timeout / 1_000_000_000), tv_usec: Int((timeout % 1_000_000_000 + 999) / 1000))
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

private let tcpLevel = CInt(IPPROTO_TCP)

extension CInt {
  fileprivate init(_ isOn: Bool) { self = isOn ? 1 : 0 }
}
