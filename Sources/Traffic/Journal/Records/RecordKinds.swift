import SystemPackage

/// A set of what records can be: each call, and what came of it. It tells which stretches of the journal need no look.
public struct RecordKinds: OptionSet, Sendable {
  public let rawValue: UInt128

  public init(rawValue: UInt128) { self.rawValue = rawValue }

  /// Every record.
  public static let all = RecordKinds(rawValue: .max)

  /// Kinds of record that the set can tell apart.
  static let mostKinds = RawValue.bitWidth / 4

  /// What one record is.
  public init(_ record: Record) {
    // Four bits a kind: there is room for `mostKinds` of them.
    let outcome: UInt8 =
      record.result > 0 ? 0 : record.result == 0 ? 1 : record.errno?.isPassing == true ? 2 : 3
    rawValue = 1 &<< UInt128(record.kind.rawValue << 2 | outcome)
  }

  /// Everything that records can be for which a question may hold. It may ask for the call, the result, the errno as far
  /// as `isPassing` tells, and whether it was a datagram.
  public init(where holds: (Record) -> Bool) {
    self = []
    for kind in Record.Kind.allCases {
      for result in [1, 0, -Errno.wouldBlock.rawValue, -Errno.brokenPipe.rawValue] {
        for conditions in [[], .datagram] as [Conditions] {
          var record = Record(kind, start: 0, end: 0)
          record.result = result
          record.conditions = conditions
          if holds(record) { insert(RecordKinds(record)) }
        }
      }
    }
  }
}
