extension Burst {
  /// The groups of a pattern that it sends: 1 for `%{1}`.
  public var groups: Set<Int> { steps.reduce(into: []) { $0.formUnion($1.groups) } }

  /// The burst with the bytes of groups in their places.
  /// - Parameter groups: those of a match, the first one for `%{1}`.
  public func answering(_ groups: [[UInt8]]) -> Burst {
    Burst(steps: steps.map { $0.answering(groups) }, tolerance: tolerance)
  }
}

extension BurstStep {
  fileprivate var groups: Set<Int> {
    switch self {
    case .send(let payload), .split(let payload, _, _), .flagged(let payload, _): payload.groups
    case .group(let steps, _, _): steps.reduce(into: []) { $0.formUnion($1.groups) }
    case .pause, .at, .cork, .uncork, .shutdown, .close, .reset: []
    }
  }

  fileprivate func answering(_ groups: [[UInt8]]) -> BurstStep {
    switch self {
    case .send(let payload): .send(payload.answering(groups))
    case .split(let payload, let size, let gap): .split(payload.answering(groups), size: size, gap: gap)
    case .flagged(let payload, let flag): .flagged(payload.answering(groups), flag)
    case .group(let steps, let count, let period):
      .group(steps.map { $0.answering(groups) }, count: count, period: period)
    case .pause, .at, .cork, .uncork, .shutdown, .close, .reset: self
    }
  }
}

extension Payload {
  fileprivate var groups: Set<Int> {
    switch self {
    case .literal, .file, .zeros, .counting, .random: []
    case .copies(let payload, _): payload.groups
    case .joined(let payloads): payloads.reduce(into: []) { $0.formUnion($1.groups) }
    case .template(let parts): parts.reduce(into: []) { $0.formUnion($1.groups) }
    }
  }

  fileprivate func answering(_ groups: [[UInt8]]) -> Payload {
    switch self {
    case .literal, .file, .zeros, .counting, .random: self
    case .copies(let payload, let count): .copies(payload.answering(groups), count)
    case .joined(let payloads): .joined(payloads.map { $0.answering(groups) })
    case .template(let parts): .template(parts.map { $0.answering(groups) })
    }
  }
}

extension TemplatePart {
  fileprivate var groups: Set<Int> {
    switch self {
    case .macro(.group(let number)): [number]
    case .bytes, .macro: []
    case .field(let field): field.payloads.reduce(into: []) { $0.formUnion($1.groups) }
    }
  }

  fileprivate func answering(_ groups: [[UInt8]]) -> TemplatePart {
    switch self {
    case .macro(.group(let number)): return .bytes(number <= groups.count ? groups[number - 1] : [])
    case .bytes, .macro: return self
    case .field(var field):
      field.payload = field.payload.answering(groups)
      field.between = field.between?.answering(groups)
      return .field(field)
    }
  }
}
