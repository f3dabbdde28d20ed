import ArgumentParser
import Glibc
import Labs
import Recordings
import Reports
import Traffic

/// `recvscope export`
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a recording for other tools and for people.",
    usage:
      "recvscope export FILE --to \(ExportKind.words)|sqlite [-o OUT] [--where CONDITION] [--limit N] [-e LINE]",
    discussion: """
      \(kinds)

      Without -o the file is named after the recording, beside it. One that is there already stays as it is. The new file is \
      the user's alone (0600): it holds what passed. docs/EXPORTS.md says more of each.
      """)

  private static let kinds =
    ExportKind.allCases.map { kind in
      "\(kind.rawValue)\(String(repeating: " ", count: max(1, 9 - kind.rawValue.count)))\(kind.meaning)"
    }.joined(separator: "\n") + "\nsqlite   plain tables in a SQLite file: records, sockets, messages"

  @Argument(help: ArgumentHelp("The recording.", valueName: "FILE"))
  var file: String

  @Option(help: ArgumentHelp("What to write.", valueName: "KIND"))
  var to: Target

  /// What can be written: a kind, or tables.
  enum Target: ExpressibleByArgument {
    case kind(ExportKind)
    case tables

    init?(argument: String) {
      if let kind = ExportKind(rawValue: argument) {
        self = .kind(kind)
      } else if argument == "sqlite" {
        self = .tables
      } else {
        return nil
      }
    }

    static var allValueStrings: [String] { ExportKind.allCases.map(\.rawValue) + ["sqlite"] }

    var ending: String {
      switch self {
      case .kind(let kind): kind.ending
      case .tables: "sqlite"
      }
    }
  }

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp("The file to make; - is standard output.", valueName: "OUT"))
  var output: String?

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp("Only records that meet a condition, as of run.", valueName: "CONDITION"))
  var condition: String?

  @Option(help: ArgumentHelp("The first N records only (html: 2,000 unless told).", valueName: "N"))
  var limit: Int?

  @OptionGroup var looking: LookingArguments

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit: expected a count of 1 or more") }
  }

  func run() throws {
    let filter: Filter?
    do {
      filter = try condition.map { text throws(SyntaxError) in try Filter(parsing: text) }
    } catch {
      throw ExitCode(StandardError.say("--where: \(error.rendered(in: nil))", status: 2))
    }
    if case .tables = to, condition != nil {
      throw ValidationError("--where: a table is asked with SQL: recvscope query FILE SQL --csv")
    }
    if output == "-" { try checkStandardOutput() }
    let opened = try OpenedRun(file, saying: try looking.load())
    let options = ExportOptions(wall: opened.wall, version: opened.version, filter: filter, limit: limit)
    if output == "-", case .kind(let kind) = to { return try print(kind, opened, options) }
    let path = output ?? beside
    let tally = ExportFile.write(to: path) { sink in
      switch to {
      case .kind(let kind): return try kind.write(opened.journal, options, to: sink)
      case .tables:
        return ExportTally(
          written: try PlainTables.write(opened.journal, limit: limit, beside: path, to: sink))
      }
    }
    switch tally {
    case .success(let tally):
      let sentences = opened.missing + tally.sentences
      try StandardOutput.write(
        SafeText.string("\(path): \(Units.count(tally.written)) records") + "\n"
          + sentences.map { "  \(SafeText.string($0))\n" }.joined())
    case .failure(let failure):
      throw ExitCode(StandardError.say(SafeText.string("\(failure)"), status: 2))
    }
  }

  /// What no terminal and no pipe can take.
  private func checkStandardOutput() throws {
    switch to {
    case .tables: throw ValidationError("-o -: a SQLite file needs a name")
    case .kind(.pcapng), .kind(.raw):
      if isatty(STDOUT_FILENO) == 1 {
        throw ValidationError("-o -: standard output is a terminal, and what \(to.ending) has is no text")
      }
    case .kind(.jsonl), .kind(.csv), .kind(.html), .kind(.hexdump), .kind(.lab): break
    }
  }

  private func print(_ kind: ExportKind, _ opened: OpenedRun, _ options: ExportOptions) throws {
    do {
      let tally = try kind.write(opened.journal, options) { try StandardOutput.write($0) }
      for sentence in opened.missing + tally.sentences {
        _ = StandardError.say(SafeText.string(sentence), status: 0)
      }
    } catch let error as ExportError {
      throw ExitCode(StandardError.say(SafeText.string(error.sentence), status: 2))
    }
  }

  /// `run.rscope` becomes `run.pcapng`.
  private var beside: String {
    let ending = ".rscope"
    return (file.hasSuffix(ending) ? String(file.dropLast(ending.count)) : file) + "." + to.ending
  }
}
