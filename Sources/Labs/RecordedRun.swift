import Traffic

extension Command {
  /// True for what looks only: it can be said to a run that was recorded.
  var isForRecordings: Bool {
    switch self {
    case .frame, .statistics, .save, .export, .compare, .expect, .pause: true
    case .listen, .connect, .relay, .watch, .shake, .send, .sendTo, .ask, .recv, .accept, .set, .suspend,
      .resume, .shutdown, .close, .wait, .mark, .on, .burst, .define, .hold, .release, .drop, .type, .wire,
      .record, .endRecording, .say, .question, .discuss, .hint, .step, .reveal, .again, .trials, .labs,
      .handout:
      false
    }
  }
}
