/// The length of one payload.
struct PayloadMeasure {
  /// The least that it can be.
  var bytes: Int64
  /// The most that it can be; nil where the size of a file or of a group is not known.
  var most: Int64?

  var isExact: Bool { bytes == most }

  init(bytes: Int) {
    self.bytes = Int64(bytes)
    most = self.bytes
  }

  init(_ parts: [TemplatePart], fileSize: (String) -> Int64?) throws(BurstError) {
    self.init(bytes: 0)
    for part in parts {
      switch part {
      case .bytes(let literal): try append(PayloadMeasure(bytes: literal.count))
      case .macro(let macro):
        var measure = PayloadMeasure(bytes: macro.least)
        measure.most = macro.most.map(Int64.init)
        try append(measure)
      case .field(let field): try append(PayloadMeasure(field, fileSize: fileSize))
      }
    }
  }

  private init(_ field: PayloadField, fileSize: (String) -> Int64?) throws(BurstError) {
    try self.init(field.payload, fileSize: fileSize)
    try append(field.measure(beside: self))
    if let between = field.between { try append(PayloadMeasure(between, fileSize: fileSize)) }
  }

  init(_ payload: Payload, fileSize: (String) -> Int64?) throws(BurstError) {
    switch payload {
    case .literal(let literal): self.init(bytes: literal.count)
    case .zeros(let count), .counting(let count), .random(let count, _): self.init(bytes: count)
    case .template(let parts): try self.init(parts, fileSize: fileSize)
    case .file(let name):
      let size = fileSize(name)
      self.init(bytes: Int(size ?? 0))
      most = size
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
    func product(_ length: Int64) -> Int64 {
      let (product, overflow) = length.multipliedReportingOverflow(by: Int64(count))
      return overflow ? .max : product
    }
    bytes = product(bytes)
    most = most.map(product)
    try check()
  }

  mutating func append(_ next: PayloadMeasure) throws(BurstError) {
    func sum(_ first: Int64, _ second: Int64) -> Int64 {
      let (sum, overflow) = first.addingReportingOverflow(second)
      return overflow ? .max : sum
    }
    bytes = sum(bytes, next.bytes)
    most = most.flatMap { most in next.most.map { sum(most, $0) } }
    try check()
  }

  func check() throws(BurstError) {
    guard bytes <= Int64(SizeText.maximum) else { throw .sendTooLong(bytes: bytes) }
  }
}
