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
}
