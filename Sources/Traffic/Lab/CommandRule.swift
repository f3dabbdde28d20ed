/// What there is to know of one command: parsing, help and completion read it here.
public struct CommandRule: Sendable {
  public enum Name: String, CaseIterable, Sendable {
    case listen, connect, relay, send, recv, accept, select, poll, epoll, set, pause, resume, shutdown, close,
      wait,
      expect, mark, on, burst, hold, release, drop, frame, watch, shake, type, stats, define, wire, record,
      save, export, compare
    case say, ask, discuss, hint, step, reveal, again, trials, labs, handout
  }

  /// Where it can be said.
  public enum Place: Sendable { case anywhere, lab, prompt }

  public let name: Name
  /// The forms it has, without its name.
  public let usage: String
  /// What it does, for help.
  public let meaning: String
  public private(set) var place = Place.anywhere

  /// The options it takes; none for most.
  public var options: [OptionRule] {
    guard let place = OptionRule.Place(rawValue: name.rawValue) else { return [] }
    return OptionRule.all.filter { $0.places.contains(place) }
  }

  /// True if a burst or plain text stands in it, which has its own quotes.
  var takesText: Bool {
    name == .send || name == .expect || name == .mark || name == .on || name == .define || name == .release
      || name == .frame || name == .type || name == .shake
      || place == .lab
  }

  /// The rule of a command.
  public static func rule(named name: String) -> CommandRule? { all.first { $0.name.rawValue == name } }

