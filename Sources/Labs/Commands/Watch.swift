import Glibc
import Sockets
import Traffic
import Watching

extension CommandContext {
  /// Starts a program or attaches to one; returns when it runs.
  /// - Parameter listener: is told what it does, from the beginning.
  func watch(_ order: WatchOrder, _ listener: Watch.Listener? = nil) -> Result<Void, CommandFailure> {
    let name = order.name!  // LabRunner.named has reserved one
    var options = WatchOptions()
    options.follows = order.follows
    options.refusesIOUring = order.refusesIOUring
    options.isDetachable = order.isDetachable
    let journal = ProgramJournal(run.writer, origin: run.clock.origin, name: name, command: order.text)
    var channel: ProgramChannel?
    if case .command = order.target, !order.keepsTerminal {
      let isTerminal = order.usesTerminal ?? runner.givesTerminals
      channel = isTerminal ? .terminal(runner.terminalSize) : .pipes()
      if channel == nil {
        let call = isTerminal ? "open /dev/ptmx" : "pipe"
        return failed(name, OpenFailure(call: call, object: name, reason: "no descriptors left"))
      }
    }
    let program = WatchedProgram(
      id: journal.program, name: name, watch: Watch(options, recordedIn: journal), channel: channel,
      livesOn: order.livesOn, run: run)
    program.watch.listen { [sight = runner.sight, id = journal.program] in sight.take($0, of: id) }
    if let listener { program.watch.listen(listener) }
    if order.livesOn { run.writer.update(journal.program) { $0.livesOn = true } }
    if order.keepsInput { program.keyboard?.close() }
    runner.programs.withLock { $0[name] = program }
    manager.adopt(program)
    let outcome = begin(order, program, channel)
    if case .failure(let failure) = outcome {
      manager.hasFailed(name, OpenFailure(call: "watch", object: name, reason: failure.sentence))
      return .failure(
        .open(OpenFailure(call: "watch", object: order.text, reason: failure.sentence)))
    }
    return .success(())
  }

  private func failed(_ name: String, _ failure: OpenFailure) -> Result<Void, CommandFailure> {
    manager.hasFailed(name, failure)
    return .failure(.open(failure))
  }

  private func begin(
    _ order: WatchOrder, _ program: WatchedProgram, _ channel: ProgramChannel?
  ) -> Result<Void, WatchFailure> {
    let started = Latch()
    let failure = Box<WatchFailure>()
    let (manager, run) = (manager, run)
    program.watch.listen { event in
      switch event {
      case .began(let process):
        program.process = process
        started.raise()
      case .failed(let reason):
        failure.value = reason
        program.markOver()
        started.raise()
      case .exited(let process, let end): if process == program.process { program.programEnd = end }
      case .ended:
        // With a pump, what the program wrote is recorded first.
        if let pump = program.pump { return pump.finish() }
        program.markOver()
        manager.hasClosed(program.name)
      case .willUse(let port): run.willUse(port: port)
      case .call, .signal, .unseen, .lost: break
      }
    }
    switch order.target {
    case .process(let process): program.watch.attach(to: process)
    case .command(let words):
      var command = ProgramCommand(words)
      command.environment = order.environment
      command.directory = order.directory
      command.descriptorLimit = DescriptorLimit.before
      if !order.keepsInput { command.input = channel?.input }
      command.output = channel?.output ?? order.output
      command.error = channel?.error
      if channel?.isTerminal == true { command.terminal = channel?.output }
      command.isOwnSession = command.terminal != nil || runner.givesTerminals
      program.watch.start(command)
    }
    started.wait()
    channel?.closeTheirs()
    if let reason = failure.value {
      channel?.closeSources()
      return .failure(reason)
    }
    guard let pump = program.pump else { return .success(()) }
    let isPumped = Worker.start("output") {
      pump.run { stream, bytes in
        run.writer.append(.output(program.id, at: run.clock.now, stream), payload: bytes)
      }
      program.watch.waitUntilOver()
      program.markOver()
      manager.hasClosed(program.name)
    }
    return isPumped ? .success(()) : .failure(.noProcess(errno: EAGAIN))
  }
}
