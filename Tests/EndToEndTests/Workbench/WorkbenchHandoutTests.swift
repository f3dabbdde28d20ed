import Foundation
import Testing

@Suite("A page to take home from a terminal")
struct WorkbenchHandoutTests {
  @Test(
    "In the middle it has what was revealed and the hands so far, at the end all, and writes over nothing")
  func classroom() throws {
    let home = try Scratch()
    let terminal = try Tmux(
      [Program.path, "first-recv"], columns: 120, rows: 36,
      environment: [
        "HOME": home.path, "XDG_CONFIG_HOME": home.path + "/config", "XDG_STATE_HOME": home.path + "/state",
      ])
    func page(_ name: String) throws -> String {
      try String(contentsOfFile: "\(home.path)/\(name)", encoding: .utf8)
    }
    try terminal.wait(for: "Question 1 of 3")
    for key in ["2", "2", "1", "Enter", "Enter"] { try terminal.press(key) }
    try terminal.wait(for: "Talk about it")
    for key in ["Enter", "1", "1", "2", "Enter", "Enter"] { try terminal.press(key) }
    try terminal.wait(for: "2 of 3 said so, 1 before they talked")
    try terminal.press("Enter")
    try terminal.wait(for: "Question 2 of 3")
    for key in ["3", "3", "3", "3"] { try terminal.press(key) }
    try terminal.command("handout ~/middle.html")
    try terminal.wait(for: "wrote ~/middle.html, to take home")
    let middle = try page("middle.html")
    #expect(middle.contains("1 of 3 questions have their outcome"))
    #expect(middle.contains("It was choice 1: 2 of 3 said so, 1 before they talked."))
    #expect(middle.contains("<b>4</b>") && !middle.contains("keeps no border"))
    for key in ["Enter", "Enter"] { try terminal.press(key) }
    try terminal.wait(for: "It was choice 2")
    try terminal.press("Enter")
    try terminal.wait(for: "Question 3 of 3")
    for key in ["1", "Enter"] { try terminal.press(key) }
    try terminal.wait(for: "as you said")
    try terminal.command("handout ~/middle.html")
    try terminal.wait(for: "is there already and stays as it is")
    #expect(try page("middle.html") == middle)
    try terminal.command("handout ~/whole.html")
    try terminal.wait(for: "wrote ~/whole.html")
    let whole = try page("whole.html")
    #expect(whole.contains("0 of 4 said so") && whole.contains("keeps no border"))
    #expect(whole.contains("as you said") && !whole.contains("class=\"ruled\""))
    try terminal.command("handout ~/sheet.html --blank")
    try terminal.wait(for: "wrote ~/sheet.html, an exercise sheet")
    let sheet = try page("sheet.html")
    #expect(!sheet.contains("keeps no border") && !sheet.contains("It was choice"))
    #expect(sheet.components(separatedBy: "class=\"ruled\"").count == 7)
    try terminal.press("q", "y")
    #expect(try terminal.exitCode() == 0)
  }
}
