import CRecording
import Traffic

/// Reads what `BlockEncoder` wrote. Whatever the bytes are, it ends, and takes no more memory than a block has.
final class BlockDecoder {
  private let decompressor: Decompressor
  private var numbers = [UInt64](repeating: 0, count: BlockFormat.mostRecords)
  private var planes = [UInt8](repeating: 0, count: BlockFormat.mostRecords * 8)

  /// Nil without memory.
  init?() {
    guard let decompressor = Decompressor() else { return nil }
    self.decompressor = decompressor
  }

  /// - Returns: nil if the bytes are no block of so many records.
  func records(_ bytes: UnsafeRawBufferPointer, count: Int) -> (records: [Record], isKept: [Bool])? {
    guard (1...BlockFormat.mostRecords).contains(count) else { return nil }
    var rest = bytes[...]
    guard Self.number(2, &rest) == UInt64(count) else { return nil }
    var records: [Record] = []
    records.reserveCapacity(count)
    for column in RecordColumn.allCases {
      guard read(column.rawValue, count, &rest) else { return nil }
      if column.isDifference { cr_add_up(&numbers, count) }
      let isRead = numbers.withUnsafeBufferPointer {
        column.scatter(UnsafeBufferPointer(rebasing: $0[..<count]), into: &records)
      }
      if !isRead { return nil }
    }
    guard read(BlockFormat.keptColumn, count, &rest), rest.isEmpty, records.allSatisfy(\.isPlausible) else {
      return nil
    }
    return (records, numbers[..<count].map { $0 == 1 })
  }

  /// The payloads that are kept.
  /// - Parameter size: bytes that they are.
  func payload(_ bytes: UnsafeRawBufferPointer, size: Int) -> [UInt8]? {
    if size == 0 { return [] }
    guard size > 0, size <= BlockFormat.mostPayload + BlockFormat.fullPayload,
      ZSTD_getFrameContentSize(bytes.baseAddress, bytes.count) == UInt64(size)
    else { return nil }
    var isRead = false
    let payload = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      isRead = decompressor.decompress(bytes, into: UnsafeMutableRawBufferPointer(buffer))
      count = isRead ? size : 0
    }
    return isRead ? payload : nil
  }

  private func read(_ column: UInt8, _ count: Int, _ rest: inout Slice<UnsafeRawBufferPointer>) -> Bool {
    guard rest.count >= 2, rest.popFirst() == column, let form = rest.popFirst() else { return false }
    if form == BlockFormat.same {
      guard let number = Self.number(8, &rest) else { return false }
      for index in 0..<count { numbers[index] = number }
      return true
    }
    guard form == BlockFormat.planes, let width = rest.popFirst(), (1...8).contains(width),
      let size = Self.number(4, &rest), size <= rest.count
    else { return false }
    let frame = UnsafeRawBufferPointer(rebasing: rest.prefix(Int(size)))
    rest = rest.dropFirst(Int(size))
    let isRead = planes.withUnsafeMutableBytes {
      decompressor.decompress(
        frame, into: UnsafeMutableRawBufferPointer(rebasing: $0[..<(Int(width) * count)]))
    }
    if isRead { cr_restore(planes, count, UInt32(width), &numbers) }
    return isRead
  }

  private static func number(_ bytes: Int, _ rest: inout Slice<UnsafeRawBufferPointer>) -> UInt64? {
    guard rest.count >= bytes else { return nil }
    let number = rest.prefix(bytes).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    rest = rest.dropFirst(bytes)
    return number
  }
}
