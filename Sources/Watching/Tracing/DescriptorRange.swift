/// The descriptors of close_range(2).
struct DescriptorRange {
  private let first: UInt32
  private let last: UInt32
  private let flags: Int32

  init(_ call: UnderWay) {
    first = UInt32(bitPattern: call.int(0))
    last = UInt32(bitPattern: call.int(1))
    flags = call.int(2)
  }

  /// False for all of them with CLOSE_RANGE_CLOEXEC, which closes nothing now.
  func contains(_ descriptor: Int32) -> Bool {
    flags & 4 == 0 && first <= UInt32(descriptor) && UInt32(descriptor) <= last
  }
}
