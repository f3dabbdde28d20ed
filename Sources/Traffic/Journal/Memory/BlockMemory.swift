/// Where the journal's blocks come from.
public struct BlockMemory: Sendable {
  /// Memory of so many bytes, aligned to 16; nil if there is none to be had.
  var allocate: @Sendable (Int) -> UnsafeMutableRawPointer?
  var free: @Sendable (UnsafeMutableRawPointer) -> Void

  public init(
    allocate: @escaping @Sendable (Int) -> UnsafeMutableRawPointer?,
    free: @escaping @Sendable (UnsafeMutableRawPointer) -> Void
  ) {
    self.allocate = allocate
    self.free = free
  }

  /// Swift's own, which ends the process where there is none.
  public static let standard = BlockMemory(
    allocate: { .allocate(byteCount: $0, alignment: 16) }, free: { $0.deallocate() })
}
