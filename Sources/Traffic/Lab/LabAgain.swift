/// A lab with other values.
extension Lab {
  /// Every session that it opens takes these settings, as far as they fit it.
  public func with(_ settings: [Setting]) -> Lab {
    Lab(
      lines: lines.map { line in
        var line = line
        switch line.command {
        case .listen(let address, let options):
          line.command = .listen(address, options.with(settings, isRelay: false))
        case .connect(let address, let options):
          line.command = .connect(address, options.with(settings, isRelay: false))
        case .relay(let address, let target, let options):
          line.command = .relay(address, target, options.with(settings, isRelay: true))
        default: break
        }
        return line
      })
  }
}

extension SessionOptions {
  fileprivate func with(_ settings: [Setting], isRelay: Bool) -> SessionOptions {
    var changed = self
    for setting in settings where setting.refusal(for: kind, isRelayed: isRelay) == nil {
      var next = changed
      next.apply(setting)
      if setting.refusal(under: next.policy) == nil { changed = next }
    }
    return changed
  }
}
