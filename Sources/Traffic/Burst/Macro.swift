/// What is put into a string when it is sent.
public enum Macro: Sendable, Equatable {
  /// `%{n}`: the number of this send in its burst from 1, in decimal digits.
  case number
  /// `%{time}`: when the send is due, in nanoseconds since the start of the run, in decimal digits.
  case time
  /// `%{rand:N}`: N made-up letters and digits.
  case random(Int)
  /// `%{len}`: the bytes of this send before the macro, counted in decimal digits.
  case length
  /// `%{crc16}` and so on: a checksum of the bytes of this send before the macro.
  case checksum(Checksum, Form)

  /// How a checksum is written.
  public enum Form: String, CaseIterable, Sendable {
    /// Its bytes, the high one first. What a macro without a form means.
    case bigEndian = "be"
    /// Its bytes, the low one first.
    case littleEndian = "le"
    /// Upper-case hex digits, two a byte.
    case hex
  }

  /// The macro as it is written.
  public var text: String {
    switch self {
    case .number: "%{n}"
    case .time: "%{time}"
    case .random(let count): "%{rand:\(count)}"
    case .length: "%{len}"
    case .checksum(let checksum, .bigEndian): "%{\(checksum.rawValue)}"
    case .checksum(let checksum, let form): "%{\(checksum.rawValue):\(form.rawValue)}"
    }
  }

  /// Bytes that it makes; nil if that shows only when it is sent.
  var width: Int? {
    switch self {
    case .number, .time, .length: nil
    case .random(let count): count
    case .checksum(let checksum, let form): checksum.width * (form == .hex ? 2 : 1)
    }
  }

  /// True if it depends only on the bytes before it.
  var isConstant: Bool {
    switch self {
    case .number, .time, .random: false
    case .length, .checksum: true
    }
  }
}
