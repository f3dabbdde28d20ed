import Foundation

/// A terminal of a fixed size with the program in it: a tmux server of the test's own.
final class Tmux {
  private let scratch: Scratch

  /// Starts a command in a terminal. When it has ended, the screen says `exit CODE`, and stays.
  /// - Parameter environment: set for the command over this process's own; LANG is C.UTF-8.
  init(_ command: [String], columns: Int = 120, rows: Int = 36, environment: [String: String] = [:]) throws {
    scratch = try Scratch()
    var variables = ["LANG=C.UTF-8", "LC_ALL=C.UTF-8"]
    variables += environment.map { "\($0.key)=\($0.value)" }
    // The shell gets the command as its arguments, so nothing in it needs quoting.
    let shell = #""$@"; printf '\nexit %s\n' "$?"; exec sleep 600"#
    try tmux(
      ["new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", "env"] + variables + [
        "sh", "-c", shell, "sh",
      ]
        + command)
    try tmux(["set-option", "-g", "status", "off"])
    try resize(columns: columns, rows: rows)
  }

  /// The workbench with these arguments. Without any it offers lessons and labs, which is closed.
  convenience init(
    workbench arguments: [String], columns: Int = 120, rows: Int = 36, environment: [String: String] = [:]
  ) throws {
    try self.init([Program.path] + arguments, columns: columns, rows: rows, environment: environment)
    guard arguments.isEmpty, rows >= 20 else { return }
    try wait(for: "What do you want to see")
    try press("Escape")
    try wait(forNo: "What do you want to see")
  }

  deinit { _ = try? tmux(["kill-server"]) }

  /// What the terminal shows, one line a row; `withEscapes` keeps colours and attributes.
  func screen(withEscapes: Bool = false) throws -> String {
    try tmux(["capture-pane", "-p", "-t", "0"] + (withEscapes ? ["-e"] : []))
  }

  /// Waits until the screen matches a regular expression, and gives the screen. `^` and `$` mean a row's ends.
  @discardableResult
  func wait(for pattern: String, within seconds: Double = 20) throws -> String {
    let regex = try Regex(pattern).anchorsMatchLineEndings()
    return try wait("for /\(pattern)/", within: seconds) { $0.contains(regex) }
  }

  /// Waits until the screen no longer matches a regular expression.
  @discardableResult
  func wait(forNo pattern: String, within seconds: Double = 20) throws -> String {
    let regex = try Regex(pattern).anchorsMatchLineEndings()
    return try wait("until /\(pattern)/ is gone", within: seconds) { !$0.contains(regex) }
  }

  /// Waits until the command has ended, and gives its exit status as its shell sees it.
  func exitCode(within seconds: Double = 20) throws -> Int {
    let screen = try wait(for: "^exit [0-9]+$", within: seconds)
    return screen.firstMatch(of: /exit ([0-9]+)/).flatMap { Int($0.1) } ?? -1
  }

  /// Types text as it is.
  func type(_ text: String) throws { try tmux(["send-keys", "-t", "0", "-l", "--", text]) }

  /// Presses keys by tmux's names: `Enter`, `Escape`, `C-c`, `Up`, `F1`, `PageDown`.
  func press(_ keys: String...) throws { try tmux(["send-keys", "-t", "0"] + keys) }

  /// Says a line at the prompt.
  func command(_ line: String) throws {
    try press(":")
    try wait(for: "^[│|] : +[│|]$")
    try enter(line)
  }

  /// Types a line and Enter. The line is waited for: an Enter that is read at one go with it is part of a paste.
  func enter(_ line: String) throws {
    try type(line)
    try wait(for: "[:▸] [^│|]*\(NSRegularExpression.escapedPattern(for: String(line.suffix(6)))) +[│|]$")
    try press("Enter")
  }

  /// Sends raw bytes of input, such as a mouse report.
  func send(bytes: [UInt8]) throws {
    try tmux(["send-keys", "-t", "0", "-H"] + bytes.map { String($0, radix: 16) })
  }

  func resize(columns: Int, rows: Int) throws {
    try tmux(["resize-window", "-t", "0", "-x", "\(columns)", "-y", "\(rows)"])
  }

  /// What tmux knows of the terminal, by its formats: `#{alternate_on}`, `#{cursor_flag}`, `#{mouse_any_flag}`.
  func state(_ format: String) throws -> String {
    try tmux(["display-message", "-p", "-t", "0", format]).trimmingCharacters(in: .newlines)
  }

  /// The process id of the command's shell.
  func pid() throws -> Int32 { Int32(try state("#{pane_pid}")) ?? -1 }

  private func wait(_ what: String, within seconds: Double, until holds: (String) -> Bool) throws -> String {
    var last = ""
    let found = try Deadline(within: seconds).poll { () -> String? in
      last = try screen()
      return holds(last) ? last : nil
    }
    guard let found else { throw HarnessError("waited \(seconds) s \(what); the screen:\n\(last)") }
    return found
  }

  @discardableResult
  private func tmux(_ arguments: [String]) throws -> String {
    let environment = ["TMUX_TMPDIR": scratch.path, "TMUX": "", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"]
    let child = try Child(["tmux", "-L", "test", "-f", "/dev/null"] + arguments, environment: environment)
    let outcome = try child.wait(within: 20)
    guard outcome.exitCode == 0 else {
      throw HarnessError("tmux \(arguments.joined(separator: " ")): \(outcome.errorText)")
    }
    return outcome.text
  }
}
