import Traffic

/// The lab played many times beside the screen: what came of it, over the panes.
extension Model {
  var trialsPage: TrialsPage {
    TrialsPage(in: layout.help, isSweep: trials.news?.isSweep == true, isBig: window.isBig)
  }

  var trialsTitle: String {
    guard let news = trials.news else { return "Trials" }
    return news.isSweep
      ? "Sweep of \(news.title): how fast is recv with each size?"
      : "Trials of \(news.title): how often did each outcome come?"
  }

  /// How far they are, for those who do not look at them: `trials 120/300`.
  var trialsProgress: String? {
    guard let news = trials.news, !news.isOver, overlay?.isTrials != true else { return nil }
    return "trials \(Units.count(news.done))/\(Units.count(news.request.total))"
  }

  /// Asks for runs of the lab in play.
  mutating func startTrials(_ count: Int, _ sizes: [Int]) -> [Effect] {
    func refuse(_ why: String) -> [Effect] {
      notice = Notice(kind: .error, text: why)
      return []
    }
    if !isPlayed { return refuse("trials play a lab again and again, and \(noLab)") }
    if trials.isRunning {
      return refuse(
        "trials are under way: \(keys.label(.trials) ?? "") shows them, and \(keys.label(.stopBurst) ?? "") there ends them"
      )
    }
    statisticsMade += 1
    return [.startTrials(TrialsRequest(id: statisticsMade, count: count, sizes: sizes))]
  }

  /// Shows them, or opens the prompt for the first.
  mutating func openTrials() {
    overlay = trials.news == nil ? .prompt(Prompt(.command, text: "trials 300")) : .trials
  }

  mutating func take(_ news: TrialsNews) {
    let isNew = news.request.id != trials.news?.request.id
    trials.take(news)
    // Whoever asked for them has typed nothing else since.
    if isNew, overlay == nil { overlay = .trials }
    if overlay?.isTrials != true, let failure = news.failure {
      notice = Notice(kind: .error, text: "trials: \(SafeText.string(failure))")
    }
  }

  mutating func takeInTrials(_ chord: Chord, _ journal: Journal) -> [Effect] {
    guard let action = keys.action(chord) else { return takeUnbound(chord) }
    if let move = action.move {
      trials.take(move, page: trialsPage.lines)
      return []
    }
    if [.suspend, .redraw, .help, .commandPrompt, .bigPrint].contains(action) {
      return perform(action, journal)
    }
    if action == .stopBurst {
      if trials.isRunning { return [.stopTrials] }
      say("no trials are under way now")
    } else if action == .choose {
      return showTrial()
    } else if [.cancel, .trials, .quit].contains(action) {
      overlay = nil
    } else {
      say("\(action.word): \(keys.label(.cancel) ?? "") closes the trials first")
    }
    return []
  }

  /// Shows a run that gave what is chosen.
  private mutating func showTrial() -> [Effect] {
    guard let run = trials.run, let news = trials.news else { return [] }
    guard news.kept.contains(run.run) else {
      say("run \(Units.count(run.run)) is not kept")
      return []
    }
    trials.show(run)
    return [.play(.trial(run.run))]
  }

  /// Selects the socket that a trial was chosen for, in the run that begins.
  mutating func settleTrial() {
    guard isTrialNew, let shown = trials.shown, let socket = sockets.id(named: shown.socket) else { return }
    isTrialNew = false
    changeList { $0.select(.socket(socket)) }
    say("run \(Units.count(shown.run)) of the trials; \(keys.label(.trials) ?? "") goes back to the bars")
  }

  /// Keeps the chosen bar in view.
  mutating func settleTrials() {
    if overlay?.isTrials == true { trials.settle(height: trialsPage.lines) }
  }

  /// A click chooses a bar or a size; the wheel goes line by line.
  mutating func takeInTrials(_ pointer: Pointer) {
    let page = trialsPage
    switch pointer.act {
    case .press:
      if let news = trials.news, news.isSweep {
        let plot = ShownSweep(state: trials, page: page, sweep: news.sweep).plot
        if let size = plot.size(at: pointer.column - page.column) { trials.choose(size: size) }
      } else if let line = page.line(row: pointer.row, top: trials.top) {
        trials.choose(line: line)
      }
    case .wheelUp: trials.take(.line(-1), page: page.lines)
    case .wheelDown: trials.take(.line(1), page: page.lines)
    case .release, .drag: break
    }
  }
}
