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
  case checksum(Checksum, NumberForm)
  /// `%{1}` to `%{9}`: what a group of the pattern held, in an answer to it.
  case group(Int)

  /// The macro as it is written.
  public var text: String {
    switch self {
    case .number: "%{n}"
    case .time: "%{time}"
    case .random(let count): "%{rand:\(count)}"
    case .length: "%{len}"
    case .group(let number): "%{\(number)}"
    case .checksum(let checksum, let form): "%{\(checksum.rawValue)\(form.text)}"
    }
  }

  /// The fewest bytes that it makes.
  var least: Int {
    switch self {
    case .number, .time, .length: 1
    case .group: 0
    case .random(let count): count
    case .checksum(let checksum, let form): form.width(checksum.width)
    }
  }

  /// The most bytes that it makes; nil if nobody knows.
  var most: Int? {
    switch self {
    case .number: "\(BurstMeasure.maximumActions)".utf8.count
    case .time: "\(Nanoseconds.min)".utf8.count
    case .length: "\(SizeText.maximum)".utf8.count
    case .random, .checksum: least
    case .group: nil
    }
  }

  /// True if it depends only on the bytes before it.
  var isConstant: Bool {
    switch self {
    case .number, .time, .random, .group: false
    case .length, .checksum: true
    }
  }
}
