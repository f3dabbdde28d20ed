@testable import Traffic

/// Makes random bursts that are valid, always the same ones for a seed.
struct BurstGenerator {
  private var source: MadeUpBytes

  init(seed: UInt64) { source = MadeUpBytes(seed: seed) }

  mutating func number(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(source.next() % UInt64(range.count))
  }

  mutating func burst() -> Burst {
    while true {
      let burst = Burst(steps: steps(depth: 0), tolerance: number(0...4) == 0 ? duration() : nil)
      if (try? BurstMeasure(burst)) != nil { return burst }
    }
  }

  private mutating func steps(depth: Int) -> [BurstStep] {
    var steps = (0..<number(1...4)).map { _ in step(depth: depth) }
    if depth == 0, number(0...5) == 0 { steps.append([.close, .reset][number(0...1)]) }
    return steps
  }

  private mutating func duration() -> Nanoseconds {
    Nanoseconds(number(1...2000)) * [1, 1000, 1_000_000, 500_000_000][number(0...3)]
  }

  private mutating func step(depth: Int) -> BurstStep {
    switch number(0...(depth < 3 ? 11 : 9)) {
    case 0: .pause(duration())
    case 1: .split(payload(depth: 0), size: number(1...2000), gap: number(0...1) == 0 ? nil : duration())
    case 2: .flagged(payload(depth: 0), SendFlag.allCases[number(0...1)])
    case 3: [.cork, .uncork, .shutdown][number(0...2)]
    case 4: .at(duration() * 100)
    case 10: .group(steps(depth: depth + 1), count: number(1...9), period: nil)
    case 11: periodic(steps(depth: depth + 1))
    default: .send(payload(depth: 0))
    }
  }

  private mutating func periodic(_ steps: [BurstStep]) -> BurstStep {
    let length = (try? BurstMeasure(Burst(steps: steps)).length) ?? 0
    return .group(steps, count: number(1...9), period: length + duration())
  }

  private mutating func payload(depth: Int) -> Payload {
    switch number(0...(depth < 3 ? 9 : 7)) {
    case 5: template(depth)
    case 0: .file(["a", "my file", "x\"\\+é\n/10"][number(0...2)])
    case 1: .zeros(number(1...5000))
    case 2: .counting(number(1...600))
    case 3: .random(number(1...100), seed: nil)
    case 4: .random(number(1...100), seed: source.next())
    case 8: .copies(payload(depth: depth + 1), number(1...5))
    case 9: .joined((0..<number(2...3)).map { _ in payload(depth: depth + 1) })
    default: .bytes(bytes())
    }
  }

  private mutating func template(_ depth: Int) -> Payload {
    var parts: [TemplatePart] = []
    for _ in 0..<number(1...3) {
      let text = bytes()
      if !text.isEmpty, number(0...1) == 0 { parts.append(.bytes(text)) }
      let checksum = Macro.checksum(Checksum.allCases[number(0...3)], numberForm())
      let macros = [Macro.number, .time, .length, .random(number(1...9)), checksum]
      parts.append(depth < 3 && number(0...2) == 0 ? .field(field(depth)) : .macro(macros[number(0...4)]))
    }
    return .template(parts)
  }

  private mutating func numberForm() -> NumberForm {
    NumberForm(isLittleEndian: number(0...1) == 0, isHex: number(0...1) == 0)
  }

  private mutating func field(_ depth: Int) -> PayloadField {
    var form = numberForm()
    let between = number(0...2) == 0 ? payload(depth: depth + 1) : nil
    if number(0...1) == 0 {
      let checksum = Checksum.allCases[number(0...3)]
      return PayloadField(
        .checksum(checksum, isBefore: number(0...1) == 0), form, payload(depth: depth + 1), between: between)
    }
    let (_, code, isLittleEndian) = LengthCode.names[number(0...(LengthCode.names.count - 1))]
    form = NumberForm(isLittleEndian: isLittleEndian, isHex: code != .text && form.isHex)
    return PayloadField(
      .length(code, added: number(-2...9)), form, payload(depth: depth + 1), between: between)
  }

  private mutating func bytes() -> [UInt8] {
    let pools: [[UInt8]] = [
      Array(UInt8.min...UInt8.max), Array("abc XYZ 019 %{}\\\"#\n".utf8), [0, 1, 0x7f, 0x80, 0xc3, 0xa9],
      Array("{\"a\": 1}\\%".utf8), [],
    ]
    let pool = pools[number(0...4)]
    if pool.isEmpty { return Array("é 日本 e\u{301} \u{202e} \u{200b} 🙂 \u{feff}".utf8) }
    return (0..<number(0...12)).map { _ in pool[number(0...(pool.count - 1))] }
  }
}
