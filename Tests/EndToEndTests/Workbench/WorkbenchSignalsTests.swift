import Foundation
import Testing

@Suite("Signals of the workbench in a terminal")
struct WorkbenchSignalsTests {
  /// Says how its child ended, which a shell's `$?` does not tell from an exit status.
  private static let wrapper = """
    import os, signal, sys
    if "IGNORED" in os.environ: signal.signal(int(os.environ["IGNORED"]), signal.SIG_IGN)
    # Python itself ignores SIGXFSZ.
    pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, setsigdef=[signal.SIGXFSZ])
    print("pid", pid, file=open(os.environ["PID_FILE"], "w"), flush=True)
    status = os.waitpid(pid, 0)[1]
    print("\\nsignal" if os.WIFSIGNALED(status) else "\\nstatus", os.waitstatus_to_exitcode(status))
    """

  private let home: Scratch

  init() throws { home = try Scratch() }

  /// The workbench in a terminal, and its process id.
  private func start(_ arguments: [String], environment: [String: String] = [:]) throws -> (
    terminal: Tmux, program: Int32
  ) {
    let file = home.path + "/pid"
    var variables = [
      "HOME": home.path, "XDG_CONFIG_HOME": home.path + "/config", "XDG_STATE_HOME": home.path + "/state",
      "PID_FILE": file,
    ]
    variables.merge(environment) { $1 }
    let terminal = try Tmux(
      ["python3", "-c", Self.wrapper, Program.path] + arguments, environment: variables)
    let program = Deadline(within: 20).poll {
      (try? String(contentsOfFile: file, encoding: .utf8))?.split(separator: " ").last.flatMap {
        Int32($0.trimmingCharacters(in: .newlines))
      }
    }
    return (terminal, try #require(program))
  }

  /// Whether the terminal reads lines and echoes them, as it did before.
  private func isCooked(_ terminal: Tmux) throws -> Bool {
    let file = open(try terminal.state("#{pane_tty}"), O_RDONLY | O_NOCTTY)
    defer { close(file) }
    var modes = termios()
    #expect(tcgetattr(file, &modes) == 0)
    return modes.c_lflag & tcflag_t(ICANON) != 0 && modes.c_lflag & tcflag_t(ECHO) != 0
  }

  @Test(
    "A signal that kills gives the terminal back before it does",
    arguments: [
      SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU, SIGXFSZ, SIGIO, SIGSYS, SIGSTKFLT, SIGPWR, 34, 64,
      SIGSEGV, SIGABRT,
    ])
  func killed(signal: Int32) throws {
    let (terminal, program) = try start(["recv-returns"])
    try terminal.wait(for: "end of stream")
    #expect(try !isCooked(terminal))
    kill(program, signal)
    try terminal.wait(for: "^signal -\(signal)$")
    #expect(try isCooked(terminal))
    #expect(try terminal.state("#{alternate_on}#{cursor_flag}#{mouse_any_flag}") == "010")
  }

  @Test("A signal that the workbench was started to ignore does nothing")
  func ignored() throws {
    let (terminal, program) = try start(["recv-returns"], environment: ["IGNORED": "\(SIGUSR2)"])
    try terminal.wait(for: "end of stream")
    kill(program, SIGUSR2)
    try terminal.press("?")
    try terminal.wait(for: "PgDn scroll")
    try terminal.press("q", "q", "y")
    try terminal.wait(for: "^status 0$")
  }

  @Test("Each SIGTSTP stops the workbench, also one that comes while it draws")
  func stops() throws {
    // A record each millisecond: it draws all the time.
    let (terminal, program) = try start([
      "-e", "listen 0 --as server", "-e", "connect server --as client", "-e",
      "send client (\"x\" 1ms)*100000",
    ])
    try terminal.wait(for: "client +ESTAB")
    for round in 0..<40 {
      kill(program, SIGTSTP)
      let isStopped = Deadline(within: 5).poll { Self.state(program) == "T" ? true : nil }
      try #require(isStopped == true, "round \(round)")
      kill(program, SIGCONT)
      let goesOn = Deadline(within: 5).poll { Self.state(program) != "T" ? true : nil }
      try #require(goesOn == true)
    }
    try terminal.press("q", "y")
    try terminal.wait(for: "^status 0$")
  }

  /// The letter of a process's state in /proc/PID/stat.
  private static func state(_ pid: Int32) -> Character? {
    let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
    return text?.split(separator: ")").last?.first { $0 != " " }
  }
}
