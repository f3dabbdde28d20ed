import CLinux
import Glibc
import Screens
import Sockets
import Traffic

/// The screen's loop: waits for keys, signals, answers and records; updates the model; draws at most a frame each 16 ms.
/// A key does not wait for the frames that records cause, only for those that keys cause.
struct Workbench: ~Copyable {
  private static let frameInterval: Nanoseconds = 16_000_000
  /// How often the screen shows what is known meanwhile.
  private static let cuttingInterval: Nanoseconds = 100_000_000

  private let bench: Bench
  private var run: WorkbenchRun
  /// How many runs there were before it.
  private var runNumber = 0
  /// What comes next is made ready, and what runs is being closed for it.
  private var isClosing = false
  private var reader: ReaderID
  private let bell = Bell()
  private let answers = Answers()
  private let signals: ScreenSignals
  private var terminal: Terminal
  private var themes: ThemeRing
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
  private var toldSize: (rows: Int, columns: Int) = (0, 0)
  private var status: Int32?
  /// A thread cuts messages.
  private var isCutting = false
  private var inquiries: Inquiries
  /// Files being written.
  private var saving = 0

  /// Runs until the user leaves or a signal says so. No thread may have been started before: it would not have the
  /// signals blocked.
  /// - Parameters:
  ///   - bench: what it shows.
  /// - Returns: the exit status: 0, 128 + a signal's number, or 2 if there is no screen to be had.
  static func run(_ bench: Bench, _ options: WorkbenchOptions) -> Int32 {
    let signals = ScreenSignals()
    do throws(TerminalError) {
      let terminal = try Terminal(theme: options.theme, wantsColor: options.usesColor)
      let history = UserFiles.history()
      var workbench = Workbench(
        bench, signals: signals, terminal: terminal, themes: ThemeRing(options.theme),
        model: Model(
          title: "", configuration: options.configuration, utcOffset: utcOffset,
          history: history, bursts: options.bursts, notice: options.notice),
        history: history)
      workbench.resize()
      workbench.update(.catalog(LabShelf.entries()))
      workbench.begin()
      if options.offersLabs { workbench.update(.offerLabs) }
      return workbench.loop()
    } catch {
      return StandardError.say(error.message, status: 2)
    }
  }

  private init(
    _ bench: Bench, signals: consuming ScreenSignals, terminal: consuming Terminal, themes: ThemeRing,
    model: Model, history: [String]
  ) {
    self.bench = bench
    self.signals = signals
    self.terminal = terminal
    self.themes = themes
    self.model = model
    historyBefore = history
    inquiries = Inquiries(screen: bell)
    run = bench.open()
    watches = Watches(run)
    reader = run.journal.makeReader()
  }

  // MARK: Runs

  /// What the run that is shown has done beside the screen.
  private var work: SideWork { SideWork(answers, bell, of: runNumber) }

  /// Begins the run that was opened.
  private mutating func begin() {
    model.begin(
      title: run.title, isPlayed: run.isPlayed, bursts: run.bursts, lesson: run.lesson,
      isOver: run.isOver, isTrial: run.isTrial)
    update(.journalChanged)
    run.start(work.tell)
  }

  /// Closes everything that is open, beside the screen; then comes what was asked for last.
  private mutating func play(_ request: PlayRequest) {
    if let mistake = bench.prepare(request) { return update(.answered(mistake)) }
    if isClosing { return }
    let (work, end) = (work, run.end)
    isClosing = Worker.start("end") {
      end()
      work.tell(.ended)
    }
    if !isClosing { update(.answered(Worker.refusal)) }
  }

  /// Goes on with what was made ready.
  private mutating func goOnWithNext() {
    isClosing = false
    run.journal.forget(reader)
    inquiries.end()
    (seen, toldSize) = (nil, (0, 0))
    runNumber += 1
    run = bench.open()
    watches = Watches(run)
    reader = run.journal.makeReader()
    begin()
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
        pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
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
    run.journal.forget(reader)
    inquiries.end()
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
    if run.journal.extent != seen { update(.journalChanged) }
    lastFrame = cl_monotonic()
    if hasKey { lastKeyFrame = lastFrame }
    hasKey = false
    terminal.show(view(model, run.journal))
    needsFrame = false
  }

  /// Asks the journal to wake the loop, unless it is awake for a frame anyway.
  private mutating func watchJournal() {
    if needsFrame { return }
    if !run.journal.wake(reader, when: seen?.records.upperBound ?? 0, bell.ring) { needsFrame = true }
  }

  // MARK: What happens

  private mutating func update(_ message: Message) {
    // Before the model looks: what comes in between is new once more.
    seen = run.journal.extent
    let effects = model.update(message, run.journal)
    needsFrame = true
    if let size = model.outputSize, size != toldSize {
      toldSize = size
      run.sizeOfOutput(size.rows, size.columns)
    }
    for effect in effects { perform(effect) }
  }

