import CLinux
import Glibc
import Recordings
import Reports
import Screens
import Sockets
import Synchronization
import SystemPackage
import Traffic

/// The screen's loop: waits for keys, signals, answers and records; updates the model; draws at most a frame each 16 ms.
/// A key does not wait for the frames that records cause, only for those that keys cause.
struct Workbench: ~Copyable {
  typealias Perform = @Sendable (Command, _ done: @escaping @Sendable (String?) -> Void) -> Void

  private static let frameInterval: Nanoseconds = 16_000_000
  /// How often the screen shows what is known meanwhile.
  private static let cuttingInterval: Nanoseconds = 100_000_000
  private static let signals = [SIGWINCH, SIGTSTP, SIGTERM, SIGHUP, SIGINT, SIGQUIT]

  private let journal: Journal
  private let perform: Perform
  private let reader: ReaderID
  private let bell = Bell()
  private let answers = Answers()
  private let signalDescriptor: CInt
  private var terminal: Terminal
  private var model: Model
  /// Lines typed in earlier runs.
  private let historyBefore: [String]
  /// The journal as the model saw it last.
  private var seen: Journal.Extent?
  private var needsFrame = true
  private var lastFrame: Nanoseconds = -frameInterval
  /// A key has come since the last frame.
  private var hasKey = false
  private var lastKeyFrame: Nanoseconds = -frameInterval
  private var watches: Watches
  private let stopShaking: @Sendable () -> Void
  private let sizeOfOutput: @Sendable (Int, Int) -> Void
  private var toldSize: (rows: Int, columns: Int) = (0, 0)
  private var status: Int32?
  /// A thread cuts messages.
  private var isCutting = false
  /// The search that is open.
  private var finder: Finder?
  /// The statistics that are shown.
  private var counter: Counter?
  /// What was asked with SQL last.
  private var questions: Questioner?
  /// The file that is shown, if one is.
  private let recording: Recording?
  /// Files being written.
  private var saving = 0

  /// Runs until the user leaves or a signal says so. No thread may have been started before: it would not have the
  /// signals blocked.
  /// - Parameters:
  ///   - perform: does a command without blocking, and calls `done` once from any thread, with an error sentence or nil.
  ///   - title: what the first line shows beside the program's name.
  /// - Returns: the exit status: 0, 128 + a signal's number, or 2 if there is no screen to be had.
  static func run(journal: Journal, perform: @escaping Perform, title: String, options: WorkbenchOptions)
    -> Int32
  {
    let descriptor = signals.withUnsafeBufferPointer { cl_signalfd($0.baseAddress!, CInt($0.count)) }
    defer { close(descriptor) }
    do throws(TerminalError) {
      let terminal = try Terminal(theme: options.theme, wantsColor: options.usesColor)
      let history = UserFiles.history()
      var workbench = Workbench(
        journal: journal, perform: perform, signalDescriptor: descriptor, terminal: terminal,
        model: Model(
          title: title, configuration: options.configuration, utcOffset: utcOffset,
          history: history, bursts: options.bursts, notice: options.notice),
        history: history, watches: Watches(options), stopShaking: options.stopShaking,
        sizeOfOutput: options.sizeOfOutput, recording: options.opened)
      workbench.resize()
      let (answers, bell) = (workbench.answers, workbench.bell)
      options.whenReady { mistake in
        answers.add(.answered(mistake))
        bell.ring()
      }
      return workbench.loop()
    } catch {
      return StandardError.say(error.message, status: 2)
    }
  }

  private init(
    journal: Journal, perform: @escaping Perform, signalDescriptor: CInt, terminal: consuming Terminal,
    model: Model, history: [String], watches: Watches, stopShaking: @escaping @Sendable () -> Void,
    sizeOfOutput: @escaping @Sendable (Int, Int) -> Void, recording: Recording?
  ) {
    self.recording = recording
    self.journal = journal
    self.perform = perform
    self.signalDescriptor = signalDescriptor
    self.terminal = terminal
    self.model = model
    historyBefore = history
    self.watches = watches
    self.stopShaking = stopShaking
    self.sizeOfOutput = sizeOfOutput
    reader = journal.makeReader()
  }

