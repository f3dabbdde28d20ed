/// The length of one payload.
struct PayloadMeasure {
  var bytes: Int64 = 0
  var isExact = true

  init(bytes: Int) { self.bytes = Int64(bytes) }

  /// A macro whose width is not known counts as one byte.
  init(_ parts: [TemplatePart]) {
    for part in parts {
      switch part {
      case .bytes(let literal): bytes += Int64(literal.count)
      case .macro(let macro):
        bytes += Int64(macro.width ?? 1)
        isExact = isExact && macro.width != nil
      }
    }
  }

  init(_ payload: Payload, fileSize: (String) -> Int64?) throws(BurstError) {
    switch payload {
    case .literal(let literal): self.init(bytes: literal.count)
    case .zeros(let count), .counting(let count), .random(let count, _): self.init(bytes: count)
    case .template(let parts): self.init(parts)
    case .file(let name):
      let size = fileSize(name)
      self.init(bytes: 0)
      bytes = size ?? 0
      isExact = size != nil
    case .copies(let payload, let count):
      try self.init(payload, fileSize: fileSize)
      try multiply(by: count)
    case .joined(let payloads):
      self.init(bytes: 0)
      for payload in payloads { try append(PayloadMeasure(payload, fileSize: fileSize)) }
    }
    try check()
  }

  mutating func multiply(by count: Int) throws(BurstError) {
    let (product, overflow) = bytes.multipliedReportingOverflow(by: Int64(count))
    bytes = overflow ? .max : product
    try check()
  }

  mutating func append(_ next: PayloadMeasure) throws(BurstError) {
    let (sum, overflow) = bytes.addingReportingOverflow(next.bytes)
    bytes = overflow ? .max : sum
    isExact = isExact && next.isExact
    try check()
  }

  func check() throws(BurstError) {
    guard bytes <= Int64(SizeText.maximum) else { throw .sendTooLong(bytes: bytes) }
  }
}