  private mutating func perform(_ effect: Effect) {
    switch effect {
    case .quit: status = 0
    case .suspend: suspend()
    case .redraw: terminal.redraw()
    case .nextTheme:
      let theme = themes.next()
      terminal.use(theme)
      let about =
        terminal.hasColor ? theme.about : "Attributes alone: this terminal, or NO_COLOR, has no colour."
      update(.themed(theme.name, about: about))
    case .copy(let text): terminal.copy(text)
    case .saveBursts(let change):
      report(UserFiles.save(change))
    case .listFolder(let folder): update(.names(UserFiles.names(in: folder), folder: folder))
    case .lookAt(let files): look(at: files)
    case .save(let request): save(request)
    case .handout(let request): write(request)
    case .find(let request): report(inquiries.find(request, run.journal))
    case .stopFinding: inquiries.stopFinding()
    case .count(let request): report(inquiries.count(request, run.journal))
    case .stopCounting: inquiries.stopCounting()
    case .query(let sql): inquiries.ask(sql, of: run, work)
    case .stopAsking: inquiries.stopAsking()
    case .compare(let request):
      let journal = run.journal
      work.start("compare") { .compared(CompareNews(answering: request, about: journal)) }
    case .startTrials(let request):
      report(bench.repeatLab(request, screen: bell))
      if let news = bench.takeTrials() { update(.trials(news)) }
    case .stopTrials: bench.stopRepeating()
    case .stopShaking: report(Worker.start("stop", run.stopShaking) ? nil : Worker.refusal)
    case .lesson(let reply): run.reply(reply)
    case .play(let request): play(request)
    case .keep(let progress): keep(progress)
    case .perform(let command):
      let (work, written) = (work, WrittenFile(of: command, in: run))
      run.perform(command) { error in
        work.tell(error == nil ? written?.message ?? .answered(nil) : .answered(error))
      }
    }
  }

  private mutating func report(_ mistake: String?) {
    if let mistake { update(.answered(mistake)) }
  }

  /// stat(2) may wait for a server that does not answer. Without a thread nothing is known of the files.
  private func look(at files: [String]) {
    work.start("look", without: .looked([:])) {
      .looked(Dictionary(files.map { ($0, FileReader.look($0)) }) { $1 })
    }
  }

  /// A large file takes its time.
  private mutating func save(_ request: SaveRequest) {
    let journal = run.journal
    saving += 1
    work.start("save", without: .saved(request, .failed(Worker.refusal))) {
      .saved(request, BytesFile.write(request, from: journal))
    }
  }

  /// A page to take home, of the run that is shown.
  private mutating func write(_ request: HandoutRequest) {
    let handOut = run.handOut
    saving += 1
    work.start("handout", without: .handedOut(request, Worker.refusal)) {
      .handedOut(request, handOut(request))
    }
  }

  /// What was recorded before is cut into messages beside the screen.
  private mutating func cutMessages() {
    guard model.isCutting, !isCutting else { return }
    let (work, journal, messages) = (work, run.journal, model.messages)
    isCutting = Worker.start("messages") {
      var told = cl_monotonic()
      while !messages.goOn(journal) {
        if cl_monotonic() - told < Self.cuttingInterval { continue }
        told = cl_monotonic()
        work.showProgress()
      }
      work.tell(.messagesCut)
    }
    // Without a thread there is a step in each frame.
    if !isCutting { needsFrame = true }
  }

  /// What was done of lessons, in a file: what cannot be kept is lost, and no reason to disturb anybody.
  private mutating func keep(_ progress: LessonProgress) {
    LabShelf.keep(progress)
    update(.catalog(LabShelf.entries()))
  }

  private mutating func take(_ news: Answers.News, of number: Int) {
    switch news {
    case .ended: if number == runNumber { goOnWithNext() }
    case .message(let message):
      if message.isOfFile { saving -= 1 }
      if case .messagesCut = message { isCutting = false }
      // What is of an earlier run is no longer in view; a file that was saved is.
      if message.isOfFile { return update(message) }
      if number == runNumber, !(isClosing && message.isMistake) { update(message) }
    }
  }

  /// Waits until files are whole. A further signal ends the wait.
  private mutating func finishSaving() {
    while saving > 0 {
      var entries = [
        pollfd(fd: bell.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
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
    for (number, news) in answers.take() { take(news, of: number) }
    for message in inquiries.news() { update(message) }
    if let news = bench.takeTrials() { update(.trials(news)) }
    needsFrame = true
  }

  private mutating func takeSignals() {
    let arrivals = signals.take()
    if let end = arrivals.end {
      status = 128 + end
    } else if arrivals.isStopped {
      suspend()
    } else if arrivals.isResized {
      resize()
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
