import Traffic

/// The blocks of a pcapng file. draft-ietf-opsawg-pcapng.
struct PcapngBlocks {
  /// What the packets of an interface begin with.
  enum Link: UInt16 {
    case ethernet = 1
    /// LINKTYPE_WIRESHARK_UPPER_PDU: tags that name a dissector, and its bytes.
    case upperPDU = 252
  }

  private enum Option {
    static let comment: UInt16 = 1
    static let interfaceName: UInt16 = 2
    static let interfaceDescription: UInt16 = 3
    static let application: UInt16 = 4
    static let resolution: UInt16 = 9
  }

  private enum Kind {
    static let section: UInt32 = 0x0a0d_0d0a
    static let interface: UInt32 = 1
    static let packet: UInt32 = 6
  }

  private static let byteOrderMagic: UInt32 = 0x1a2b_3c4d
  private static let packetHead = 28
  /// An option's length is a number of 16 bits.
  private static let longestText = 60_000

  /// Interfaces described so far.
  private(set) var interfaces: UInt32 = 0

  /// Begins the file.
  mutating func begin(application: String, comment: String, to output: inout ByteBuffer) {
    Self.block(Kind.section, to: &output) { output in
      output.append(word: Self.byteOrderMagic)
      output.append(half: 1)
      output.append(half: 0)
      // The length of the section is not told.
      output.append(word: .max)
      output.append(word: .max)
      Self.option(Option.comment, comment, to: &output)
      Self.option(Option.application, application, to: &output)
      output.append(word: 0)
    }
  }

  /// Describes an interface; times are in nanoseconds.
  /// - Returns: its number, for packets.
  mutating func interface(_ name: String, _ description: String, _ link: Link, to output: inout ByteBuffer)
    -> UInt32
  {
    Self.block(Kind.interface, to: &output) { output in
      output.append(half: link.rawValue)
      output.append(half: 0)
      output.append(word: 0)
      Self.option(Option.interfaceName, name, to: &output)
      Self.option(Option.interfaceDescription, description, to: &output)
      output.append(half: Option.resolution)
      output.append(half: 1)
      output.append(word: 9)
      output.append(word: 0)
    }
    interfaces += 1
    return interfaces - 1
  }

  /// Writes a packet.
  /// - Parameters:
  ///   - time: nanoseconds since 1970.
  ///   - length: of the whole packet; what is captured of it may be less.
  ///   - captured: writes that.
  ///   - comment: writes text that is safe; nothing is no comment.
  func packet(
    on interface: UInt32, at time: Nanoseconds, length: Int, to output: inout ByteBuffer,
    captured: (inout ByteBuffer) -> Void, comment: (inout ByteBuffer) -> Void
  ) {
    let begin = output.count
    output.append(repeating: 0, count: Self.packetHead)
    captured(&output)
    let count = output.count - begin - Self.packetHead
    output.pad(from: begin)
    let option = output.count
    output.append(word: 0)
    comment(&output)
    let commentLength = output.count - option - 4
    if commentLength > 0 {
      output.pad(from: begin)
      output.append(word: 0)
    }
    let total = UInt32(output.count - begin + 4)
    output.append(word: total)
    output.withUnsafeMutableBytes { bytes in
      let words: [UInt32] = [
        Kind.packet, total, interface, UInt32(truncatingIfNeeded: UInt64(bitPattern: time) >> 32),
        UInt32(truncatingIfNeeded: time), UInt32(count), UInt32(length),
      ]
      for (place, word) in words.enumerated() {
        bytes.storeBytes(of: word.littleEndian, toByteOffset: begin + 4 * place, as: UInt32.self)
      }
      guard commentLength > 0 else { return }
      bytes.storeBytes(of: Option.comment.littleEndian, toByteOffset: option, as: UInt16.self)
      bytes.storeBytes(of: UInt16(commentLength).littleEndian, toByteOffset: option + 2, as: UInt16.self)
    }
  }

  private static func block(
    _ kind: UInt32, to output: inout ByteBuffer, _ write: (inout ByteBuffer) -> Void
  ) {
    let begin = output.count
    output.append(word: kind)
    output.append(word: 0)
    write(&output)
    let total = UInt32(output.count - begin + 4)
    output.append(word: total)
    output.withUnsafeMutableBytes {
      $0.storeBytes(of: total.littleEndian, toByteOffset: begin + 4, as: UInt32.self)
    }
  }

  private static func option(_ code: UInt16, _ text: String, to output: inout ByteBuffer) {
    let bytes = SafeText.string(text).utf8.prefix(longestText)
    output.append(half: code)
    output.append(half: UInt16(bytes.count))
    let begin = output.count
    Array(bytes).withUnsafeBytes { output.append(bytes: $0) }
    output.pad(from: begin)
  }
}

extension ByteBuffer {
  fileprivate mutating func append(half value: UInt16) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(bytes: $0) }
  }

  fileprivate mutating func append(word value: UInt32) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(bytes: $0) }
  }

  /// Zeros up to a multiple of four bytes.
  fileprivate mutating func pad(from begin: Int) {
    append(repeating: 0, count: (4 - (count - begin) % 4) % 4)
  }
}
