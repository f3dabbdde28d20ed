/// What `reveal by NAME …` looks at: what stands behind `expect NAME`, without a result.
public enum LessonMeasure: Sendable, Equatable {
  public enum Call: String, CaseIterable, Sendable {
    case recv, send

    var kind: Record.Kind {
      switch self {
      case .recv: .recv
      case .send: .send
      }
    }
  }

  /// The results of all such calls so far, in order.
  case calls(Call)
  /// The result of one of them, from 1.
  case call(Call, Int)
  /// How long one of them waited.
  case waited(Call, Int)
  /// Received so far.
  case bytes
  case messages
  /// What the newest wait said of it.
  case ready
  /// What the watched program returned.
  case exit
  /// How many records so far meet the condition.
  case records(Filter)
  case cuts(CutVerdict)

  /// As it is written.
  public var text: String {
    switch self {
    case .calls(let call): call.rawValue
    case .call(let call, let number): "\(call.rawValue) #\(number)"
    case .waited(let call, let number): "\(call.rawValue) #\(number) waited"
    case .bytes: "bytes"
    case .messages: "messages"
    case .ready: "ready"
    case .exit: "exit"
    case .records(let filter): "records where \(filter.text)"
    case .cuts(let verdict): "cuts \(verdict.word)"
    }
  }

  /// Why a choice cannot be what it gives; nil if it can.
  func mistake(in choice: Choice) -> String? {
    let canBe =
      switch (self, choice.outcome) {
      case (.calls, .results), (.waited, .time), (.ready, .ready), (.call, .count): true
      case (.call, .results(let results)): results.count == 1
      case (.bytes, let outcome), (.messages, let outcome), (.exit, let outcome), (.records, let outcome),
        (.cuts, let outcome):
        outcome.isNumber
      case (.calls, _), (.call, _), (.waited, _), (.ready, _): false
      }
    return canBe ? nil : "\(choice.outcome.text) is nothing that \(text) can give: expected \(wanted)"
  }

  private var wanted: String {
    switch self {
    case .calls: "results such as 5 10 0 ECONNRESET"
    case .call: "one result: 5, 1..9 or EAGAIN"
    case .waited: "times such as 20ms..60ms"
    case .bytes, .messages, .exit, .records, .cuts: "a number, or 1..9"
    case .ready: "readable, writable, exceptional or none"
    }
  }
}

extension Choice.Outcome {
  fileprivate var isNumber: Bool {
    switch self {
    case .count: return true
    case .results(let results):
      if results.count == 1, case .returned = results[0] { return true }
      return false
    case .time, .ready: return false
    }
  }
}
