import Labs
import Recordings
import Screens
import Sockets
import Traffic

/// What a workbench shows: one run with its journal. After it there may be another.
struct WorkbenchRun: Sendable {
  typealias Perform = @Sendable (Command, _ done: @escaping @Sendable (String?) -> Void) -> Void

  let journal: Journal
  /// What the first line shows beside the program's name.
  var title = ""
  /// A lab is played, which can be played again.
  var isPlayed = false
  /// It is no live run: nothing is called in it any more.
  var isOver: Bool
  /// It is one of the trials.
  var isTrial = false
  /// The recording that it is of; nil of a live run.
  var opened: Recording?
  /// Bursts that it defines.
  var bursts: [NamedBurst] = []
  /// Where it stands, if it is a lesson.
  var lesson: LessonState?
  /// Does a command without blocking, and calls `done` once from any thread, with an error sentence or nil.
  var perform: Perform
  /// Asks the kernel about a socket; nil if it is not open.
  var kernelState: @Sendable (SocketID) -> KernelState?
  /// The calls that have been waiting for so long now.
  var waiting: @Sendable (_ atLeast: Nanoseconds) -> [WaitingCall]
  /// How far the bursts are that are played now.
  var playing: @Sendable () -> [PlayingBurst]
  /// Something is shaken now.
  var isShaking: @Sendable () -> Bool
  /// Ends that; returns when nothing of its program is left.
  var stopShaking: @Sendable () -> Void
  /// The wire is captured now.
  var isCapturing: @Sendable () -> Bool
  /// How the recording stands that is written now.
  var recording: @Sendable () -> RecordingSign?
  /// Is told how many rows and columns what programs write has.
  var sizeOfOutput: @Sendable (_ rows: Int, _ columns: Int) -> Void
  /// Lets the lesson go on.
  var reply: @Sendable (LessonReply) -> Void = { _ in }
  /// Writes a page of what is played; returns why there is none, or nil.
  var handOut: @Sendable (HandoutRequest) -> String? = { _ in "no lab is played here" }
  /// Begins, once the screen is there and signals are blocked: the time to start threads. What is passed to `tell`, from any
  /// thread, is for the screen.
  var start: @Sendable (_ tell: @escaping @Sendable (Message) -> Void) -> Void = { _ in }
  /// Ends it: the lab where it is, and all that is open. Returns when that is done.
  var end: @Sendable () -> Void = {}

  /// What the runner's run is, with no lab in it.
  init(_ runner: LabRunner) {
    let manager = runner.manager
    (journal, isOver) = (manager.run.journal, manager.run.isOver)
    perform = { command, done in
      runner.say(command) { result in
        switch result {
        case .success: done(nil)
        case .failure(let failure): done(failure.message)
        }
      }
    }
    kernelState = manager.kernelState(of:)
    waiting = manager.waiting(atLeast:)
    playing = { manager.playing }
    isShaking = { runner.shake?.isOver == false }
    stopShaking = { runner.shake?.stop() }
    isCapturing = { runner.isCapturing }
    recording = { runner.recording.map { RecordingSign(path: $0.path, isWhole: $0.state.isWhole) } }
    sizeOfOutput = { runner.terminalSize = WindowSize(rows: $0, columns: $1) }
  }

  /// A run of the trials.
  init(_ trial: Repeater.Kept, titled title: String) {
    self.init(LabRunner(SessionManager(Run(recorded: trial.journal, wall: trial.wall))))
    (self.title, isPlayed, isTrial) = (title, true, true)
  }
}
