import ArgumentParser
import Reports
import Traffic

/// How the headless commands print, and how long they run.
struct OutputArguments: ParsableArguments {
  enum Style: String, EnumerableFlag {
    case plain, json, hex, quiet

    var flag: String { "--\(rawValue)" }

    static func help(for value: Style) -> ArgumentHelp? {
      switch value {
      case .plain: "Aligned text, one line a record (the default)."
      case .json: "JSON Lines, one object a record."
      case .hex: "Text with the bytes of each call below it."
      case .quiet: "Nothing but one line at the end, on standard error."
      }
    }
  }

  @Flag var style = Style.plain

  @Flag(help: "Say below each record what it means, and which man page to read.")
  var explain = false

  @Flag(name: .customLong("no-head"), help: "Leave out the line that names the columns of text.")
  var leavesOutHead = false

  @Flag(
    help: """
      Record the segments on the wire too, beside the calls (needs CAP_NET_RAW). They have the time when they passed, \
      and are printed when they become known, a little later: out of the order of time.
      """)
  var wire = false

  @Option(
    help: ArgumentHelp("Keep the run in a new file, which `recvscope open FILE` shows.", valueName: "FILE"))
  var record: String?

  @Option(help: ArgumentHelp("Print only these events: recv,send,accept,…", valueName: "EVENTS"))
  var show: String?

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp(
      """
      Print only records for which it holds: 'asked>100 and waited>5ms and why=drained'; of segments 'way=sent and \
      flags=SYN,ACK', marks, length, window, sequence, acknowledgement, retransmitted, interface.
      """, valueName: "EXPR")
  )
  var condition: String?

  @Option(help: ArgumentHelp("How --json writes payloads: base64, hex, text, none.", valueName: "ENCODING"))
  var data = DataEncoding.base64

  @Option(
    help: ArgumentHelp(
      "Memory for the journal (default 256M); the oldest payloads go first.", valueName: "SIZE"))
  var memory: Size = Size(bytes: 256 << 20)

  @Option(name: .customLong("for"), help: ArgumentHelp("End after so long: 5s, 250ms.", valueName: "D"))
  var duration: Duration?

  /// - Parameter version: of the program whose run it is.
  func headlessOptions(version: String = recvscopeVersion) throws -> HeadlessOptions {
    var options = HeadlessOptions()
    if explain, style == .json || style == .quiet {
      throw ValidationError("--explain: sentences are for people; \(style.flag) prints none")
    }
    // Who asks for bursts by name wants each of them.
    let foldsBursts = show.map { !Self.words($0).contains(Record.Kind.burst.word) } ?? true
    func text(showsHex: Bool) -> PlainText {
      PlainText(
        version: version, showsHex: showsHex, explains: explain, hasHead: !leavesOutHead,
        foldsBursts: foldsBursts)
    }
    switch style {
    case .plain: options.format = text(showsHex: false)
    case .json: options.format = JSONLines(version: version, encoding: data)
    case .hex: options.format = text(showsHex: true)
    case .quiet: options.format = nil
    }
    if let condition {
      do {
        options.filter = try Filter(parsing: condition)
      } catch {
        throw ExitCode(StandardError.say("--where: \(error.rendered(in: nil))", status: 2))
      }
    }
    options.memory = memory.bytes
    options.capturesWire = wire
    options.recordedIn = record
    options.explains = explain
    options.duration = duration?.nanoseconds
    // Runtimes send themselves signals all the time.
    options.shown.remove(.signal)
    if let show {
      let words = Self.words(show)
      options.showsEvicted = words.contains("evicted")
      options.showsMessages = words.contains("message")
      options.shown = []
      for word in words where word != "evicted" && word != "message" {
        guard let kind = Record.Kind.allCases.first(where: { $0.word == word }) else {
          let known = Record.Kind.allCases.map(\.word).joined(separator: ", ")
          throw ValidationError(
            "--show: there is no event '\(word)'; the events are \(known), message, evicted")
        }
        options.shown.insert(kind)
      }
    }
    return options
  }

  private static func words(_ events: String) -> [String] {
    events.split(separator: ",").map { $0.trimmingSpaces }
  }
}

extension DataEncoding: ExpressibleByArgument {}

extension Substring {
  fileprivate var trimmingSpaces: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
