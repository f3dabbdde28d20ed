import Sockets
import Traffic

/// What one command acts on. What each command does is said in `Commands/`.
struct CommandContext {
  let runner: LabRunner
  /// Of the lab, for the records of `expect`.
  var line = 1
  /// Its turn among what is said to the same socket; nil if it is said to none.
  var turn: CommandOrder.Turn?
  /// True if `connect` waits for what came of it.
  var awaitsConnection = false

  var manager: SessionManager { runner.manager }
  var run: Run { runner.manager.run }
  var journal: Journal { runner.manager.run.journal }

  /// Lets others speak to the socket, as this command only waits from now on.
  func leaveOrder() { turn?.end() }

  func perform(_ command: Command) -> Result<Void, CommandFailure> {
    switch command {
    case .listen(let address, let options): listen(address, options)
    case .connect(let address, let options): connect(address, options)
    case .relay(let address, let target, let options): relay(address, to: target, options)
    case .hold(let name, let way, let isMessages, let limit):
      hold(name, way, messages: isMessages, limit: limit)
    case .release(let name, let way, let release, let burst): self.release(name, way, release, with: burst)
    case .drop(let name, let way, let pieces): drop(name, way, pieces)
    case .frame(let name, let way, let offset, let framing): frame(name, way, from: offset, framing)
    case .send(let name, let burst): send(name, burst, to: nil)
    case .sendTo(let name, let address, let burst): send(name, burst, to: address)
    case .recv(let name, let size, let flags): recv(name, size, flags)
    case .accept(let name): accept(name)
    case .ask(let call, let name, let timeout): ask(call, name, timeout: timeout)
    case .set(let name, let settings): set(name, settings)
    case .suspend(let name): suspend(name)
    case .resume(let name): resume(name)
    case .shutdown(let name, let how): shutdown(name, how)
    case .close(let name, let isReset): close(name, isReset: isReset)
    case .pause(let duration): pause(duration)
    case .wait(let name, let condition, let limit): wait(name, condition, limit: limit)
    case .expect(let name, let expectation): expect(name, expectation)
    case .mark(let text): mark(text)
    case .statistics(let name, let isJSON): statistics(name, isJSON: isJSON)
    case .on(let name, let rule): on(name, rule)
    case .burst(let name, let order): burst(name, order)
    case .watch(let order): watch(order)
    case .shake(let order): shake(order)
    case .type(let name, let burst): type(name, burst)
    case .wire(let isOn): wire(isOn)
    case .record(let path): record(HomePath.expanded(path))
    case .endRecording: endRecording()
    case .save(let path): save(HomePath.expanded(path))
    case .export(let kind, let path): export(kind, to: HomePath.expanded(path))
    case .compare(let path): compare(HomePath.expanded(path))
    // Known since the lab was read: see `Lab.definitions` and `LessonPlan`.
    case .define, .hint: .success(())
    case .say(let text): say(text)
    case .question(let question): pose(question)
    case .discuss: discuss()
    case .step: step()
    case .reveal(let reveal): self.reveal(reveal)
    case .again, .trials, .labs, .handout: .failure(.refused("this is for the workbench's : prompt"))
    }
  }
}
