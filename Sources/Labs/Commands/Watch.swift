import Glibc
import Sockets
import Traffic
import Watching

extension CommandContext {
  /// Starts a program or attaches to one; returns when it runs.
  func watch(_ order: WatchOrder) -> Result<Void, CommandFailure> {
    let name = order.name!  // LabRunner.named has reserved one
    var options = WatchOptions()
    options.follows = order.follows
    options.refusesIOUring = order.refusesIOUring
    options.isDetachable = order.isDetachable
    let journal = ProgramJournal(run.writer, origin: run.clock.origin, name: name, command: order.text)
    let watch = Watch(options, recordedIn: journal)
    let program = WatchedProgram(id: journal.program, name: name, watch: watch, journal: self.journal)
    var pump: OutputPump?
    if case .command = order.target, !order.keepsTerminal {
      pump = OutputPump()
      if pump == nil {
        return failed(name, OpenFailure(call: "pipe", object: name, reason: "no descriptors left"))
      }
    }
    runner.programs.withLock { $0[name] = program }
    manager.adopt(program)
    let outcome = begin(order, program, pump)
    if case .failure(let failure) = outcome {
      manager.hasFailed(name, OpenFailure(call: "watch", object: name, reason: failure.sentence))
      pump?.closeTheirs()
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
    _ order: WatchOrder, _ program: WatchedProgram, _ pump: OutputPump?
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
        if let pump { return pump.finish() }
        program.markOver()
        manager.hasClosed(program.name)
      case .call, .signal, .unseen, .lost: break
      }
    }
    let null = open("/dev/null", O_RDWR | O_CLOEXEC)
    defer { Glibc.close(null) }
    switch order.target {
    case .process(let process): program.watch.attach(to: process)
    case .command(let words):
      var command = ProgramCommand(words)
      command.environment = order.environment
      command.directory = order.directory
      command.descriptorLimit = DescriptorLimit.before
      if !order.keepsInput, !order.keepsTerminal { command.input = null }
      command.output = pump?.output ?? order.output
      command.error = pump?.error
      program.watch.start(command)
    }
    started.wait()
    if let reason = failure.value { return .failure(reason) }
    guard let pump else { return .success(()) }
    pump.closeTheirs()
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
