import Labs
import Reports
import Traffic

/// What the headless commands do besides running a lab.
struct HeadlessOptions: Sendable {
  /// Nil prints nothing but the summary.
  var format: (any RecordFormat)?
  /// Kinds of record to print.
  var shown: Set<Record.Kind> = Set(Record.Kind.allCases)
  /// Which of them to print; all if nil.
  var filter: Filter?
  var showsEvicted = true
  /// Prints the messages that framings cut out.
  var showsMessages = true
  var memory = 256 << 20
  /// The format says what each record means.
  var explains = false
  /// Records what passes on the wire.
  var capturesWire = false
  /// The file that the run is kept in.
  var recordedIn: String?
  /// To the questions of a lesson, by the numbers of the choices.
  var answers: [Int] = []
  /// How many times as fast bursts are played.
  var speed = 1.0
  /// Goes on after the lab's last line, until everything has closed.
  var stays = false
  /// Ends when the first accepted connection has closed.
  var endsWithFirstConnection = false
  /// Ends after so long.
  var duration: Nanoseconds?
  /// Sends standard input on this session.
  var pumpsInputTo: String?
  /// Closes this session when everything is sent and its receiving side has ended.
  var closesAtEnd: String?
  /// Ends with the exit status of this program, unless there is something worse.
  var exitsAs: String?
  /// Without a format, says at the end what there was.
  var tellsSummary = true
  /// Is called now and then.
  var progress: (@Sendable (LabRunner) -> Void)?
  /// The lab's file, for messages.
  var file: String?
}
