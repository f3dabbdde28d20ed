/// The first byte of a value of RESP.
enum RESPType: UInt8 {
  case simpleString = 0x2b  // +
  case error = 0x2d  // -
  case integer = 0x3a  // :
  case bulkString = 0x24  // $
  case array = 0x2a  // *
  case null = 0x5f  // _
  case boolean = 0x23  // #
  case double = 0x2c  // ,
  case bigNumber = 0x28  // (
  case bulkError = 0x21  // !
  case verbatimString = 0x3d  // =
  case map = 0x25  // %
  case attribute = 0x7c  // |
  case set = 0x7e  // ~
  case push = 0x3e  // >
  /// A part of a string whose length nobody knew.
  case chunk = 0x3b  // ;

  /// Ends an array whose length nobody knew.
  static let end = UInt8(ascii: ".")

  /// Its line has a number that says what follows.
  var hasNumber: Bool {
    switch self {
    case .bulkString, .array, .bulkError, .verbatimString, .map, .attribute, .set, .push, .chunk: true
    case .simpleString, .error, .integer, .null, .boolean, .double, .bigNumber: false
    }
  }

  /// Nil for what stands before or in a value.
  var kind: MessageKind? {
    switch self {
    case .simpleString: .simpleString
    case .error: .error
    case .integer: .integer
    case .bulkString: .bulkString
    case .array: .array
    case .null: .null
    case .boolean: .boolean
    case .double: .double
    case .bigNumber: .bigNumber
    case .bulkError: .bulkError
    case .verbatimString: .verbatimString
    case .map: .map
    case .set: .set
    case .push: .push
    case .attribute, .chunk: nil
    }
  }
}
