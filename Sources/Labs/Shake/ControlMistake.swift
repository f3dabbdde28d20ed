import Traffic

/// Why the uncut messages do not tell what is right; nothing if they do.
struct ControlMistake {
  let sentence: String?

  /// What helps against answers that change.
  static let ways =
    "--ignore /REGEX/ leaves out what changes, --expect PATTERN asks for what stays, --restart each starts the program "
    + "anew for each connection"

  init(_ run: CutRun, _ plan: PartsTalk.Plan, _ order: ShakeOrder, _ oracle: AnswerOracle?, _ number: Int) {
    let which =
      order.control == 1 ? "the uncut message" : "the uncut message, run \(number) of \(order.control)"
    let limit = DurationText.spoken(plan.limit)
    let empty = run.answers.firstIndex { $0.isEmpty }
    // A client answers once: by what it writes.
    let wanted = if case .client = order.target { 1 } else { plan.messages.count }
    let missing = run.answers.count < wanted ? run.answers.count : nil
    if run.end == .refused {
      sentence = "\(which): the connection was refused"
    } else if let crash = run.crash, crash.hasPrefix("ended by") {
      sentence = "\(which): the program was \(crash)"
    } else if empty == nil, missing != nil, run.end == .open {
      sentence =
        "\(which): the answer to message \(run.answers.count) is not complete after \(limit): "
        + "\(EscapedText.quotedStart(of: run.answers[run.answers.count - 1])); --until says when it is"
    } else if let place = empty ?? missing {
      let message = plan.messages.count > 1 ? "message \(place + 1)" : "it"
      let how =
        run.end == .closed
        ? "the program closed the connection"
        : run.end == .reset ? "the program reset the connection" : "nothing came within \(limit)"
      sentence = "\(which): \(message) got no answer, \(how); what is right is not known then"
    } else if run.answers.contains(where: { $0.count >= PartsTalk.longestAnswer }) {
      sentence = "\(which): its answer has no end; --until bytes N takes the first N bytes"
    } else if let pattern = order.pattern, let answer = run.answers.last,
      pattern.groups(in: answer[...]) == nil
    {
      sentence =
        "\(which): its answer does not have \(pattern.text): \(EscapedText.quotedStart(of: answer))"
    } else if let difference = oracle?.difference(run) {
      sentence =
        "\(which): \(difference); \(Self.ways)"
    } else {
      sentence = nil
    }
  }
}
