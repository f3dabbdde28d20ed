import Testing

@testable import Wire

@Suite("The kernel's filter")
struct WireFilterTests {
  @Test(
    "Ports become as few ranges as are allowed, and the widest gaps stay",
    arguments: [
      ([], 4, []), ([80], 4, [80...80]), ([80, 81, 82], 4, [80...82]),
      ([1, 3, 65_535], 4, [1...1, 3...3, 65_535...65_535]),
      ([1, 3, 10, 100], 2, [1...10, 100...100]), ([0, 65_535], 1, [0...65_535]),
    ] as [(Set<UInt16>, Int, [ClosedRange<UInt16>])])
  func ranges(ports: Set<UInt16>, most: Int, ranges: [ClosedRange<UInt16>]) {
    #expect(WireFilter.ranges(ports, most: most) == ranges)
  }

  @Test("However many ports there are, the kernel takes the program")
  func length() {
    for count in [0, 1, 2, 64, 65, 1000, 65_535] {
      let ports = Set((0..<count).map { UInt16($0 * 65_535 / max(1, count)) })
      // BPF_MAXINSNS of the kernel.
      #expect((1...4096).contains(WireFilter(ports: ports).instructions.count))
    }
  }
}