  private mutating func loop() -> Int32 {
    while true {
      for message in watches.messages(for: model, isChanged: needsFrame) { update(message) }
      drawIfDue()
      cutMessages()
      if let status { return finish(status) }
      watchJournal()
      var entries = [
        pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
        pollfd(fd: bell.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: signalDescriptor, events: Int16(POLLIN), revents: 0),
      ]
      poll(&entries, 3, model.isSearching ? 0 : timeout)
      if entries[2].revents != 0 {
        takeSignals()
        // After a stop the shell may have read what was ready before.
        continue
      }
      if entries[1].revents != 0 { takeNews() }
      if entries[0].revents != 0 { takeInput(entries[0].revents) }
      if model.isSearching { update(.goOn) }
    }
  }

  private mutating func finish(_ status: Int32) -> Int32 {
    journal.forget(reader)
    finder?.end()
    counter?.end()
    questions?.end()
    terminal.close()
    finishSaving()
    UserFiles.keep(history: model.history, since: historyBefore)
    return status
  }

  // MARK: Frames

  private var timeout: CInt {
    var next = Nanoseconds.max
    if needsFrame { next = nextFrame }
    next = min(next, watches.next(for: model))
    return next == .max ? -1 : CInt(max(0, next - cl_monotonic() + 999_999) / 1_000_000)
  }

  /// When the next frame may be drawn.
  private var nextFrame: Nanoseconds { (hasKey ? lastKeyFrame : lastFrame) + Self.frameInterval }

  private mutating func drawIfDue() {
    guard needsFrame, cl_monotonic() >= nextFrame || status != nil else { return }
    if journal.extent != seen { update(.journalChanged) }
    lastFrame = cl_monotonic()
    if hasKey { lastKeyFrame = lastFrame }
    hasKey = false
    terminal.show(view(model, journal))
    needsFrame = false
  }

  /// Asks the journal to wake the loop, unless it is awake for a frame anyway.
  private mutating func watchJournal() {
    if needsFrame { return }
    if !journal.wake(reader, when: seen?.records.upperBound ?? 0, bell.ring) { needsFrame = true }
  }

  // MARK: What happens

  private mutating func update(_ message: Message) {
    // Before the model looks: what comes in between is new once more.
    seen = journal.extent
    let effects = model.update(message, journal)
    needsFrame = true
    if let size = model.outputSize, size != toldSize {
      toldSize = size
      sizeOfOutput(size.rows, size.columns)
    }
    for effect in effects { perform(effect) }
  }

  private mutating func perform(_ effect: Effect) {
    switch effect {
    case .quit: status = 0
    case .suspend: suspend()
    case .redraw: terminal.redraw()
    case .copy(let text): terminal.copy(text)
    case .saveBursts(let change):
      if let mistake = UserFiles.save(change) { update(.answered(mistake)) }
    case .listFolder(let folder): update(.names(UserFiles.names(in: folder), folder: folder))
    case .lookAt(let files): look(at: files)
    case .save(let request): save(request)
    case .find(let request):
      finder?.end()
      finder = Finder.start(request, journal, screen: bell)
      if finder == nil { update(.answered("pthread_create: no thread could be started")) }
    case .count(let request):
      counter?.end()
      counter = Counter.start(request, journal, screen: bell)
      if counter == nil { update(.answered("pthread_create: no thread could be started")) }
    case .stopCounting:
      counter?.end()
      counter = nil
    case .compare(let request): compare(request)
    case .query(let sql): query(sql)
    case .stopShaking:
      if !Worker.start("stop", stopShaking) {
        update(.answered("pthread_create: no thread could be started"))
      }
    case .stopFinding:
      finder?.end()
      finder = nil
    case .perform(let command):
      let (answers, bell) = (answers, bell)
      perform(command) { error in
        answers.add(.answered(error))
        bell.ring()
      }
    }
  }

  /// stat(2) may wait for a server that does not answer. Without a thread nothing is known of the files.
  private func look(at files: [String]) {
    let (answers, bell) = (answers, bell)
    _ = Worker.start("look") {
      answers.add(.looked(Dictionary(files.map { ($0, FileReader.look($0)) }) { $1 }))
      bell.ring()
    }
  }

