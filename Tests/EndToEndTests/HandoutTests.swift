import Foundation
import Testing

@Suite("Handouts of the program")
struct HandoutTests {
  private static let chromium = ["chromium", "chromium-browser", "google-chrome"].first {
    (try? Child([$0, "--version"]).wait().exitCode) == 0
  }

  private static func html(_ text: some StringProtocol) -> String {
    String(text).replacing("\\\"", with: "\"").replacing("\\\\", with: "\\").replacing("&", with: "&amp;")
      .replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
      .replacing("'", with: "&#39;")
  }

  /// What a lesson asks, and its reasons, as a page has them.
  private static func texts(of lesson: String) throws -> (questions: [String], reasons: [String]) {
    let text = try String(contentsOfFile: "\(ShippedLessonTests.folder)/\(lesson).lab", encoding: .utf8)
    let lines = text.split(separator: "\n")
    return (
      lines.compactMap { $0.firstMatch(of: /^ask "((?:[^"\\]|\\.)*)"/).map { html($0.1) } },
      lines.compactMap { $0.firstMatch(of: /^reveal .* because "((?:[^"\\]|\\.)*)"/).map { html($0.1) } }
    )
  }

  @Test(
    "A lesson's page has each question and each reason; its sheet no outcome",
    arguments: ShippedLessonTests.names)
  func lesson(name: String) throws {
    let (questions, reasons) = try Self.texts(of: name)
    #expect(questions.count >= 3 && questions.count == reasons.count)
    let whole = try Program.run(["handout", name])
    #expect(whole.exitCode == 0, "\(whole.errorText)")
    let sheet = try Program.run(["handout", name, "--blank"])
    #expect(sheet.exitCode == 0, "\(sheet.errorText)")
    for question in questions {
      #expect(
        whole.text.contains("<b>\(question)</b></h2>") && sheet.text.contains("<b>\(question)</b></h2>"))
    }
    for reason in reasons {
      #expect(whole.text.contains("<div class=\"because\"><h3>Why</h3><p>\(reason)</p>"), "\(reason)")
      #expect(!sheet.text.contains(reason), "\(reason)")
    }
    #expect(whole.text.components(separatedBy: "<tr class=\"right\">").count == questions.count + 1)
    #expect(sheet.text.components(separatedBy: "class=\"ruled\"").count == 2 * questions.count + 1)
    for text in ["✓", "<svg", "class=\"calls\"", "It was choice", "\nreveal ", "\nexpect ", "\n#"] {
      #expect(!sheet.text.contains(text), "\(text)")
    }
    #expect(!whole.text.contains("class=\"ruled\"") && whole.text.contains("class=\"calls\""))
  }

  @Test(
    "A browser prints it on few pages", .enabled(if: chromium != nil, "needs chromium"),
    arguments: [
      ("first-recv", false, 2...4), ("forty-milliseconds", false, 3...7), ("two-ends", true, 2...3),
    ])
  func prints(name: String, isBlank: Bool, pages: ClosedRange<Int>) throws {
    let folder = try Scratch()
    let (page, print) = (folder.path + "/page.html", folder.path + "/page.pdf")
    let made = try Program.run(
      ["handout", name, "-o", page] + (isBlank ? ["--blank"] : ["--answers", "1,2"]))
    #expect(made.exitCode == 0 && made.output.isEmpty, "\(made.errorText)")
    let outcome = try Child(
      [
        Self.chromium ?? "", "--headless", "--no-sandbox", "--disable-gpu",
        "--user-data-dir=\(folder.path)/home",
        "--print-to-pdf=\(print)", "file://\(page)",
      ]
    ).wait()
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    let printed = String(decoding: FileManager.default.contents(atPath: print) ?? Data(), as: UTF8.self)
    #expect(pages.contains(printed.matches(of: /\/Type \/Page\s/).count))
  }

  @Test("The file is the user's alone, and has the answers")
  func file() throws {
    let folder = try Scratch()
    let path = folder.path + "/a.html"
    let outcome = try Program.run(["handout", "first-recv", "-o", path, "--answers", "1,1,2"])
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let page = try String(contentsOfFile: path, encoding: .utf8)
    #expect(page.contains("It was choice 1, as you said.") && page.contains("It was choice 2, not 1."))
    #expect(page.contains("recvscope first-recv</code>") && !page.contains("Save the lines"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.html"])
  }

  @Test("A lab of one's own can be taken home, and says how its lines are kept")
  func own() throws {
    let folder = try Scratch()
    let lab = try folder.file(
      "own.lab", "# Mine?\nlisten 0 --as s\nconnect s\nsend client \"x\"\nwait s.1 bytes 1\n")
    let outcome = try Program.run(["handout", lab])
    #expect(outcome.exitCode == 0, "\(outcome.errorText)")
    for text in [
      "<h1>Mine?</h1>", "Save the lines below as <code>mine.lab</code>", "<svg", "recvscope mine.lab",
    ] {
      #expect(outcome.text.contains(text), "\(text)")
    }
  }

  @Test("A page is written where an expect fails or the kernel does otherwise, and the status is 1")
  func unexpected() throws {
    let folder = try Scratch()
    let lines = "listen 0 --as s\nconnect s\nsend client \"x\"\nwait s.1 bytes 1\n"
    let lab = try folder.file("own.lab", lines + "expect s.1 recv 2\n")
    let failed = try Program.run(["handout", lab])
    #expect(failed.exitCode == 1 && failed.text.contains("</html>"))
    #expect(failed.errorText.contains("line 5: expect"))
    let lesson = try folder.file(
      "other.lab", "ask \"What?\" 5 | 6\n" + lines + "reveal by s.1 recv #1 because \"no\"\n")
    let otherwise = try Program.run(["handout", lesson])
    #expect(otherwise.exitCode == 1)
    #expect(
      otherwise.text.contains("recv #1 gave 1, which is none of the choices. This kernel does otherwise"))
  }

  @Test("What cannot be done leaves no file, and says why")
  func mistakes() throws {
    let folder = try Scratch()
    let there = try folder.file("there.html", "mine")
    let late = try folder.file("late.lab", "listen 0 --as s\nwait s listen within 1ms\n")
    let taken = try folder.file("taken.lab", "listen 0 --as s\nlisten 192.0.2.1:9\n")
    let none = try folder.file("none.lab", "# nothing\n")
    let new = folder.path + "/new.html"
    for (words, status, said) in [
      (["first-recv", "-o", there], 2, "is there already and stays as it is"),
      (["first-recv", "-o", folder.path + "/no/where.html"], 2, "where.html: "),
      (["first-rcev", "-o", new], 2, "did you mean first-recv?"),
      (["nothing-at-all", "-o", new], 2, "recvscope labs"),
      (["first-recv", "--blank", "--answers", "1", "-o", new], 2, "an exercise sheet has no answers"),
      (["first-recv", "--answers", "7", "-o", new], 2, "has the choices 1 to 3"),
      (["first-recv", "--answers", "x", "-o", new], 2, "expected numbers of choices"),
      ([none, "-o", new], 2, "no line is a command"), ([late, "-o", new], 2, "late.lab:2:"),
      ([taken, "-o", new], 3, "taken.lab:2:"),
    ] {
      let outcome = try Program.run(["handout"] + words)
      #expect(outcome.exitCode == Int32(status), "\(words): \(outcome.errorText)")
      #expect(outcome.errorText.contains(said), "\(words): \(outcome.errorText)")
      #expect(outcome.output.isEmpty)
    }
    #expect(!FileManager.default.fileExists(atPath: new))
    #expect(try String(contentsOfFile: there, encoding: .utf8) == "mine")
  }

  @Test(
    "Without the right that a lab needs there is no page",
    .enabled(if: getuid() == 0, "needs root to give up a right"))
  func right() throws {
    let folder = try Scratch()
    let path = folder.path + "/new.html"
    let outcome = try Child(
      [
        "setpriv", "--bounding-set", "-net_raw", "--inh-caps", "-net_raw", Program.path, "handout",
        "wire-nagle", "-o", path,
      ]
    ).wait()
    #expect(outcome.exitCode == 3, "\(outcome.errorText)")
    #expect(outcome.errorText.contains("CAP_NET_RAW"))
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("The examples of docs/LABS.md print what they say")
  func documented() throws {
    let examples = ConsoleExample.all(of: "docs/LABS.md")
    #expect(examples.count >= 2)
    for example in examples {
      let outcome = try example.run()
      #expect(outcome.exitCode == 0, "\(example): \(outcome.errorText)")
      #expect(example.fits(outcome.text), "\(example): \(outcome.text)")
    }
  }
}
