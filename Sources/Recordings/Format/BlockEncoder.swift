import CRecording
import Traffic

/// Turns records into what lies in a row of the table `block`; see docs/RECORDING.md.
final class BlockEncoder {
  private let compressor: Compressor
  private let numbers = UnsafeMutablePointer<UInt64>.allocate(capacity: BlockFormat.mostRecords)
  private var planes = [UInt8](repeating: 0, count: BlockFormat.mostRecords * 8)

  /// Nil without memory.
  init?() {
    guard let compressor = Compressor() else { return nil }
    self.compressor = compressor
  }

  deinit { numbers.deallocate() }

  /// - Parameter isKept: whether the payload is, of each record.
  func records(_ records: [Record], isKept: [Bool]) -> [UInt8] {
    var output: [UInt8] = []
    append(UInt64(records.count), bytes: 2, to: &output)
    records.withUnsafeBufferPointer { records in
      for column in RecordColumn.allCases {
        column.gather(records, into: numbers)
        if column.isDifference { cr_differ(numbers, records.count) }
        append(column.rawValue, records.count, to: &output)
      }
    }
    for (index, isKept) in isKept.enumerated() { numbers[index] = isKept ? 1 : 0 }
    append(BlockFormat.keptColumn, records.count, to: &output)
    return output
  }

  func payload(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    if !bytes.isEmpty { bytes.withUnsafeBytes { compressor.append($0, to: &output) } }
    return output
  }

  private func append(_ column: UInt8, _ count: Int, to output: inout [UInt8]) {
    output.append(column)
    let first = numbers[0]
    if (1..<count).allSatisfy({ numbers[$0] == first }) {
      output.append(BlockFormat.same)
      append(first, bytes: 8, to: &output)
      return
    }
    let width = max(1, (64 - cr_bits(numbers, count).leadingZeroBitCount + 7) / 8)
    cr_transpose(numbers, count, UInt32(width), &planes)
    output += [BlockFormat.planes, UInt8(width)]
    let place = output.count
    append(0, bytes: 4, to: &output)
    planes.withUnsafeBytes {
      compressor.append(UnsafeRawBufferPointer(rebasing: $0[..<(width * count)]), to: &output)
    }
    let size = UInt32(output.count - place - 4)
    for index in 0..<4 { output[place + index] = UInt8(truncatingIfNeeded: size >> (8 * UInt32(index))) }
  }

  private func append(_ number: UInt64, bytes: Int, to output: inout [UInt8]) {
    for index in 0..<bytes { output.append(UInt8(truncatingIfNeeded: number >> (8 * UInt64(index)))) }
  }
}
