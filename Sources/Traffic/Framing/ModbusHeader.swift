/// The header of Modbus/TCP: transaction, protocol, length of what follows, unit; then the function.
struct ModbusHeader: HeaderFormat {
  /// The length counts from here.
  private static let content = 6
  /// The unit and 253 bytes (Modbus application protocol 1.1b3, 4.1).
  private static let longest: Int64 = 254

  func read(_ header: UnsafeRawBufferPointer) -> HeaderReading {
    if header.count > 2, header[2] != 0 { return .bad(3) }
    if header.count > 3, header[3] != 0 { return .bad(4) }
    guard header.count >= Self.content else { return .more(min(header.count + 1, Self.content)) }
    let length = Int64(header[4]) << 8 | Int64(header[5])
    // Unit and function are always there.
    if length < 2 { return .bad(Self.content) }
    let whole = length + Int64(Self.content)
    if length > Self.longest { return .tooLong(whole, content: Self.content) }
    guard header.count >= Self.content + 2 else { return .more(Self.content + 2) }
    return .message(length: whole, content: Self.content, kind: Self.kind(header[Self.content + 1]))
  }

  private static func kind(_ function: UInt8) -> MessageKind {
    switch function {
    case 1: .readCoils
    case 2: .readDiscreteInputs
    case 3: .readHoldingRegisters
    case 4: .readInputRegisters
    case 5: .writeSingleCoil
    case 6: .writeSingleRegister
    case 15: .writeMultipleCoils
    case 16: .writeMultipleRegisters
    case 22: .maskWriteRegister
    case 23: .readWriteMultipleRegisters
    case 0x80...: .exception
    default: .function
    }
  }
}
