/// Reads the calls of a source one after another, with their bytes; it holds a part of them at a time.
struct CallReader {
  private static let step = 512
  private static let mostBytes = 1 << 20

  private let source: CallSource
  private let kinds: RecordKinds
  private var rank: Int
  private let end: Int
  private var calls: [ComparedCall] = []
  private var places: [Range<Int>?] = []
  private var bytes: [UInt8] = []
  private var index = 0
  /// Calls that returned nothing and ended nothing.
  private(set) var idle = 0
  /// False if the bytes are not wanted any more.
  var wantsBytes = true

  init(_ source: CallSource) {
    self.source = source
    kinds = RecordKinds { Direction($0.kind) == source.direction }
    let ranks = source.journal.ranks(of: source.socket)
    (rank, end) = (ranks.lowerBound, ranks.upperBound)
    load()
  }

  /// The next call; nil if there is no more.
  var call: ComparedCall? { index < calls.count ? calls[index] : nil }

  /// The bytes of the next call; nil if they are not held, or not wanted.
  mutating func payload() -> ArraySlice<UInt8>? {
    if !wantsBytes { return nil }
    if index >= places.count { loadBytes() }
    return places[index].map { bytes[$0] }
  }

  mutating func advance() {
    index += 1
    if index >= calls.count { load() }
  }

  private mutating func load() {
    calls.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    index = 0
    let journal = source.journal
    while calls.isEmpty {
      rank = journal.skip(of: source.socket, from: rank, to: kinds)
      guard rank < end else { return }
      let next = min(rank + Self.step, end)
      for (sequence, record) in journal.records(of: source.socket, in: rank..<next) {
        if record.counts(in: source.direction) {
          calls.append(ComparedCall(sequence: sequence, record: record))
        } else if Direction(record.kind) == source.direction {
          idle += 1
        }
      }
      rank = next
    }
  }

  /// Takes the bytes of the calls from the next one on, as many as there is room for.
  private mutating func loadBytes() {
    bytes.removeAll(keepingCapacity: true)
    places = Array(repeating: nil, count: index)
    let records = calls[index...].map(\.record)
    var place = 0
    for (record, length) in zip(
      records, source.journal.payloads(of: records, upTo: Self.mostBytes, to: &bytes))
    {
      // Of what a watched program moved, and of a datagram that was cut, not all may be held.
      places.append(length == max(0, Int(record.result)) ? place..<place + (length ?? 0) : nil)
      place += length ?? 0
    }
  }
}
