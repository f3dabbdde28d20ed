import Traffic

/// What watched programs wrote, in lines, and which of them are in view.
struct OutputState: Sendable {
  private static let mostLines = 2000
  /// Of more than so many bytes at once only the last ones are looked at.
  private static let mostBytes = 1 << 18
  private static let kinds = RecordKinds { $0.kind == .output }

  private struct Source: Hashable, Sendable {
    let program: SocketID
    let stream: OutputStream
  }

  private struct Writer: Sendable {
    var writing = OutputWriting()
    /// Number of the line where it writes; nil once that is over.
    var line: Int?
  }

  var isShown = false
  /// The newest ones, in the order in which they began.
  private(set) var lines: [OutputLine] = []
  /// Number of the oldest: how many are gone.
  private(set) var first = 0
  private var writers: [Source: Writer] = [:]
  /// Of each program, the first rank that was not looked at yet.
  private var next: [SocketID: Int] = [:]
  /// Number of the line that stays at the bottom; nil follows.
  private(set) var bottom: Int?

  /// Takes in what programs wrote since the last time.
  mutating func look(_ programs: [SocketID], _ journal: Journal) {
    var new: [(sequence: Int, record: Record)] = []
    for program in programs { look(program, journal, &new) }
    if new.isEmpty { return }
    new.sort { $0.sequence < $1.sequence }
    var room = Self.mostBytes
    let start = new.lastIndex {
      room -= Int($0.record.payloadLength)
      return room < 0
    }
    for (_, record) in new[(start ?? 0)...] {
      if let bytes = journal.payload(of: record) { take(bytes, record) }
    }
    trim()
  }

  private func records(
    _ program: SocketID, from rank: Int, _ journal: Journal
  ) -> (next: Int, records: [(sequence: Int, record: Record)]) {
    let start = journal.skip(of: program, from: rank, to: Self.kinds)
    let end = min(start + 1024, journal.ranks(of: program).upperBound)
    return (max(start, end), start < end ? journal.records(of: program, in: start..<end) : [])
  }

  private mutating func look(
    _ program: SocketID, _ journal: Journal, _ new: inout [(sequence: Int, record: Record)]
  ) {
    let ranks = journal.ranks(of: program)
    var rank = max(next[program] ?? 0, ranks.lowerBound)
    while rank < ranks.upperBound {
      let found = records(program, from: rank, journal)
      new += found.records.filter { $0.record.kind == .output }
      rank = max(found.next, rank + 1)
    }
    next[program] = rank
  }

  private mutating func take(_ bytes: [UInt8], _ record: Record) {
    guard let stream = record.stream else { return }
    let source = Source(program: record.socket, stream: stream)
    var writer = writers[source] ?? Writer()
    for byte in bytes {
      var place = writer.line.map { $0 - first } ?? -1
      if place < 0 {
        lines.append(OutputLine(program: source.program, stream: stream))
        place = lines.count - 1
        writer.line = first + place
      }
      if writer.writing.take(byte, on: &lines[place].text) {
        lines[place].isOver = true
        writer.line = nil
      }
    }
    writers[source] = writer
  }

  private mutating func trim() {
    let over = lines.count - Self.mostLines
    // Not one by one: each time all the others move.
    guard over > Self.mostLines / 4 else { return }
    lines.removeFirst(over)
    first += over
  }

  // MARK: Looking

  /// Numbers of the lines of a program, or of all.
  func numbers(of program: SocketID?) -> [Int] {
    lines.indices.filter { program == nil || lines[$0].program == program }.map { $0 + first }
  }

  func line(_ number: Int) -> OutputLine { lines[number - first] }

  /// The program that wrote last without a newline: it asks. Else the one that wrote last.
  func asking(_ programs: [SocketID]) -> SocketID? {
    let own = lines.lazy.reversed().filter { programs.contains($0.program) }
    return (own.first { !$0.isOver && !$0.text.isEmpty } ?? own.first)?.program
  }

  /// Scrolls.
  mutating func take(_ move: Move, of program: SocketID?, height: Int) {
    let numbers = numbers(of: program)
    guard let last = numbers.indices.last else { return }
    let place = bottom.flatMap { bottom in numbers.lastIndex { $0 <= bottom } } ?? last
    let wanted: Int
    switch move {
    case .line(let count): wanted = place + count
    case .page(let count): wanted = place + count * max(1, height - 1)
    case .first: wanted = 0
    case .last: wanted = last
    case .side: return
    }
    let reached = max(wanted, min(height - 1, last))
    bottom = reached >= last ? nil : numbers[reached]
  }
}
