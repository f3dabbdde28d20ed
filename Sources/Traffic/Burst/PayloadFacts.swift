extension Payload {
  /// True if it makes the same bytes in every send.
  var isConstant: Bool {
    switch self {
    case .literal, .file, .zeros, .counting, .random(_, _?): true
    case .random(_, nil): false
    case .template(let parts): parts.allSatisfy(\.isConstant)
    case .copies(let payload, _): payload.isConstant
    case .joined(let payloads): payloads.allSatisfy(\.isConstant)
    }
  }

  /// True if it tells when it is due.
  var tellsTime: Bool {
    switch self {
    case .template(let parts): parts.contains(where: \.tellsTime)
    case .copies(let payload, _): payload.tellsTime
    case .joined(let payloads): payloads.contains(where: \.tellsTime)
    case .literal, .file, .zeros, .counting, .random: false
    }
  }

  var files: [String] {
    switch self {
    case .file(let name): [name]
    case .copies(let payload, _): payload.files
    case .joined(let payloads): payloads.flatMap(\.files)
    case .template(let parts): parts.flatMap(\.fields).flatMap(\.payloads).flatMap(\.files)
    case .literal, .zeros, .counting, .random: []
    }
  }
}

extension Burst {
  /// The names of the files whose contents it sends, each once, in the order of the text.
  public var files: [String] {
    var seen: Set<String> = []
    return steps.flatMap(\.files).filter { seen.insert($0).inserted }
  }
}

extension BurstStep {
  /// The files whose contents it sends.
  var files: [String] {
    switch self {
    case .send(let payload), .split(let payload, _, _), .flagged(let payload, _): payload.files
    case .group(let steps, _, _): steps.flatMap(\.files)
    case .pause, .at, .cork, .uncork, .shutdown, .close, .reset: []
    }
  }
}

extension BurstStep {
  /// True if a payload of it tells when it is due.
  var tellsTime: Bool {
    switch self {
    case .send(let payload), .split(let payload, _, _), .flagged(let payload, _): payload.tellsTime
    case .group(let steps, _, _): steps.contains(where: \.tellsTime)
    case .pause, .at, .cork, .uncork, .shutdown, .close, .reset: false
    }
  }
}

extension TemplatePart {
  var isConstant: Bool {
    switch self {
    case .bytes: true
    case .macro(let macro): macro.isConstant
    case .field(let field): field.isConstant
    }
  }

  fileprivate var tellsTime: Bool {
    switch self {
    case .bytes: false
    case .macro(let macro): macro == .time
    case .field(let field): field.payloads.contains(where: \.tellsTime)
    }
  }

  /// The field that it is.
  fileprivate var fields: [PayloadField] {
    switch self {
    case .bytes, .macro: []
    case .field(let field): [field]
    }
  }
}

extension PayloadField {
  /// True if it makes the same bytes in every send.
  var isConstant: Bool { payloads.allSatisfy(\.isConstant) }
}

extension BurstStep {
  /// True if it sends the same bytes each time.
  var isConstant: Bool {
    switch self {
    case .send(let payload), .split(let payload, _, _), .flagged(let payload, _): payload.isConstant
    case .group(let steps, _, _): steps.allSatisfy(\.isConstant)
    case .pause, .at, .cork, .uncork, .shutdown, .close, .reset: true
    }
  }
}
