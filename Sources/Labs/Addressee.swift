import Traffic

extension Command {
  /// The session that it is said to: the order of such commands is kept. Nil if it is said to none.
  var addressee: String? {
    switch self {
    case .listen(_, let options), .connect(_, let options), .relay(_, _, let options): options.name
    case .send(let name, _), .sendTo(let name, _, _), .ask(_, let name, _), .recv(let name, _, _),
      .accept(let name),
      .set(let name, _), .suspend(let name), .resume(let name), .shutdown(let name, _), .close(let name, _),
      .wait(let name, _, _), .expect(let name, _), .on(let name, _), .burst(let name, _),
      .hold(let name, _, _, _), .release(let name, _, _, _), .drop(let name, _, _),
      .frame(let name, _, _, _), .type(let name, _):
      name
    case .watch(let order): order.name
    case .pause, .mark, .statistics, .define, .shake, .wire, .record, .endRecording, .save, .export, .compare,
      .say,
      .question,
      .discuss, .hint, .step, .reveal,
      .again, .trials, .labs, .handout:
      nil
    }
  }
}
