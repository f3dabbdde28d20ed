/// Makes the bytes of payloads: files are read once, before; made-up bytes go on from send to send.
struct PayloadBuilder {
  /// Payloads up to this size are made once and kept; larger ones again for each send, so that memory stays
  /// bounded.
  private static let largestKept: Int64 = 1 << 20

  private var files: [String: [UInt8]] = [:]
  private var madeUp: MadeUpBytes

  init(_ steps: [BurstStep], seed: UInt64, file: (String) throws -> [UInt8]) throws {
    madeUp = MadeUpBytes(seed: seed)
    for name in steps.flatMap(\.files) where files[name] == nil { files[name] = try file(name) }
  }

  func fileSize(_ name: String) -> Int64? { files[name].map { Int64($0.count) } }

  /// The payload as plain bytes if it is the same in each send and not large.
  mutating func kept(_ payload: Payload) throws(BurstError) -> Payload {
    guard payload.isConstant else { return payload }
    let length = try PayloadMeasure(payload, fileSize: fileSize).bytes
    return length <= Self.largestKept ? .bytes(bytes(of: payload)) : payload
  }

  mutating func bytes(of payload: Payload) -> [UInt8] {
    if case .bytes(let literal) = payload { return literal }
    var result: [UInt8] = []
    append(payload, to: &result)
    return result
  }

  private mutating func append(_ payload: Payload, to result: inout [UInt8]) {
    switch payload {
    case .bytes(let literal): result += literal
    case .zeros(let count): result += repeatElement(0, count: count)
    case .counting(let count): result += (0..<count).lazy.map { UInt8(truncatingIfNeeded: $0) }
    case .random(let count, let seed?):
      var bytes = MadeUpBytes(seed: seed)
      bytes.append(count, to: &result)
    case .random(let count, nil): madeUp.append(count, to: &result)
    case .file(let name): result += files[name] ?? []
    case .joined(let payloads):
      for payload in payloads { append(payload, to: &result) }
    case .copies(let payload, let count):
      let start = result.count
      append(payload, to: &result)
      let once = result[start...]
      result.reserveCapacity(start + once.count * count)
      for _ in 1..<max(1, count) { result += once }
    }
  }
}

extension Payload {
  /// True if it makes the same bytes in every send.
  var isConstant: Bool {
    switch self {
    case .bytes, .file, .zeros, .counting, .random(_, _?): true
    case .random(_, nil): false
    case .copies(let payload, _): payload.isConstant
    case .joined(let payloads): payloads.allSatisfy(\.isConstant)
    }
  }

  var files: [String] {
    switch self {
    case .file(let name): [name]
    case .copies(let payload, _): payload.files
    case .joined(let payloads): payloads.flatMap(\.files)
    case .bytes, .zeros, .counting, .random: []
    }
  }
}

extension BurstStep {
  /// The files whose contents it sends.
  var files: [String] {
    switch self {
    case .send(let payload), .split(let payload, _, _), .outOfBand(let payload): payload.files
    case .group(let steps, _, _): steps.flatMap(\.files)
    case .pause, .at, .cork, .uncork, .shutdown, .close, .reset: []
    }
  }
}
