import Foundation
import Testing

@Suite("Recordings, made and opened by the program")
struct RecordingEndTests {
  private static let isRoot = geteuid() == 0
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func path(_ name: String) -> String { "\(scratch.path)/\(name)" }

  /// Of those that can be run everywhere, without a network of their own.
  private static let labs: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: Program.tree + "/labs")) ?? []
    return names.filter { $0.hasSuffix(".lab") && !$0.hasPrefix("wire-") && !$0.hasPrefix("watch-curl") }
      .sorted()
  }()

  @Test("No shell expands what a lab names: ~/ is the home folder there too")
  func home() throws {
    let lines = [
      "listen 0 --as server", "connect server --as client", "record ~/all.rscope", "send client \"a\"",
      "wait server.1 bytes 1", "record stop", "save ~/kept.rscope", "export csv ~/kept.csv",
      "compare ~/kept.rscope",
    ]
    let outcome = try Child(
      [Program.path, "run", "--quiet"] + lines.flatMap { ["-e", $0] }, environment: ["HOME": scratch.path]
    ).wait(within: 60)
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    for name in ["all.rscope", "kept.rscope", "kept.csv"] {
      #expect(FileManager.default.fileExists(atPath: path(name)), "\(name)")
    }
  }

  @Test("A lab that was recorded prints what it printed when it ran", arguments: labs)
  func sameOutput(lab: String) throws {
    let file = path("\(lab).rscope")
    let live = try Program.run(["run", "labs/\(lab)", "--json", "--record", file], folder: Program.tree)
    #expect(live.exitCode == 0, "\(live.errorText)")
    let opened = try Program.run(["run", "--open", file, "--json"])
    #expect(opened.exitCode == 0 && opened.errorText.isEmpty, "\(opened.errorText)")
    #expect(opened.text == live.text)
    // What was added up when it was recorded is what its calls returned.
    let sums = try Program.run([
      "query", file, "--csv",
      """
      select socket, why, calls, bytes, waited, longest from whys except select socket, why, count(*), coalesce(sum(returned), 0),
        sum(waited), max(waited) from chunks group by socket, why
      """,
    ])
    #expect(sums.text == "socket,why,calls,bytes,waited,longest\n", "\(sums.text)\(sums.errorText)")
    let totals = try Program.run([
      "query", file, "--csv",
      "select (select coalesce(sum(bytes), 0) from whys) = (select coalesce(sum(returned), 0) from chunks)",
    ])
    #expect(totals.text.split(separator: "\n").last == "1", "\(totals.errorText)")
  }

  private static let burst = [
    "-e", "listen 0 --as server --recv 64", "-e", "connect server --as client --mode manual",
  ]

  @Test("After kill -9 the file opens, every block is whole, and no record between is missing")
  func killed() throws {
    let rounds = ProcessInfo.processInfo.environment["CRASHES"].flatMap { Int($0) } ?? 5
    for round in 0..<rounds {
      let file = path("\(round).rscope")
      let child = try Program.start(
        ["run", "--json", "--show", "recv", "--record", file] + Self.burst + [
          "-e", "send client (\"0123456789abcdef\"*4096)*2000",
        ])
      // Each round somewhat later.
      let first = try child.event { $0.event == "recv" }.t
      let last: Int = first + 100_000_000 + round * 37_000_000
      _ = try child.event { $0.t > last }
      child.signal(SIGKILL)
      #expect(try child.wait().exitCode == nil)
      let outcome = try Program.run(["run", "--open", file, "--quiet"])
      #expect(outcome.exitCode == 1)
      #expect(outcome.errorText.contains("it was cut off"), "\(outcome.errorText)")
      let checks = try Program.run([
        "query", file, "--csv",
        """
        select (select count(*) = max(seq) + 1 from records), (select coalesce(sum(returned) = max(offset + returned), 1) from chunks),
          (select count(*) from losses)
        """,
      ])
      #expect(checks.text.split(separator: "\n").last == "1,1,0", "\(checks.text)\(checks.errorText)")
      let shell = try Child(["sqlite3", file, "pragma integrity_check"]).wait()
      #expect(shell.text == "ok\n", "\(shell.errorText)")
    }
  }

  @Test(
    "A full disk: the run goes on, and what is not on disk is said",
    .enabled(if: isRoot, "mounts a small disk"))
  func full() throws {
    let folder = path("disk")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let command = """
      mount -t tmpfs -o size=3M none "$1" && "$2" run --json --show recv,mark --record "$1/f.rscope" \
        -e 'listen 0 --as server --recv 4k' -e 'connect server --as client --mode manual' \
        -e 'send client @"$3"' -e 'close client' -e 'wait server.1 end' > "$3.out"; echo $?; cp "$1/f.rscope"* "$(dirname "$3")"
      """
    let data = path("random")
    try Data((0..<12 << 20).map { _ in UInt8.random(in: 0...255) }).write(to: URL(fileURLWithPath: data))
    let outcome = try Child(
      [
        "unshare", "-m", "sh", "-c", command.replacing("\"$3\"'", with: "'\"$3\""), "sh", folder,
        Program.path, data,
      ]
    ).wait()
    #expect(outcome.text.hasPrefix("1"), "\(outcome.text)\(outcome.errorText)")
    #expect(outcome.errorText.contains("the disk is full"), "\(outcome.errorText)")
    let printed = try String(contentsOfFile: data + ".out", encoding: .utf8)
    #expect(printed.split(separator: "\n").filter { $0.contains("\"event\":\"recv\"") }.count > 3000)
    let opened = try Program.run(["run", "--open", path("f.rscope"), "--quiet"])
    #expect(opened.exitCode == 1)
  }

  @Test(
    "Bad usage says what is wrong",
    arguments: [
      (["run", "--open", "none.rscope"], "none.rscope: ", Int32(2)),
      (["run", "recv-race", "--open", "none.rscope"], "takes no lab", 64),
      (["open", "README.md"], "no recording of recvscope", 2),
      (["query", "README.md", "select 1"], "no recording of recvscope", 2),
      (["run", "-e", "record", "-e", "mark x"], "expected a file", 2),
      (["run", "-e", "record stop"], "nothing is being recorded", 1),
      (["run", "--record", "README.md", "-e", "mark x"], "never written over", 2),
      (["run", "--record", "/no/such/x.rscope", "-e", "mark x"], "/no/such/x.rscope: ", 2),
    ])
  func badUsage(words: [String], sentence: String, status: Int32) throws {
    let outcome = try Program.run(words, folder: Program.tree)
    #expect(outcome.errorText.contains(sentence), "\(outcome.errorText)")
    #expect(outcome.exitCode != 0)
    if status == 2 { #expect(outcome.exitCode == 2) }
  }

  @Test("Commands of a lab: record, record stop, save, and save of what was opened")
  func commands() throws {
    let (first, second) = (path("first.rscope"), path("a second.rscope"))
    let outcome = try Program.run(
      ["run"] + Self.burst + [
        "-e", "record \(first)", "-e", "send client \"12345\"", "-e", "wait server.1 recv 1", "-e",
        "record stop",
        "-e", "send client \"67\"", "-e", "wait server.1 recv 2", "-e", "save \"\(second)\"",
      ])
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    for (file, count) in [(first, "1"), (second, "2")] {
      let query = try Program.run(["query", file, "--csv", "select count(*) from chunks"])
      #expect(query.text == "count(*)\n\(count)\n", "\(query.errorText)")
    }
  }

  @Test("SQL: a table, CSV, JSON, a mistake with its place, and nothing is written")
  func sql() throws {
    let file = path("sql.rscope")
    let run = try Program.run(["run", "recv-returns", "--record", file], folder: Program.tree)
    #expect(run.exitCode == 0, "\(run.errorText)")
    func query(_ words: String...) throws -> Outcome { try Program.run(["query", file] + words) }
    let sql = "select returned, why from chunks order by seq limit 3"
    #expect(try query(sql).text == "returned  why\n       5  drained\n      10  filled\n      10  filled\n")
    #expect(try query(sql, "--csv").text == "returned,why\n5,drained\n10,filled\n10,filled\n")
    #expect(try query(sql, "--json").text.hasPrefix("{\"returned\":5,\"why\":\"drained\"}\n"))
    #expect(
      try query("select calls from whys where why = 'filled' and socket = 'server.1'", "--csv").text
        == "calls\n4\n")
    let mistake = try query("select nope from chunks")
    #expect(mistake.exitCode == 2 && mistake.errorText.contains("no such column: nope"))
    #expect(mistake.errorText.split(separator: "\n").last == "         ^")
    let refused = try query("drop table recording.block")
    #expect(refused.exitCode == 2 && refused.errorText.contains("only SELECT"), "\(refused.errorText)")
    #expect(try query("/* x */").errorText.contains("there is no statement in it"))
    #expect(try query("select data from chunks limit 1", "--json").text == "{\"data\":\"MTIzNDU=\"}\n")
    let plain = try Program.run(["export", file, "--to", "sqlite"])
    #expect(plain.exitCode == 0, "\(plain.errorText)")
    let rows =
      "select count(*), sum(returned), (select count(*) from sockets) from records where event = 'recv'"
    #expect(try Child(["sqlite3", path("sql.sqlite"), rows]).wait().text == "7|55|3\n")
    #expect(try Program.run(["export", file, "--to", "sqlite"]).exitCode == 2)
    let shell = try Child(["sqlite3", file, "select count(*) from socket; pragma integrity_check"]).wait()
    #expect(shell.text == "3\nok\n", "\(shell.errorText)")
  }

  @Test("What was recorded is cut into messages, and judged, afterwards")
  func framedLater() throws {
    let file = path("later.rscope")
    let run = try Program.run(
      ["run", "--record", file, "--quiet"] + Self.burst + [
        "-e", "send client '{\"a\":1}{\"b\":'", "-e", "wait server.1 bytes 12", "-e", "send client '2}'",
        "-e",
        "close client", "-e", "wait server.1 end",
      ])
    #expect(run.exitCode == 0, "\(run.errorText)")
    for name in ["server", "server.1"] {
      let frame = ["-e", "frame \(name) json"]
      let cut = try Program.run(
        ["query", file, "--csv", "select n, calls, length from messages order by n"] + frame)
      #expect(cut.text == "n,calls,length\n1,1,7\n2,2,7\n", "\(name): \(cut.errorText)")
      let printed = try Program.run(["run", "--open", file, "--json"] + frame)
      #expect(try printed.messages.map(\.calls) == [[1, 1], [1, 2]], "\(name): \(printed.text)")
      let page = path("\(name).html")
      #expect(try Program.run(["export", file, "--to", "html", "-o", page] + frame).exitCode == 0)
      let html = try String(contentsOfFile: page, encoding: .utf8)
      #expect(html.contains("<h2>Messages</h2>") && html.contains("recv 1–2"))
    }
    #expect(try !Program.run(["run", "--open", file, "--json"]).text.contains("\"event\":\"message\""))
    for (line, status, sentence) in [
      ("expect server.1 bytes 14", Int32(0), "calls"),
      ("expect server.1 bytes 5", 1, "wanted 5 bytes, got 14"),
      ("frame nobody json", 2, "there is no socket nobody"),
      ("send client \"x\"", 2, "a run that was recorded"),
      ("frame server jsn", 2, "jsn"),
    ] {
      let said = try Program.run(["run", "--open", file, "--quiet", "-e", line])
      #expect(said.exitCode == status && said.errorText.contains(sentence), "\(line): \(said.errorText)")
    }
    for (sql, sentence) in [
      ("select 1; select 2", "one statement at a time"), (" ", "there is no statement"),
    ] {
      let said = try Program.run(["query", file, sql])
      #expect(said.exitCode == 2 && said.errorText.contains(sentence), "\(sql): \(said.errorText)")
    }
    #expect(try Program.run(["query", file, "--csv", "select 1 ;\n"]).text == "1\n1\n")
  }
}
