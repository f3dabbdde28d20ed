/// Finds where a match of a regular expression begins whose end is known: it runs the expression backwards.
struct RegexOrigin: Sendable {
  private let graph: RegexGraph
  /// The places behind which each place may come.
  private let before: [[Int32]]
  /// The places of a match's last byte.
  private let last: [Int32]
  private let isFirst: [Bool]

  init(_ graph: RegexGraph) {
    self.graph = graph
    var before = [[Int32]](repeating: [], count: graph.sets.count)
    var isFirst = [Bool](repeating: false, count: graph.sets.count)
    for (place, following) in graph.following.enumerated() {
      for next in following { before[Int(next)].append(Int32(place)) }
    }
    for place in graph.start { isFirst[Int(place)] = true }
    self.before = before
    self.isFirst = isFirst
    last = graph.ends.indices.filter { graph.ends[$0] }.map { Int32($0) }
  }

  /// A match on the way back.
  struct Way {
    fileprivate var places: [Int32] = []
    fileprivate var length = 0
    /// Bytes of the longest match so far; 0 if none was found.
    fileprivate(set) var longest = 0
    /// True if no byte before could belong to it.
    fileprivate(set) var isOver = false
  }

  /// Goes back over bytes, from the last one on.
  func goBack(over bytes: some BidirectionalCollection<UInt8>, _ way: inout Way) {
    var reached = [Bool](repeating: false, count: graph.sets.count)
    for byte in bytes.reversed() {
      if way.isOver { return }
      var next: [Int32] = []
      func add(_ places: [Int32]) {
        for place in places where !reached[Int(place)] && graph.sets[Int(place)].contains(byte) {
          reached[Int(place)] = true
          next.append(place)
        }
      }
      if way.length == 0 { add(last) } else { for place in way.places { add(before[Int(place)]) } }
      for place in next { reached[Int(place)] = false }
      way.places = next
      way.length += 1
      if next.contains(where: { isFirst[Int($0)] }) { way.longest = way.length }
      way.isOver = next.isEmpty
    }
  }
}
