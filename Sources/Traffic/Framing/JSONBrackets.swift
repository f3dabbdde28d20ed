/// The brackets that are open in a JSON value.
struct JSONBrackets {
  /// Deeper ones are counted, but nobody knows which they are.
  private static let deepest = 1024

  private(set) var depth = 0
  /// A bit for each, set for an object.
  private var objects: [UInt64] = []

  var isInObject: Bool {
    depth > 0 && depth <= Self.deepest && objects[(depth - 1) / 64] >> UInt64((depth - 1) % 64) & 1 == 1
  }

  /// - Returns: false if it is deeper than is followed.
  mutating func open(isObject: Bool) -> Bool {
    depth += 1
    guard depth <= Self.deepest else { return false }
    let (word, bit) = ((depth - 1) / 64, UInt64((depth - 1) % 64))
    if word == objects.count { objects.append(0) }
    objects[word] = objects[word] & ~(1 << bit) | (isObject ? 1 << bit : 0)
    return true
  }

  /// - Returns: false if another one is open.
  mutating func close(isObject: Bool) -> Bool {
    guard depth > 0, depth > Self.deepest || isInObject == isObject else { return false }
    depth -= 1
    if depth == 0 { objects = [] }
    return true
  }
}