  /// However long it takes, the screen does not wait.
  /// One question at a time: a further one ends it.
  private mutating func query(_ sql: String) {
    questions?.end()
    questions = Questioner.start(sql, journal, recording) { [answers, bell] answer in
      answers.add(answer)
      bell.ring()
    }
    if questions == nil { update(.answered("pthread_create: no thread could be started")) }
  }

  private func compare(_ request: CompareRequest) {
    let (answers, bell, journal) = (answers, bell, journal)
    let isStarted = Worker.start("compare") {
      do {
        let other = try Recording(opening: request.file).journal(limit: 4 << 20)
        var lines: [[CompareText.Span]] = []
        _ = CompareText(journal, other, width: request.width).write { lines += $0 }
        answers.add(.compared(CompareNews(request, lines)))
      } catch {
        answers.add(.compared(CompareNews(request, [[CompareText.Span(text: SafeText.string("\(error)"))]])))
      }
      bell.ring()
    }
    if !isStarted {
      answers.add(.answered("pthread_create: no thread could be started"))
      bell.ring()
    }
  }

  /// A large file takes its time: it is written beside the screen.
  private mutating func save(_ request: SaveRequest) {
    let (answers, bell, journal) = (answers, bell, journal)
    saving += 1
    let isStarted = Worker.start("save") {
      answers.add(.saved(request, BytesFile.write(request, from: journal)))
      bell.ring()
    }
    if !isStarted {
      takeAnswer(.saved(request, .failed("pthread_create: no thread could be started")))
    }
  }

  /// What was recorded before is cut into messages beside the screen.
  private mutating func cutMessages() {
    guard model.isCutting, !isCutting else { return }
    let (answers, bell, journal, messages) = (answers, bell, journal, model.messages)
    isCutting = Worker.start("messages") {
      var told = cl_monotonic()
      while !messages.goOn(journal) {
        if cl_monotonic() - told < Self.cuttingInterval { continue }
        told = cl_monotonic()
        bell.ring()
      }
      answers.add(.messagesCut)
      bell.ring()
    }
    // Without a thread there is a step in each frame.
    if !isCutting { needsFrame = true }
  }

  private mutating func takeAnswer(_ answer: Message) {
    if case .saved = answer { saving -= 1 }
    if case .messagesCut = answer { isCutting = false }
    update(answer)
  }

  /// Waits until files are whole. A further signal ends the wait.
  private mutating func finishSaving() {
    while saving > 0 {
      var entries = [
        pollfd(fd: bell.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: signalDescriptor, events: Int16(POLLIN), revents: 0),
      ]
      poll(&entries, 2, -1)
      if entries[1].revents != 0 { return }
      takeNews()
    }
  }

  private mutating func suspend() {
    terminal.suspend()
    resize()
  }

  private mutating func resize() {
    let size = terminal.size()
    terminal.redraw()
    update(.resized(rows: size.rows, columns: size.columns))
  }

  private mutating func takeNews() {
    bell.clear()
    for answer in answers.take() { takeAnswer(answer) }
    if let news = finder?.take() { update(.found(news)) }
    if let news = counter?.take() { update(.counted(news)) }
    needsFrame = true
  }

  private mutating func takeSignals() {
    var isResized = false
    while true {
      let number = cl_signalfd_read(signalDescriptor)
      switch number {
      case 0:
        // However many came: one new size, one frame.
        if isResized { resize() }
        return
      case SIGWINCH: isResized = true
      case SIGTSTP: suspend()
      default: status = 128 + number
      }
    }
  }

  private mutating func takeInput(_ events: Int16) {
    // Readable but empty is an end of file: nobody will ever type again. Asked for first, because bytes that are no
    // key of ours make no message.
    let isEmpty = bytesToRead == 0
    for message in terminal.read() {
      hasKey = true
      update(message)
      if status != nil { return }
    }
    let isGone = events & Int16(POLLHUP | POLLERR | POLLNVAL) != 0
    if isGone || isEmpty { status = 128 + SIGHUP }
  }

  private var bytesToRead: CInt {
    var count: CInt = 0
    return ioctl(STDIN_FILENO, UInt(FIONREAD), &count) == 0 ? count : 0
  }

  /// Seconds east of UTC, now.
  private static var utcOffset: Int {
    var now = time(nil)
    var local = tm()
    localtime_r(&now, &local)
    return local.tm_gmtoff
  }
}
