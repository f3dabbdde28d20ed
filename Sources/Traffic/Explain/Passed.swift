/// Where the bytes of a relay's send came from.
public struct Passed: Sendable, Equatable {
  /// The socket that received them.
  public var source: String
  /// Numbers of the first and the last recv() that they came in; nil if they are no longer held.
  public var receives: ClosedRange<Int>?
  /// How long the oldest of them stayed inside, from the return of its recv() to the call of send(); nil unknown.
  public var stay: Nanoseconds?

  public init(source: String, receives: ClosedRange<Int>?, stay: Nanoseconds?) {
    self.source = source
    self.receives = receives
    self.stay = stay
  }

  /// Nil for what was not passed on.
  init?(_ record: Record, in journal: Journal) {
    guard let origin = record.origin else { return nil }
    let first = journal.records(in: origin.lowerBound..<origin.lowerBound + 1).first?.record
    let last = journal.records(in: origin.upperBound..<origin.upperBound + 1).first?.record
    let source = first?.socket ?? journal.socket(record.socket)?.info.partner
    self.source = source.flatMap { journal.socket($0)?.info.name } ?? "the other side"
    if let first, let last { receives = Int(first.number)...max(Int(first.number), Int(last.number)) }
    stay = first.map { record.start - $0.end }
  }
}