  /// Every command, in the order of help.
  public static let all: [CommandRule] = [
    CommandRule(
      name: .listen, usage: "ADDRESS [OPTIONS]", meaning: "open a listener, or a bound datagram socket"),
    CommandRule(name: .connect, usage: "ADDRESS|NAME [OPTIONS]", meaning: "open a client"),
    CommandRule(
      name: .relay, usage: "LISTEN TARGET [OPTIONS]",
      meaning: "stand between a client and a server: pass on what each sends"),
    CommandRule(
      name: .send, usage: "NAME [to ADDRESS] BURST",
      meaning: "play a burst; the next line does not wait for it"),
    CommandRule(name: .recv, usage: "NAME [N] [FLAGS]", meaning: "one recv call now (manual mode)"),
    CommandRule(name: .accept, usage: "NAME", meaning: "one accept call now (--accept manual)"),
    CommandRule(
      name: .select, usage: "NAME [within D]",
      meaning: "one select() now: is it readable, writable, exceptional?"),
    CommandRule(name: .poll, usage: "NAME [within D]", meaning: "the same by poll()"),
    CommandRule(name: .epoll, usage: "NAME [within D]", meaning: "the same by epoll_wait()"),
    CommandRule(name: .set, usage: "NAME OPTIONS", meaning: "change how it receives, or socket options"),
    CommandRule(name: .pause, usage: "NAME", meaning: "stop calling recv"),
    CommandRule(name: .resume, usage: "NAME", meaning: "go on calling recv"),
    CommandRule(name: .shutdown, usage: "NAME read|write|both", meaning: "shutdown(2)"),
    CommandRule(name: .close, usage: "NAME [--reset]", meaning: "close(2), with an RST if told so"),
    CommandRule(
      name: .wait, usage: "DURATION, or NAME sent|end|recv N|bytes N|messages N|listen|exit [within D]",
      meaning: "go on when it holds, or fail after 10 s or D"),
    CommandRule(
      name: .expect,
      usage:
        "NAME recv RESULT…|send RESULT…|bytes N|data BURST|messages N|message K BURST|data /REGEX/|records N where CONDITION|ready WORDS|local ADDRESS|peer ADDRESS|exit N|cuts VERDICT N",
      meaning: "fail if it is not so"),
    CommandRule(name: .mark, usage: "TEXT", meaning: "a note in the journal"),
    CommandRule(
      name: .on, usage: "NAME [message] \"TEXT\"|0xHEX|/REGEX/|bytes N send BURST|do COMMAND",
      meaning: "send a burst, or run a command, whenever that, or such a message, was received"),
    CommandRule(
      name: .burst, usage: "NAME stop|pause|resume",
      meaning: "end the burst under way, let it stand still, go on"),
    CommandRule(
      name: .hold, usage: "NAME.1 up|down [messages] [within D]",
      meaning: "what comes that way through a relay waits inside, for D at most; by messages if it is framed"),
    CommandRule(
      name: .release, usage: "NAME.1 up|down [N …] [/SIZE [gap D]] [with BURST [raw]]",
      meaning: "let it go: all, or the pieces named, in this order; cut smaller, or replaced"),
    CommandRule(
      name: .drop, usage: "NAME.1 up|down N …", meaning: "throw pieces away that are held"),
    CommandRule(
      name: .frame, usage: "NAME [sent|received] [from OFFSET] FRAMING",
      meaning: "cut its bytes into messages: newline, length:u16be, json, http …; none ends that"),
    CommandRule(
      name: .watch, usage: "\"COMMAND ARGS\"|--pid N [--as NAME] [OPTIONS]",
      meaning: "record the socket calls of another program, started here or running already"),
    CommandRule(
      name: .shake, usage: "\"COMMAND ARGS\" [OPTIONS] --send BURST",
      meaning: "send a message cut anywhere, and find the cut that breaks the program"),
    CommandRule(
      name: .type, usage: "NAME BURST",
      meaning: "type to a program that is watched: \"quit\\n\", \"\\x03\" for Ctrl-C"),
    CommandRule(
      name: .stats, usage: "[NAME] [--json]",
      meaning: "statistics so far: sizes, gaps, waits, dwell, throughput, reasons, messages a second"),
    CommandRule(
      name: .define, usage: "[F1…F12] NAME BURST",
      meaning: "name a burst, for a key of the workbench or its list (S)"),
    CommandRule(
      name: .wire, usage: "on|off",
      meaning: "record the segments on the wire too, of what is opened from now on (needs CAP_NET_RAW)"),
    CommandRule(
      name: .record, usage: "FILE|stop",
      meaning: "keep the run in a file while it goes on, from what is held now on: see `recvscope open`"),
    CommandRule(name: .save, usage: "FILE", meaning: "keep what is held now in a file"),
    CommandRule(
      name: .export, usage: "\(ExportKind.words) FILE",
      meaning: "write what is held now for other tools and for people"),
    CommandRule(
      name: .compare, usage: "FILE",
      meaning: "lay what is held beside a recording: which recv calls return something else?"),
    CommandRule(name: .say, usage: "\"TEXT\"", meaning: "a paragraph of a lesson", place: .lab),
    CommandRule(
      name: .ask, usage: "\"QUESTION\" OUTCOME [\"WORDS\"] | OUTCOME …",
      meaning: "ask what will happen, and stop until it is answered", place: .lab),
    CommandRule(
      name: .discuss, usage: "", meaning: "let them talk, then ask the same once more", place: .lab),
    CommandRule(
      name: .hint, usage: "\"TEXT\"", meaning: "help with the question, shown when asked for", place: .lab),
    CommandRule(name: .step, usage: "", meaning: "stop until somebody goes on", place: .lab),
    CommandRule(
      name: .reveal, usage: "by NAME recv|recv #N|bytes|ready|… because \"TEXT\"",
      meaning: "tell which choice the calls made the right one, and why", place: .lab),
    CommandRule(
      name: .again, usage: "[OPTIONS]",
      meaning: "close everything and play the lab anew, with other values: again --recv 4", place: .prompt),
    CommandRule(
      name: .trials, usage: "N [recv=SIZES]",
      meaning:
        "play the lab N times: how often does each outcome come? trials 10 recv=1,10,1k: how fast is each size?",
      place: .prompt),
    CommandRule(name: .labs, usage: "", meaning: "choose a lesson or an experiment", place: .prompt),
    CommandRule(
      name: .handout, usage: "FILE [--blank]",
      meaning: "write the lesson to take home, with your hands and what happened; --blank: an exercise sheet",
      place: .prompt),
  ]
}
