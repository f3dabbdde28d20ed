/// A payload with a number beside it that is made of its bytes: `%{len16be:{P}}`, `%{crc16:{P}}`.
///
/// The payload is made by itself: what a macro in it counts begins with its first byte.
public struct PayloadField: Sendable, Equatable {
  public enum Value: Sendable, Equatable {
    /// How long the payload is, and so much more; stands before it.
    case length(LengthCode, added: Int)
    /// A checksum of the payload; stands behind it unless it is to stand before.
    case checksum(Checksum, isBefore: Bool)
  }

  public var value: Value
  public var form: NumberForm
  public var payload: Payload
  /// What stands between the number and the payload, and is not counted.
  public var between: Payload?

  public init(_ value: Value, _ form: NumberForm, _ payload: Payload, between: Payload? = nil) {
    self.value = value
    self.form = form
    self.payload = payload
    self.between = between
  }

  var isBefore: Bool {
    switch value {
    case .length: true
    case .checksum(_, let isBefore): isBefore
    }
  }

  /// All payloads of it.
  var payloads: [Payload] { [payload] + (between.map { [$0] } ?? []) }

  /// The field as it is written.
  public var text: String {
    "%{\(name):{\(payload.text)}\(between.map { "{\($0.text)}" } ?? "")}"
  }

  private var name: String {
    switch value {
    case .length(let code, let added):
      code.name(isLittleEndian: form.isLittleEndian)
        + (added == 0 ? "" : added < 0 ? "\(added)" : "+\(added)") + (form.isHex ? ":hex" : "")
    case .checksum(let checksum, let isBefore):
      checksum.rawValue + form.text + (isBefore ? ":before" : "")
    }
  }

  /// The number beside a payload of these bytes, as it is written.
  func number(of bytes: ArraySlice<UInt8>) -> [UInt8] {
    switch value {
    case .length(let code, let added): code.written(Int64(bytes.count + added), form)
    case .checksum(let checksum, _):
      form.written(UInt64(checksum.value(of: bytes)), width: checksum.width)
    }
  }

  /// How long the number beside a payload is.
  /// - Throws: `BurstError.lengthDoesNotFit` where the payload may be as long as that.
  func measure(beside payload: PayloadMeasure) throws(BurstError) -> PayloadMeasure {
    switch value {
    case .checksum(let checksum, _): return PayloadMeasure(bytes: form.width(checksum.width))
    case .length(let code, let added):
      let least = payload.bytes + Int64(added)
      let most = payload.most.map { $0.addingReportingOverflow(Int64(added)) }
        .map { $0.overflow ? .max : $0.partialValue }
      let wrong =
        least > code.largest ? least : most.flatMap { $0 > code.largest ? $0 : least < 0 ? least : nil }
      if let wrong {
        throw .lengthDoesNotFit(wrong, isExact: wrong == least, name: name, largest: code.largest)
      }
      var measure = PayloadMeasure(bytes: code.width(of: max(0, least), form))
      measure.most = most.map { Int64(code.width(of: $0, form)) }
      if case .fixed = code { measure.most = measure.bytes }
      return measure
    }
  }
}
