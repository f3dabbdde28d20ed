/// Makes the bytes of payloads: files are read once, before; made-up bytes go on from send to send.
struct PayloadBuilder {
  /// Payloads up to this size are made once and kept; larger ones again for each send, so that memory stays
  /// bounded.
  private static let largestKept: Int64 = 1 << 20

  private var files: [String: [UInt8]] = [:]
  private var madeUp: MadeUpBytes
  /// For macros: the number of the send and when it is due.
  private var number = 0
  private var time: Nanoseconds = 0
  /// Where the payload begins whose bytes are counted: the send's beginning, or that of the payload in a field.
  private var beginning = 0
  /// The literal that was sent last, mostly the next one as well: its bytes are made once.
  private var newest = (literal: Literal(), bytes: [UInt8]())

  /// For what has no steps.
  init() { madeUp = MadeUpBytes(seed: 0) }

  init(_ steps: [BurstStep], seed: UInt64, file: (String) throws -> [UInt8]) throws {
    madeUp = MadeUpBytes(seed: seed)
    for name in steps.flatMap(\.files) where files[name] == nil { files[name] = try file(name) }
  }

  func fileSize(_ name: String) -> Int64? { files[name].map { Int64($0.count) } }

  /// The payload as plain bytes if it is the same in each send and not large.
  mutating func kept(_ payload: Payload) throws(BurstError) -> Payload {
    guard payload.isConstant else { return try withFieldsKept(payload) }
    let length = try PayloadMeasure(payload, fileSize: fileSize).bytes
    return length <= Self.largestKept ? .bytes(bytes(of: payload)) : payload
  }

  /// The payload with plain bytes for every field that is the same in each send: it does not depend on what stands
  /// around it.
  private mutating func withFieldsKept(_ payload: Payload) throws(BurstError) -> Payload {
    switch payload {
    case .literal, .file, .zeros, .counting, .random: return payload
    case .copies(let payload, let count): return .copies(try withFieldsKept(payload), count)
    case .joined(let payloads):
      var kept: [Payload] = []
      for payload in payloads { kept.append(try withFieldsKept(payload)) }
      return .joined(kept)
    case .template(let parts):
      var kept: [TemplatePart] = []
      for part in parts { kept.append(try withFieldsKept(part)) }
      return .template(kept)
    }
  }

  private mutating func withFieldsKept(_ part: TemplatePart) throws(BurstError) -> TemplatePart {
    guard case .field(var field) = part else { return part }
    if field.isConstant {
      guard case .literal(let made) = try kept(.template([part])) else { return part }
      return .bytes(made.bytes)
    }
    field.payload = try kept(field.payload)
    if let between = field.between { field.between = try kept(between) }
    return .field(field)
  }

  /// The bytes of the next send.
  mutating func nextSend(_ payload: Payload, time: Nanoseconds) -> [UInt8] {
    number += 1
    self.time = time
    return bytes(of: payload)
  }

  private mutating func bytes(of payload: Payload) -> [UInt8] {
    if case .literal(let literal) = payload {
      if literal != newest.literal { newest = (literal, literal.bytes) }
      return newest.bytes
    }
    var result: [UInt8] = []
    // Room for all of it at once: growing would take as much again. A payload that is too long was refused before.
    if let measure = try? PayloadMeasure(payload, fileSize: fileSize) {
      result.reserveCapacity(Int(measure.bytes))
    }
    append(payload, to: &result)
    return result
  }

  private mutating func append(_ payload: Payload, to result: inout [UInt8]) {
    switch payload {
    case .literal(let literal): result += literal.bytes
    case .template(let parts):
      for part in parts { append(part, to: &result) }
    case .zeros(let count): result += repeatElement(0, count: count)
    case .counting(let count):
      result += (0..<min(count, 256)).map { UInt8($0) }
      if count > 256 { result.repeatLast(256, count: count - 256) }
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
      let once = result.count - start
      result.repeatLast(once, count: once * (max(1, count) - 1))
    }
  }

  private mutating func append(_ part: TemplatePart, to result: inout [UInt8]) {
    switch part {
    case .bytes(let literal): result += literal
    case .macro(.number): result += "\(number)".utf8
    case .macro(.time): result += "\(time)".utf8
    case .macro(.length): result += "\(result.count - beginning)".utf8
    // Put in its place before the burst is played, see `Burst.answering`.
    case .macro(.group): break
    case .macro(.random(let count)):
      result += (0..<count).map { _ in Self.letters[Int(madeUp.next() % UInt64(Self.letters.count))] }
    case .macro(.checksum(let checksum, let form)):
      result += form.written(UInt64(checksum.value(of: result[beginning...])), width: checksum.width)
    case .field(let field): append(field, to: &result)
    }
  }

  private mutating func append(_ field: PayloadField, to result: inout [UInt8]) {
    let around = beginning
    beginning = result.count
    append(field.payload, to: &result)
    let payload = beginning..<result.count
    // By itself too: what it counts are its own bytes.
    beginning = 0
    var between: [UInt8] = []
    if let payload = field.between { append(payload, to: &between) }
    beginning = around
    let number = field.number(of: result[payload])
    if field.isBefore {
      result.insert(contentsOf: number + between, at: payload.lowerBound)
    } else {
      result += between + number
    }
  }
  private static let letters = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)
}

extension [UInt8] {
  /// Appends so many bytes, which are the last `length` ones again and again.
  fileprivate mutating func repeatLast(_ length: Int, count: Int) {
    if length == 0 || count == 0 { return }
    let start = self.count - length
    self += repeatElement(0, count: count)
    withUnsafeMutableBytes { bytes in
      let all = UnsafeMutableRawBufferPointer(rebasing: bytes[start...])
      var done = length
      // What is there already doubles each time.
      while done < all.count {
        let piece = UnsafeRawBufferPointer(rebasing: all[..<Swift.min(done, all.count - done)])
        UnsafeMutableRawBufferPointer(rebasing: all[done...]).copyMemory(from: piece)
        done += piece.count
      }
    }
  }
}
