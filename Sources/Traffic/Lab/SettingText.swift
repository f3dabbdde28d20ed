extension Setting {
  /// The value as it would be written after the option: `10`, `epoll`, `50ms`, `on`.
  public var valueText: String {
    switch self {
    case .size(let bytes), .lowWater(let bytes), .receiveBuffer(let bytes), .sendBuffer(let bytes),
      .backlog(let bytes), .segmentation(let bytes):
      "\(bytes)"
    case .peekOffset(let offset): offset.map(String.init) ?? "off"
    case .join(let group), .leave(let group): group
    case .mode(let mode): mode.rawValue
    case .flags(let flags): flags.isEmpty ? "none" : flags.names.joined(separator: ",")
    case .timeout(let time), .pace(let time), .linger(let time): time.map(DurationText.text) ?? "off"
    case .isPaused(let isOn), .noDelay(let isOn), .cork(let isOn), .quickAck(let isOn), .keepAlive(let isOn),
      .reusePort(let isOn), .reuseAddress(let isOn), .broadcast(let isOn), .onlyIPv6(let isOn),
      .coalescing(let isOn), .inlineUrgent(let isOn), .edge(let isOn):
      isOn ? "on" : "off"
    case .acceptsManually(let isManual): isManual ? "manual" : "auto"
    case .atEnd(let choice): choice.rawValue
    case .passage(let ways, let setting):
      ways.count == 1 ? "\(setting.valueText) \(ways[0].rawValue)" : setting.valueText
    case .buffer(let bytes): "\(bytes)"
    case .halfCloseLimit(let time): time.map(DurationText.text) ?? "off"
    }
  }
}
