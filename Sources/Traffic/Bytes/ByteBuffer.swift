/// Bytes that grow at their end, in memory that stays when they are taken away: what is printed is written here, and no
/// string is made on the way.
public struct ByteBuffer: ~Copyable {
  @usableFromInline var start: UnsafeMutablePointer<UInt8>
  @usableFromInline var capacity: Int
  @usableFromInline var length = 0

  /// - Parameter capacity: bytes that fit before memory is asked for again, 1 or more.
  public init(capacity: Int = 64) {
    start = .allocate(capacity: capacity)
    self.capacity = capacity
  }

  deinit { start.deallocate() }

  @inlinable public var count: Int { length }
  @inlinable public var isEmpty: Bool { length == 0 }

  /// The last byte; nil if there is none.
  @inlinable public var last: UInt8? { length == 0 ? nil : start[length - 1] }

  /// The bytes, for as long as the closure runs.
  public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    body(UnsafeRawBufferPointer(start: start, count: length))
  }

  /// The bytes, to change some that stand already: a length that is known once what it counts was written.
  public mutating func withUnsafeMutableBytes<Result>(
    _ body: (UnsafeMutableRawBufferPointer) -> Result
  ) -> Result {
    body(UnsafeMutableRawBufferPointer(start: start, count: length))
  }

  /// The bytes as a string; what is no UTF-8 is repaired.
  public var text: String {
    String(decoding: UnsafeBufferPointer(start: start, count: length), as: UTF8.self)
  }

  /// Forgets all bytes and keeps the memory.
  @inlinable public mutating func removeAll() { length = 0 }

  /// Forgets the bytes from a place on.
  public mutating func removeAll(from place: Int) { length = min(length, place) }

  // MARK: Growing

  /// Makes room for so many bytes.
  /// - Returns: where the first of them goes; they count once `length` says so.
  @inlinable mutating func room(for bytes: Int) -> UnsafeMutablePointer<UInt8> {
    if capacity - length < bytes { grow(by: bytes) }
    return start + length
  }

  @usableFromInline mutating func grow(by bytes: Int) {
    let grown = max(2 * capacity, length + bytes)
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: grown)
    memory.update(from: start, count: length)
    start.deallocate()
    (start, capacity) = (memory, grown)
  }

  @inlinable public mutating func append(byte: UInt8) {
    room(for: 1).pointee = byte
    length += 1
  }

  /// Words of the program itself, as they are.
  @inlinable @inline(__always)
  public mutating func append(_ literal: StaticString) {
    let count = literal.utf8CodeUnitCount
    room(for: count).update(from: literal.utf8Start, count: count)
    length += count
  }

  @inlinable public mutating func append(bytes: UnsafeBufferPointer<UInt8>) {
    guard let first = bytes.baseAddress else { return }
    room(for: bytes.count).update(from: first, count: bytes.count)
    length += bytes.count
  }

  @inlinable public mutating func append(bytes: UnsafeRawBufferPointer) {
    append(bytes: bytes.assumingMemoryBound(to: UInt8.self))
  }

  /// A string as it is; one from outside may hold what no terminal should see: `append(safe:)`.
  public mutating func append(text: String) {
    var text = text
    text.withUTF8 { append(bytes: $0) }
  }

  public mutating func append(scalar: Unicode.Scalar) {
    let value = scalar.value
    let place = room(for: 4)
    switch value {
    case 0..<0x80:
      place[0] = UInt8(value)
      length += 1
    case 0x80..<0x800:
      place[0] = UInt8(0xc0 | value >> 6)
      place[1] = UInt8(0x80 | value & 0x3f)
      length += 2
    case 0x800..<0x1_0000:
      place[0] = UInt8(0xe0 | value >> 12)
      place[1] = UInt8(0x80 | value >> 6 & 0x3f)
      place[2] = UInt8(0x80 | value & 0x3f)
      length += 3
    default:
      place[0] = UInt8(0xf0 | value >> 18)
      place[1] = UInt8(0x80 | value >> 12 & 0x3f)
      place[2] = UInt8(0x80 | value >> 6 & 0x3f)
      place[3] = UInt8(0x80 | value & 0x3f)
      length += 4
    }
  }

  public mutating func append(repeating byte: UInt8, count: Int) {
    guard count > 0 else { return }
    room(for: count).update(repeating: byte, count: count)
    length += count
  }

  // MARK: Columns

  /// Writes something at the left of a column of so many cells.
  @inlinable public mutating func append(leftIn width: Int, _ write: (inout ByteBuffer) -> Void) {
    let begin = length
    write(&self)
    append(repeating: UInt8(ascii: " "), count: width - cells(from: begin))
  }

  /// Writes something at the right of a column of so many cells.
  @inlinable public mutating func append(rightIn width: Int, _ write: (inout ByteBuffer) -> Void) {
    let begin = length
    write(&self)
    insertSpaces(width - cells(from: begin), at: begin)
  }

  @usableFromInline mutating func insertSpaces(_ count: Int, at place: Int) {
    guard count > 0 else { return }
    let moved = length - place
    _ = room(for: count)
    (start + place + count).update(from: start + place, count: moved)
    (start + place).update(repeating: UInt8(ascii: " "), count: count)
    length += count
  }

  /// Cells that the bytes from a place on take in a terminal. They must be safe text.
  @usableFromInline func cells(from place: Int) -> Int {
    var cells = 0
    var at = place
    while at < length {
      let first = start[at]
      switch first {
      case 0..<0x80: at += 1
      case 0x80..<0xe0: at += 2
      default:
        let isLong = first >= 0xf0
        var value = UInt32(first & (isLong ? 0x07 : 0x0f))
        for next in 1...(isLong ? 3 : 2) { value = value << 6 | UInt32(start[at + next] & 0x3f) }
        if let scalar = Unicode.Scalar(value), CellWidth.isWide(scalar) { cells += 1 }
        at += isLong ? 4 : 3
      }
      cells += 1
    }
    return cells
  }
}

extension String {
  /// What a closure writes.
  public init(writing write: (inout ByteBuffer) -> Void) {
    var buffer = ByteBuffer()
    write(&buffer)
    self = buffer.text
  }
}
