import Foundation
import Testing

@Suite("Recordings in the workbench")
struct WorkbenchRecordingTests {
  @Test("D records the run, opened it is as it was, SQL leads to a record, and leaving loses nothing")
  func recordAndOpen() throws {
    let scratch = try Scratch()
    let file = "\(scratch.path)/kept.rscope"
    let live = try Tmux(workbench: ["labs/recv-returns.lab"].map { "\(Program.tree)/\($0)" })
    try live.wait(for: "expect +server\\.1 .*line 16")
    try live.press("D")
    try live.wait(for: ": record")
    try live.type(file)
    try live.wait(for: "kept\\.rscope")
    try live.press("Enter")
    try live.wait(for: "● kept\\.rscope")
    try live.press("D")
    try live.wait(forNo: "● kept\\.rscope")
    #expect(FileManager.default.fileExists(atPath: file))

    let opened = try Tmux(workbench: ["open", file])
    try opened.wait(for: "kept\\.rscope, recorded")
    try opened.wait(for: "recv +7 server\\.1 .*end of stream")
    try opened.press("c")
    try opened.wait(for: "nothing is called in it any more")
    try opened.press("\\;")
    try opened.wait(for: "SQL ▸")
    try opened.type("select seq, why, returned from chunks where why = 'drained'")
    try opened.wait(for: "'drained'")
    try opened.press("Enter")
    try opened.wait(for: "1 row: select seq")
    try opened.press("Enter")
    try opened.wait(for: "▸ recv +1 server\\.1")
    try opened.press("\\;")
    try opened.type("select nope")
    try opened.wait(for: "select nope")
    try opened.press("Enter")
    try opened.wait(for: "no such column: nope")
    try opened.press("q")
    try opened.wait(for: "exit 0")
  }

  @Test("An endless question is asked until Esc or another one ends it")
  func endless() throws {
    let workbench = try Tmux(workbench: ["labs/recv-returns.lab"].map { "\(Program.tree)/\($0)" })
    try workbench.wait(for: "expect +server\\.1 .*line 16")
    let endless = "with c(x) as (select 1 union all select x + 1 from c) select"
    func ask(_ what: String) throws {
      try workbench.press("\\;")
      try workbench.wait(for: "SQL ▸")
      try workbench.type(what)
      try workbench.wait(for: "SQL ▸ .*\(what.suffix(6))")
      try workbench.press("Enter")
    }
    for what in ["count(*) from c", "hex(zeroblob(5000000)) from c where x < 0"] {
      try ask("\(endless) \(what)")
      try workbench.wait(for: "asking … Esc ends it")
      try workbench.press("Escape")
      try workbench.wait(for: "the question was ended")
    }
    try ask("\(endless) count(*) from c")
    try workbench.wait(for: "asking …")
    try ask("select 40 + 2 as answer")
    try workbench.wait(for: "1 row: select 40")
    try workbench.press("Escape")
    try workbench.wait(forNo: "asking …|1 row")
    try workbench.press("q")
    try workbench.wait(for: "Leave\\?")
    try workbench.press("y")
    try workbench.wait(for: "exit 0")
  }
}
