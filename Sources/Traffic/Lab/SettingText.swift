extension Setting {
  /// The value as it would be written after the option: `10`, `epoll`, `50ms`, `on`.
  public var valueText: String {
    switch self {
    case .size(let bytes), .lowWater(let bytes), .receiveBuffer(let bytes), .sendBuffer(let bytes), .backlog(let bytes):
      "\(bytes)"
    case .mode(let mode): mode.rawValue
    case .flags(let flags): flags.isEmpty ? "none" : flags.names.joined(separator: ",")
    case .timeout(let time), .pace(let time), .linger(let time): time.map(DurationText.text) ?? "off"
    case .isPaused(let isOn), .noDelay(let isOn), .cork(let isOn), .quickAck(let isOn), .keepAlive(let isOn),
      .reusePort(let isOn):
      isOn ? "on" : "off"
    case .acceptsManually(let isManual): isManual ? "manual" : "auto"
    case .atEnd(let choice): choice.rawValue
    }
  }
}

extension SocketOptions {
  /// What is asked of the kernel, one setting an option, in the order of the options' table.
  public var settings: [Setting] {
    let all: [Setting?] = [
      receiveBuffer.map(Setting.receiveBuffer), sendBuffer.map(Setting.sendBuffer), noDelay.map(Setting.noDelay),
      cork.map(Setting.cork), quickAck.map(Setting.quickAck), linger.map(Setting.linger),
      keepAlive.map(Setting.keepAlive), reusePort.map(Setting.reusePort),
    ]
    return all.compactMap { $0 }
  }
}
