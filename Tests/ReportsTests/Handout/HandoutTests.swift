import Foundation
import Reports
import Testing
import Traffic

@Suite("Handouts")
struct HandoutTests {
  @Test("A page has what was asked, the hands of both rounds, what happened, why, and how to repeat it")
  func whole() throws {
    let page = try SampleHandout.whole.page
    for text in [
      "<h1>When does recv(10) return? As soon as anything is there.</h1>", "Linux 6.1 · recvscope 9.9",
      "Two questions; see <code>recv(2)</code>:", "<pre>   while true:\n     recv(10)\n</pre>",
      "Type <code>: again --recv 4</code> later.", "What does the first recv(10) return?",
      "Hint: Does anything tell recv",
      "server.1 recv #1 gave 5. It was choice 1: 11 of 12 said so, 3 before they talked.",
      "before they talked</span>", "It returns what is there.", "The 50 came by one send().",
      "How many calls get them?",
      "It was choice 2.", "A stream has no borders.", "So ends it.", "<p class=\"try\">Try it",
      "recvscope run mine.lab",
      "expect server.1 recv 5 10 10", "# a comment of a line", "buffer full, 40 left",
    ] { #expect(page.contains(text), "\(text)") }
    #expect(page.components(separatedBy: "<svg").count == 3)
    #expect(page.components(separatedBy: "<tr class=\"right\">").count == 3)
    let bars = page.matches(of: /<div class="(before|after)"><i style="width:(\d+)%"><\/i><b>(\d+)</).map {
      "\($0.1) \($0.2) \($0.3)"
    }
    #expect(bars == ["before 27 3", "after 100 11", "before 81 9", "after 9 1"])
    #expect(!page.contains("class=\"ruled\"") && !page.contains("<script"))
  }

  @Test("An exercise sheet has room to write, and no outcome anywhere")
  func blank() throws {
    var handout = try SampleHandout.whole.handout
    handout.journal = nil
    let page = try SampleHandout.page(handout)
    for text in [
      "<h1>When does recv(10) return?</h1>", "What does the first recv(10) return?", "5: what is there",
      "The 50 came by one send().", "Question 1: Does anything tell recv", "Try it with another size",
      "send client &quot;12345&quot; 100ms", "wait server.1 …", "without --blank", "<span>Name</span>",
    ] { #expect(page.contains(text), "\(text)") }
    #expect(page.components(separatedBy: "class=\"ruled\"").count == 5)
    for text in [
      "It returns", "no borders", "As soon as", "So ends it", "Two questions", "a comment", "five came",
      "expect ",
      "bytes 55", "reveal", "because \"", "It was choice", "✓", "<svg", "class=\"calls\"", "Linux 6.1",
    ] { #expect(!page.contains(text), "\(text)") }
  }

  @Test("What is not revealed yet is left blank, with the hands as they stand")
  func middle() throws {
    var sample = SampleHandout.begun
    sample.ask("How many calls get them?", ["1", "5"], [[4, 2]])
    let page = try sample.page
    #expect(page.contains("1 of 2 questions have their outcome. What is open is left blank."))
    #expect(page.contains("It was choice 1: 11 of 12") && page.contains("It returns what is there."))
    #expect(page.contains("<b>4</b>") && page.components(separatedBy: "class=\"ruled\"").count == 3)
    for text in ["no borders", "So ends it", "As soon as", "expect "] {
      #expect(!page.contains(text), "\(text)")
    }
  }

  @Test("Hands that are in no record yet count, and the outcome is that of the records")
  func standing() throws {
    let lab = try Lab(parsing: SampleHandout.text)
    var state = LessonState(try #require(LessonPlan(lab)))
    _ = state.take(.asked(0))
    for hand in [1, 1, 0] { _ = state.take(.hand(hand)) }
    var sample = SampleHandout()
    sample.ask("What does the first recv(10) return?", ["5", "10"])
    var handout = try sample.handout
    handout.answers = state.answers
    let page = try SampleHandout.page(handout)
    #expect(page.contains("<b>2</b>") && !page.contains("It was choice"))
    sample.reveal("recv #1", "5", choice: 1, because: "x")
    #expect(try SampleHandout.page(handout).contains("It was choice 1: 1 of 3 said so."))
  }

  @Test("Where the kernel does otherwise the page says so, what it did, and no reason")
  func otherwise() throws {
    var sample = SampleHandout()
    sample.ask("What?", ["5", "10"], [[1, 0]])
    sample.reveal("recv #1", "7", choice: nil, because: "It returns what is there.")
    let page = try sample.page
    #expect(
      page.contains(
        "recv #1 gave 7, which is none of the choices. This kernel does otherwise than the lesson says."))
    #expect(!page.contains("class=\"because\"") && !page.contains("<tr class=\"right\">"))
    var handout = try sample.handout
    handout.values = ["--recv 7"]
    let other = try SampleHandout.page(handout)
    #expect(
      other.contains("played with --recv 7") && other.contains("They are for the values that the lesson has.")
    )
  }

  @Test(
    "A lab that asks nothing has its comment, what happened, and its lines; its sheet neither comment nor outcome"
  )
  func lab() throws {
    var sample = SampleHandout()
    sample.lesson = "# What then? That.\n#\n# Prose.\nlisten 0 --as server # told\nexpect server recv 5\n"
    let page = try sample.page
    for text in ["What then? That.", "Prose.", "<h2>What happened</h2>", "<svg", "end of stream", "# told"] {
      #expect(page.contains(text), "\(text)")
    }
    var handout = try sample.handout
    handout.journal = nil
    let sheet = try SampleHandout.page(handout)
    #expect(sheet.contains("<h1>What then?</h1>") && sheet.contains("What do you expect?"))
    for text in ["That.", "Prose", "told", "expect server"] { #expect(!sheet.contains(text), "\(text)") }
  }

  @Test("Of many rows the first and the last are shown, and the rest is counted")
  func many() throws {
    var sample = SampleHandout()
    for _ in 0..<100 { sample.talk.recv(sample.talk.server, [1], left: 0) }
    sample.ask("What?", ["5", "10"])
    sample.reveal("recv #1", "5", choice: 1, because: "x")
    let page = try sample.page
    #expect(page.contains(/⋮ \d+ rows more/))
    #expect((13...16).contains(page.components(separatedBy: "<tr class=\"call ").count))
    // The same bytes again and again are shown once.
    #expect(page.components(separatedBy: "  01  ").count <= 2)
  }

  @Test("What is hostile is text", arguments: [true, false])
  func hostile(isBlank: Bool) throws {
    let evil = "</title></pre><script>alert(1)</script><img src=x onerror=1>&'\u{202e}"
    var sample = SampleHandout(
      talk: Talk(kind: .unix, local: "/run/<script>", peer: "</svg><img src=x>"),
      lesson: """
        # \(evil)?
        #
        # \(evil)
        say "\(evil)  \(evil)  `\(evil)`"
        ask "\(evil)" 5 "\(evil)" | 6
        hint "\(evil)"
        listen "./\(evil)" --as server
        reveal by server.1 recv #1 because "\(evil)"
        """, name: evil)
    sample.talk.open()
    sample.talk.recv(sample.talk.server, Array(evil.utf8), left: 0)
    sample.ask(evil, [evil, "6"], [[1, 0]])
    sample.reveal(evil, evil, choice: 1, because: evil)
    var handout = try sample.handout
    (handout.kernel, handout.version, handout.values, handout.isShipped) = (evil, evil, [evil], true)
    if isBlank { handout.journal = nil }
    let page = try SampleHandout.page(handout)
    for tag in ["<script", "<img", "\u{202e}", "</title></pre>"] { #expect(!page.contains(tag), "\(tag)") }
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
  }

  @Test(
    "Code is what stands between two blanks, or two blanks and a dot behind one, or backquotes",
    arguments: [
      ("Type  : again  and see", "Type <code>: again</code> and see"),
      ("Lines:  one .", "Lines: <code>one</code>."),
      ("Lines:  one . And two.", "Lines: <code>one</code>. And two."),
      ("See `x` and y", "See <code>x</code> and y"),
      ("A  lonely pair", "A  lonely pair"), ("One ` only", "One ` only"),
    ])
  func prose(text: String, html: String) throws {
    var sample = SampleHandout()
    sample.lesson = "say \"\(text)\"\nlisten 0\n"
    #expect(try sample.page.contains(">\(html)</p>"))
  }

  @Test(
    "Every tag is closed, and nothing is fetched", .enabled(if: Tool.isThere("python3")),
    arguments: [true, false])
  func form(isBlank: Bool) throws {
    var handout = try SampleHandout.whole.handout
    if isBlank { handout.journal = nil }
    let file = FileManager.default.temporaryDirectory.appending(path: "handout-\(getpid())-\(isBlank).html")
      .path
    try SampleHandout.page(handout).write(toFile: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: file) }
    #expect(try Tool.run("python3", "-c", HTMLTests.openTags, file) == "[]\n")
  }
}
