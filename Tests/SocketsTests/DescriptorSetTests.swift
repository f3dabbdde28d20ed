import Testing

@testable import Sockets

@Suite struct DescriptorSetTests {
  @Test(
    "a set holds what was put in, also beyond the 1024 of an fd_set",
    arguments: [
      ([], 0), ([0], 1), ([3, 1, 2], 4), ([63, 64], 65), ([1023], 1024), ([1024], 1025),
      ([5, 70_000], 70_001),
    ] as [([CInt], CInt)])
  func holds(descriptors: [CInt], limit: CInt) {
    var set = DescriptorSet()
    for descriptor in descriptors { set.insert(descriptor) }
    #expect(set.members == descriptors.sorted())
    #expect(set.limit == limit)
    for other in [CInt(4), 62, 65, 1022, 1025, 69_999, 70_001] where !descriptors.contains(other) {
      #expect(!set.contains(other))
    }
  }

  @Test("the limit falls with the highest descriptor")
  func removes() {
    var set = DescriptorSet()
    for descriptor in [CInt(3), 2000, 64] { set.insert(descriptor) }
    set.remove(64)
    #expect(set.limit == 2001)
    set.remove(2000)
    #expect(set.limit == 4)
    set.remove(9999)
    #expect(set.members == [3])
    set.remove(3)
    #expect(set.limit == 0)
    #expect(set.members.isEmpty)
  }

  @Test("a set can be as long as another and empty")
  func emptyOfLength() {
    var empty = DescriptorSet()
    empty.reserve(5001)
    #expect(empty.members.isEmpty)
    #expect(!empty.contains(5000))
    empty.insert(5000)
    #expect(empty.members == [5000])
  }
}

extension DescriptorSet {
  /// The descriptors in it, in ascending order.
  fileprivate var members: [CInt] { (0..<limit).filter(contains) }
}
