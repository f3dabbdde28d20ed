import Recordings
import Screens
import Traffic

/// How the workbench is to be.
struct WorkbenchOptions: Sendable {
  var theme = Theme.plain
  var configuration = Configuration()
  var bursts = BurstLibrary()
  /// False where NO_COLOR is set (no-color.org): attributes alone are used.
  var usesColor = true
  /// A word to show at first, such as why no theme was found.
  var notice: String?
  /// Asks the kernel about a socket; nil if it is not open.
  var kernelState: @Sendable (SocketID) -> KernelState? = { _ in nil }
  /// The calls that have been waiting for so long now.
  var waiting: @Sendable (_ atLeast: Nanoseconds) -> [WaitingCall] = { _ in [] }
  /// How far the bursts are that are played now.
  var playing: @Sendable () -> [PlayingBurst] = { [] }
  /// Something is shaken now.
  var isShaking: @Sendable () -> Bool = { false }
  /// Ends that; returns when nothing of its program is left.
  var stopShaking: @Sendable () -> Void = {}
  /// The wire is captured now.
  var isCapturing: @Sendable () -> Bool = { false }
  /// How the recording stands that is written now.
  var recording: @Sendable () -> RecordingSign? = { nil }
  /// The recording that is shown; nil of a live run.
  var opened: Recording?
  /// Is told how many rows and columns what programs write has.
  var sizeOfOutput: @Sendable (_ rows: Int, _ columns: Int) -> Void = { _, _ in }
  /// Is called once the screen is there and signals are blocked: the time to start threads. What is passed to `say`,
  /// from any thread, is shown as a mistake.
  var whenReady: @Sendable (_ say: @escaping @Sendable (String) -> Void) -> Void = { _ in }
}
