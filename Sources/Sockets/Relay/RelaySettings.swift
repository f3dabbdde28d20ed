import SystemPackage
import Traffic

extension RelayLoop {
  /// Changes how a relay, one pair or one of its sockets receives and passes on, and their socket options.
  /// - Parameter pair: nil is all that are open, and those that come.
  func set(_ settings: [Setting], of pair: RelayPair?, _ end: RelayEnd? = nil) -> Result<Void, RefusedOption>
  {
    if let refusal = settings.lazy.compactMap({ self.refusal(of: $0, for: pair) }).first {
      return .failure(RefusedOption(refusal))
    }
    for setting in settings {
      if pair == nil {
        options.apply(setting)
        switch setting {
        case .mode(let mode):
          if case .failure(let errno) = change(mode) {
            return .failure(RefusedOption(name: "mode", errno: errno))
          }
        case .isPaused(let isPaused): listen(!isPaused)
        default: break
        }
        let policy = options.policy
        run.writer.update(relay.id) { $0.policy = policy }
      }
      for pair in pair.map({ [$0] }) ?? pairs.values.sorted(by: { $0.number < $1.number }) {
        if case .failure(let refused) = set(setting, of: pair, end) { return .failure(refused) }
        touch(pair)
      }
    }
    return .success(())
  }

  private func refusal(of setting: Setting, for pair: RelayPair?) -> String? {
    if let refusal = OptionRule.rule(setting.option).refusal(in: .relay) { return refusal }
    if pair != nil, case .mode = setting {
      return "one loop serves all pairs: set \(relay.name) --mode changes it"
    }
    let refusals = [relay.kind, relay.targetKind].map { setting.refusal(for: $0, isRelayed: true) }
    return refusals.contains(nil) ? nil : refusals[0]
  }

  private func set(_ setting: Setting, of pair: RelayPair, _ end: RelayEnd?) -> Result<Void, RefusedOption> {
    for side in (end.map { [$0] } ?? RelayEnd.allCases).map({ pair[$0] }) {
      switch setting {
      case .passage(let ways, let change):
        guard ways.contains(side.end.way) else { continue }
        var rules = pair.rules[side.end.way]
        rules.apply(change)
        pair.rules[side.end.way] = rules
        side.passage.change(rules)
      case .size(let size): side.size = size
      case .isPaused(let isPaused): side.isPaused = isPaused
      case .halfCloseLimit(let limit): pair.rules.halfCloseLimit = limit
      default: if setting.refusal(for: side.kind, isRelayed: true) != nil { continue }
      }
      if case .failure(let refused) = side.socket.apply([setting], on: side.id, run: run) {
        return .failure(refused)
      }
      let id = side.id
      run.writer.update(id) { info in
        var options = SessionOptions()
        options.policy = info.policy
        options.apply(setting)
        info.policy = options.policy
      }
    }
    return .success(())
  }
}
