/// Runs a regular expression as a table of states, made as they are come to: one look-up a byte. What the table may hold is
/// bounded; when it is full it begins anew.
///
/// It finds where matches end, as `RegexSearch` does: as early as one can, and the next begins behind it.
struct RegexAutomaton: Sendable {
  /// Where a stream has come to.
  struct Place: Sendable {
    fileprivate var table: Int
    fileprivate var state: Int
    fileprivate var waiting: [Int32]
  }

  private static let mostStates = 1024
  /// Bytes that lead out of the first state at most, for it to be passed over with a scan.
  private static let fewStarters = 3

  private let graph: RegexGraph
  /// For each state and byte the state after it, plus one and doubled; the lowest bit is set where a match ends, and then the
  /// state is the first. 0 where nobody has been yet.
  private var table: [UInt32] = []
  private var states: [[Int32]] = []
  private var numbers: [[Int32]: Int] = [:]
  /// How often the table began anew.
  private var tables = 0
  /// The only bytes that a match can begin with; empty if they are many.
  private let starters: [UInt8]
  private var rounds: [Int]
  private var round = 0

  init(_ graph: RegexGraph) {
    self.graph = graph
    rounds = [Int](repeating: 0, count: graph.sets.count)
    let starters = (UInt8.min...UInt8.max).filter { byte in
      graph.start.contains { graph.sets[Int($0)].contains(byte) }
    }
    self.starters = starters.count <= Self.fewStarters ? starters : []
    _ = state(graph.start)
  }

  /// Where every stream begins.
  var beginning: Place { Place(table: tables, state: 0, waiting: states[0]) }

  /// Tells for each match in the next bytes of a stream the place behind it.
  mutating func run(
    _ bytes: UnsafeRawBufferPointer, from place: inout Place, _ found: (Int) -> Void
  ) {
    var state = place.table == tables ? place.state : self.state(place.waiting)
    var next = 0
    while next < bytes.count {
      let entry = follow(bytes, &next, &state)
      if entry == 0 {
        let made = step(state, bytes[next])
        // The table may have begun anew.
        state = made.state
        next += 1
        if made.ends { found(next) }
      } else if entry & 1 == 1 {
        found(next)
      }
    }
    place = Place(table: tables, state: state, waiting: states[state])
  }

  /// Goes as far as the table knows the way, or behind the next match.
  /// - Returns: the entry that stopped it.
  private func follow(_ bytes: UnsafeRawBufferPointer, _ next: inout Int, _ state: inout Int) -> UInt32 {
    table.withUnsafeBufferPointer { table in
      var (place, now) = (next, state)
      defer { (next, state) = (place, now) }
      while place < bytes.count {
        if now == 0, !starters.isEmpty {
          place = skip(bytes, from: place)
          if place == bytes.count { break }
        }
        let entry = table[now << 8 | Int(bytes[place])]
        if entry == 0 { return 0 }
        now = Int(entry >> 1) - 1
        place += 1
        if entry & 1 == 1 { return entry }
      }
      return 2
    }
  }

  /// The place of the next byte with which a match can begin.
  private func skip(_ bytes: UnsafeRawBufferPointer, from place: Int) -> Int {
    if starters.count == 1 { return ByteScan.first(starters[0], in: bytes, from: place) ?? bytes.count }
    var place = place
    while place < bytes.count, !starters.contains(bytes[place]) { place += 1 }
    return place
  }

  /// Finds out where a byte leads, and keeps it.
  private mutating func step(_ state: Int, _ byte: UInt8) -> (state: Int, ends: Bool) {
    round += 1
    var places: [Int32] = []
    func add(_ more: [Int32], _ rounds: inout [Int]) {
      for place in more where rounds[Int(place)] != round {
        rounds[Int(place)] = round
        places.append(place)
      }
    }
    add(graph.start, &rounds)
    var ends = false
    for place in states[state] where graph.sets[Int(place)].contains(byte) {
      ends = ends || graph.ends[Int(place)]
      add(graph.following[Int(place)], &rounds)
    }
    let before = tables
    let next = ends ? 0 : self.state(places.sorted())
    if tables == before { table[state << 8 | Int(byte)] = UInt32(next + 1) << 1 | (ends ? 1 : 0) }
    return (next, ends)
  }

  /// The number of a set of places.
  private mutating func state(_ places: [Int32]) -> Int {
    if let number = numbers[places] { return number }
    if states.count == Self.mostStates {
      (states, numbers, table) = ([], [:], [])
      tables += 1
      _ = state(graph.start)
      return state(places)
    }
    numbers[places] = states.count
    states.append(places)
    table += repeatElement(0, count: 256)
    return states.count - 1
  }
}
