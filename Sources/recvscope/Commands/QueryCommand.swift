import ArgumentParser
import Glibc
import Recordings
import Reports
import Traffic

/// `recvscope query`: SQL over a recording.
struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query", abstract: "Ask a recording with SQL.",
    discussion: """
      Tables: records (a row a record; the columns have the JSON's names, times are ns since the start, wall is the time of \
      day), sockets, messages (of sockets with a framing), recording. Views: chunks and sends (records of recv and send), \
      whys (calls, bytes, waited and longest by socket and reason, added up when it was recorded), losses (what is missing).

        recvscope query run.rscope "select * from whys"
        recvscope query run.rscope "select seq, asked, returned, why from chunks where socket = 'server.1'"
        recvscope query run.rscope -e 'frame server json' "select n, calls, length from messages where calls > 1"
        recvscope query run.rscope --csv "select t, returned from chunks" > chunks.csv

      Exit status: 0 done, 2 a mistake in the SQL or a file that is no recording.
      """)

  @Argument(help: ArgumentHelp("The recording.", valueName: "FILE"))
  var file: String

  @Argument(help: ArgumentHelp("One SELECT, as SQLite understands it.", valueName: "SQL"))
  var sql: String

  @Flag(help: "Comma-separated values with a head (RFC 4180).")
  var csv = false

  @Flag(help: "JSON Lines, an object a row.")
  var json = false

  @OptionGroup var looking: LookingArguments

  func run() throws {
    guard !(csv && json) else { throw ValidationError("--csv and --json: one of them") }
    signal(SIGPIPE, SIG_IGN)
    do {
      let opened = try OpenedRun(file, saying: try looking.load())
      for sentence in opened.missing { _ = StandardError.say(sentence, status: 0) }
      try print(try QuerySession(opened.journal, opened.recording))
    } catch let failure as QuerySession.Failure {
      throw ExitCode(StandardError.say(failure.text(of: sql), status: 2))
    } catch let failure as RecordingFailure {
      throw ExitCode(StandardError.say(failure.description, status: 2))
    }
  }

  private func print(_ session: QuerySession) throws {
    var output = ByteBuffer(capacity: 1 << 17)
    var writer: QueryWriter?
    var mistake: (any Error)?
    func flush(atLeast count: Int) -> Bool {
      if output.count < count { return true }
      do { try StandardOutput.write(output) } catch { mistake = error }
      output.removeAll()
      return mistake == nil
    }
    let format = csv ? QueryFormat.csv : json ? .json : .table
    let isForTerminal = isatty(STDOUT_FILENO) == 1
    try session.run(
      sql,
      head: { writer = QueryWriter(format, columns: $0, isForTerminal: isForTerminal, to: &output) },
      row: { row in
        writer?.write(row, to: &output)
        return flush(atLeast: 1 << 16)
      })
    writer?.finish(to: &output)
    _ = flush(atLeast: 1)
    if let mistake { throw mistake }
  }
}
