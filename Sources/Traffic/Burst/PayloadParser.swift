/// A payload, such as `"a"*50+0x0d0a`. The length of what was read last is in `payloadMeasure`.
extension BurstParser {
  mutating func takePayload() throws(SyntaxError) -> Payload {
    let first = try takeTerm()
    guard cursor.accept(sign: UInt8(ascii: "+")) else { return first }
    var payloads: [Payload] = []
    payloads.reserveCapacity(2)
    payloads.append(first)
    var sum = payloadMeasure
    repeat {
      let start = cursor.position
      payloads.append(try takeTerm())
      do throws(BurstError) { try sum.append(payloadMeasure) } catch {
        throw cursor.error(error.message, at: start)
      }
    } while cursor.accept(sign: UInt8(ascii: "+"))
    payloadMeasure = sum
    return .joined(payloads)
  }

  /// A payload without `+`, and its copies.
  private mutating func takeTerm() throws(SyntaxError) -> Payload {
    var payload = try takeAtom()
    var depth = depth
    while cursor.accept(sign: UInt8(ascii: "*")) {
      depth += 1
      guard depth <= BurstParser.maximumDepth else { throw tooDeep() }
      let place = cursor.position
      let count = try cursor.takeSize("a count")
      do throws(BurstError) {
        try payloadMeasure.multiply(by: count)
      } catch {
        throw cursor.error(error.message, at: place)
      }
      payload = .copies(payload, count)
    }
    return payload
  }

  private mutating func takeAtom() throws(SyntaxError) -> Payload {
    let start = cursor.position
    switch cursor.byte {
    case UInt8(ascii: "\""): return try takeString()
    case UInt8(ascii: "'"): return payload(try cursor.takeRaw())
    case UInt8(ascii: "<"): return payload(try cursor.takeBracketedHex())
    case UInt8(ascii: "@"): return try takeFile()
    case UInt8(ascii: "{"): return try takeBraces()
    case UInt8(ascii: "%") where cursor.byte(after: 1) == UInt8(ascii: "{"):
      return try template([try takeMacro()], at: start)
    case let byte? where byte.isDigit:
      guard cursor.isAtHex else { throw expected(at: start) }
      return payload(try cursor.takeHex())
    case let byte? where byte.isLetter: return try takeMadeUp()
    default: throw expected(at: start)
    }
  }

  private mutating func payload(_ literal: Literal) -> Payload {
    payloadMeasure = PayloadMeasure(bytes: literal.count)
    return .literal(literal)
  }

  private mutating func takeString() throws(SyntaxError) -> Payload {
    let start = cursor.position
    cursor.position += 1
    let (literal, isClosed) = try cursor.takeStretch(stopsAtMacro: true)
    if isClosed { return payload(literal) }
    return try template(try takeTemplate(after: literal), at: start)
  }

  private mutating func template(_ parts: [TemplatePart], at start: Int) throws(SyntaxError) -> Payload {
    do throws(BurstError) { payloadMeasure = try PayloadMeasure(parts, fileSize: { _ in nil }) } catch {
      throw cursor.error(error.message, at: start)
    }
    return .template(parts)
  }

  mutating func takeBraces() throws(SyntaxError) -> Payload {
    guard depth < BurstParser.maximumDepth else { throw tooDeep() }
    cursor.position += 1
    cursor.skipBlanks()
    depth += 1
    let payload = try takePayload()
    depth -= 1
    cursor.skipBlanks()
    guard cursor.accept(UInt8(ascii: "}")) else {
      throw cursor.error("expected + or } after a payload in braces")
    }
    return payload
  }

  private mutating func takeFile() throws(SyntaxError) -> Payload {
    cursor.position += 1
    payloadMeasure = PayloadMeasure(bytes: 0)
    payloadMeasure.most = nil
    let start = cursor.position
    let name: [UInt8]
    if cursor.byte == UInt8(ascii: "\"") {
      name = try cursor.takeQuoted()
    } else {
      while let byte = cursor.byte, !byte.isBlank, !Self.endsFileName(byte) { cursor.position += 1 }
      name = Array(cursor.bytes[start..<cursor.position])
    }
    guard !name.isEmpty else {
      throw cursor.error("expected a file's name after @, such as @data.bin or @\"my data.bin\"", at: start)
    }
    guard let path = String(validating: name, as: UTF8.self), !name.contains(0) else {
      throw cursor.error("a file's name is UTF-8 without a zero byte", at: start)
    }
    return .file(path)
  }

  private static func endsFileName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ")"), UInt8(ascii: "}"), UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "\""): true
    default: false
    }
  }

  /// `zeros(N)`, `count(N)`, `random(N)`, `random(N, SEED)`.
  private mutating func takeMadeUp() throws(SyntaxError) -> Payload {
    let start = cursor.position
    let word = cursor.text(cursor.takeToken())
    switch word {
    case "zeros", "count", "random": break
    default: throw unknown(word, at: start)
    }
    guard cursor.accept(UInt8(ascii: "(")) else {
      throw cursor.error("expected ( after \(word), as in \(word)(100)")
    }
    cursor.skipBlanks()
    let count = try cursor.takeSize("a size")
    cursor.skipBlanks()
    var seed: UInt64?
    if word == "random", cursor.accept(UInt8(ascii: ",")) {
      cursor.skipBlanks()
      let place = cursor.position
      seed = UInt64(cursor.text(cursor.takeToken()))
      if seed == nil { throw cursor.error("expected a seed: a number from 0 to \(UInt64.max)", at: place) }
      cursor.skipBlanks()
    }
    guard cursor.accept(UInt8(ascii: ")")) else {
      throw cursor.error(
        "expected ) after the size\(word == "random" && seed == nil ? ", or a comma and a seed" : "")")
    }
    payloadMeasure = PayloadMeasure(bytes: count)
    switch word {
    case "zeros": return .zeros(count)
    case "count": return .counting(count)
    default: return .random(count, seed: seed)
    }
  }

  private func unknown(_ word: String, at start: Int) -> SyntaxError {
    cursor.error(
      "unknown step \(word): for its text write \"\(word)\"; see the list of steps under send", at: start)
  }

  private func expected(at start: Int) -> SyntaxError {
    cursor.error("expected a payload, such as \"text\", 'raw text', 0x0d0a, @file, zeros(10)", at: start)
  }

  private func tooDeep() -> SyntaxError {
    cursor.error("payloads nest at most \(BurstParser.maximumDepth) deep")
  }
}
