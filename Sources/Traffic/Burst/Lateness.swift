/// How late the sends of a burst were: exact values up to a bound, then a sample that is spread evenly over the burst.
///
/// Adding a value costs a few nanoseconds and never memory: what it needs is taken and touched before the burst begins.
public struct Lateness: Sendable {
  /// Values that are kept at most: 2 MiB.
  static let capacity = 1 << 18

  /// Length of time by which the latest send was late, of all sends.
  public private(set) var max: Nanoseconds = 0
  /// Number of values that the percentiles are of: all of them, or every second, fourth, eighth … one.
  public private(set) var count = 0
  private var values: [Nanoseconds]
  private var stride = 1
  private var untilNext = 1

  /// - Parameter sends: how many values will come; nil if that is not known.
  public init(expecting sends: Int?) {
    values = [Nanoseconds](
      repeating: 0, count: Swift.min(Swift.max(1, sends ?? Self.capacity), Self.capacity))
  }

  /// - Parameter lateness: how long after its planned time a send was made, 0 or more.
  public mutating func add(_ lateness: Nanoseconds) {
    if lateness > max { max = lateness }
    untilNext -= 1
    guard untilNext == 0 else { return }
    if count == values.count { halve() }
    values[count] = lateness
    count += 1
    untilNext = stride
  }

  /// The smallest value that is not exceeded by `percent` of 100 values (nearest rank); nil without any value.
  public mutating func percentile(_ percent: Int) -> Nanoseconds? {
    guard count > 0 else { return nil }
    return smallest(rank: Swift.max(0, (count * percent + 99) / 100 - 1))
  }

  /// Keeps every second value, and from now on takes half as many.
  private mutating func halve() {
    count = (count + 1) / 2
    for index in 0..<count { values[index] = values[2 * index] }
    stride *= 2
  }

  /// The value with so many smaller ones before it: Hoare's quickselect, as sorting would hold up what comes next.
  private mutating func smallest(rank: Int) -> Nanoseconds {
    var (low, high) = (0, count - 1)
    while low < high {
      let pivot = values[low + (high - low) / 2]
      var (left, right) = (low, high)
      while left <= right {
        while values[left] < pivot { left += 1 }
        while values[right] > pivot { right -= 1 }
        if left <= right {
          values.swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if rank <= right {
        high = right
      } else if rank >= left {
        low = left
      } else {
        break
      }
    }
    return values[rank]
  }
}
