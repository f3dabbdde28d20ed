/// How a message that was cut came out; the payload of a `cut` record.
public struct CutResult: RecordBody, Equatable {
  /// How the connection stood when the answer was complete, or nothing more was waited for.
  public enum End: UInt8, CaseIterable, Sendable {
    case open
    /// The program closed it, or its sending side: a FIN.
    case closed
    case reset
    case refused

    /// The word of the JSON's `ended`.
    public var word: String { "\(self)" }
  }

  /// A recv or send call of the program on the connection, and what it returned.
  public struct Call: Sendable, Equatable {
    public var name: CallName
    public var asked: Int
    /// A negated errno where it failed.
    public var result: Int

    public init(name: CallName, asked: Int, result: Int) {
      (self.name, self.asked, self.result) = (name, asked, result)
    }
  }

  /// Bytes of an answer that are kept.
  public static let keptAnswer = 1 << 16
  /// Calls that are kept: the first, and the newest.
  public static let keptCalls = 32

  public var cuts: CutPlaces
  public var verdict: CutVerdict
  /// The program's recv calls returned the parts that were sent, and nothing else.
  public var isProven: Bool
  /// Why it is not proven, or what else is to be known; empty if nothing is.
  public var note: String
  /// The verdict of each time that it was run.
  public var runs: [CutVerdict]
  /// The first bytes of what came back, of all messages one behind the other.
  public var answer: [UInt8]
  /// All bytes of it.
  public var answered: Int
  public var end: End
  /// Of the connection that `verdict` is of.
  public var calls: [Call]

  public init(
    cuts: CutPlaces, verdict: CutVerdict, isProven: Bool, note: String = "", runs: [CutVerdict] = [],
    answer: [UInt8] = [], answered: Int = 0, end: End = .open, calls: [Call] = []
  ) {
    (self.cuts, self.verdict, self.isProven, self.note) = (cuts, verdict, isProven, note)
    (self.runs, self.answer, self.answered, self.end, self.calls) = (runs, answer, answered, end, calls)
  }

  /// Where, the verdict, and whether it is proven: what a result begins with.
  private init?(headFrom reader: inout BodyReader) {
    guard let message = reader.number(UInt32.self), let offsets = reader.numbers(UInt32.self),
      let verdict = reader.number(UInt8.self).flatMap(CutVerdict.init),
      let isProven = reader.number(UInt8.self)
    else { return nil }
    self.init(
      cuts: CutPlaces(message: Int(message), offsets: offsets.map(Int.init)), verdict: verdict,
      isProven: isProven != 0)
  }

  /// The same of a record, without what came back and what was called: how long that is makes no difference to who adds up many.
  public init?(headOf record: Record, in journal: Journal) {
    for length in [64, Int.max] {
      guard record.kind == .cut, let bytes = journal.payload(of: record, in: 0..<length) else { return nil }
      var reader = BodyReader(bytes)
      if let head = Self(headFrom: &reader) {
        self = head
        return
      }
    }
    return nil
  }

  public init?(from reader: inout BodyReader) {
    self.init(headFrom: &reader)
    guard let note = reader.text(), let runs = reader.numbers(UInt8.self),
      let answer = reader.numbers(UInt8.self), let answered = reader.number(Int64.self),
      let end = reader.number(UInt8.self).flatMap(End.init), let calls = reader.number(UInt32.self)
    else { return nil }
    self.note = note
    self.runs = runs.compactMap(CutVerdict.init)
    (self.answer, self.answered, self.end) = (answer, Int(answered), end)
    for _ in 0..<calls {
      guard let name = reader.number(UInt8.self).flatMap(CallName.init),
        let asked = reader.number(Int64.self), let result = reader.number(Int64.self)
      else { return nil }
      self.calls.append(Call(name: name, asked: Int(asked), result: Int(result)))
    }
  }

  public func write(to writer: inout BodyWriter) {
    writer.write(UInt32(cuts.message))
    writer.write(cuts.offsets.map { UInt32($0) })
    writer.write(verdict.rawValue)
    writer.write(UInt8(isProven ? 1 : 0))
    writer.write(note)
    writer.write(runs.map(\.rawValue))
    writer.write(answer)
    writer.write(Int64(answered))
    writer.write(end.rawValue)
    writer.write(UInt32(calls.count))
    for call in calls {
      writer.write(call.name.rawValue)
      writer.write(Int64(call.asked))
      writer.write(Int64(call.result))
    }
  }
}
