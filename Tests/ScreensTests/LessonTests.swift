import Testing
import Traffic

@testable import Screens

@Suite("A lesson in the workbench")
struct LessonTests {
  private let journal = SampleJournals.recvReturns()

  private func begun(rows: Int = 24, columns: Int = 80) -> Model {
    var model = press("", journal, rows: rows, columns: columns).model
    model.begin(title: "first-recv", isPlayed: true, bursts: [], lesson: LessonState(SampleLesson.plan))
    _ = model.update(.catalog(SampleLesson.catalog), journal)
    _ = model.update(.lesson(.said("A client sends 5 bytes.")), journal)
    _ = model.update(.lesson(.asked(0)), journal)
    return model
  }

  private func take(_ keys: String, in model: inout Model) -> [Effect] {
    keys.split(separator: " ").flatMap { model.update(.key(Chord(String($0))!), journal) }
  }

  private func screen(_ model: Model) -> String { view(model, journal).grid.text }

  @Test("Digits count hands, Enter shows the split, then lets the lesson go on; two rounds, then the outcome")
  func rounds() {
    var model = begun()
    #expect(screen(model).contains("What do you think? Press 1 to 3"))
    #expect(take("enter", in: &model) == [])
    #expect(screen(model).contains("press 1 to 3 for what you think"))
    #expect(take("1 2 2 4", in: &model) == [])
    #expect(screen(model).contains("the choices are 1 to 3"))
    #expect(take("2 backspace enter", in: &model) == [])
    #expect(screen(model).contains("This is how you are split"))
    #expect(!screen(model).contains("happened  ▐"))
    #expect(take("space", in: &model) == [.lesson(.votes([1, 2, 0]))])
    _ = model.update(.lesson(.discussed), journal)
    #expect(screen(model).contains("Talk about it"))
    #expect(take("enter 1 1 1 enter enter", in: &model) == [.lesson(.votes([3, 0, 0]))])
    let effects = model.update(.lesson(SampleLesson.event("revealed 0")!), journal)
    #expect(
      effects == [.keep(LessonProgress(name: "first-recv", times: 0, answered: 1, questions: 2, right: 1))])
    let text = screen(model)
    #expect(text.contains("predicted ▐5▌") && text.contains("happened  ▐5▌"))
    #expect(text.contains("It was choice 1: 3 of 3 said so, 1 before they talked."))
    #expect(text.contains("recv(2) returns as soon as anything is there"))
    #expect(take("enter", in: &model) == [.lesson(.goOn)])
  }

  @Test("Who looks around while a question stands still raises a hand, and is back at the lesson")
  func handFromElsewhere() {
    var model = begun()
    _ = take("tab", in: &model)
    #expect(model.window.focus != .lesson)
    _ = take("2 2", in: &model)
    #expect(
      model.window.focus == .lesson && screen(model).contains("2 hands, the newest for 2"),
      "\(screen(model))")
  }

  @Test("How they are split is seen by nobody before Enter, nor what the second round comes to")
  func hidden() {
    var model = begun()
    _ = take("1", in: &model)
    #expect(screen(model).contains("1 hand, for 1. Enter shows what happens") && !screen(model).contains("█"))
    _ = take("2 2", in: &model)
    #expect(screen(model).contains("3 hands, the newest for 2. Enter shows the split"))
    #expect(!screen(model).contains("█"))
    _ = take("enter", in: &model)
    #expect(screen(model).contains("█ 1") && screen(model).contains("██ 2"))
    _ = take("enter", in: &model)
    _ = model.update(.lesson(.discussed), journal)
    _ = take("enter 3 3", in: &model)
    #expect(screen(model).contains("██ 2") && !screen(model).contains("→"), "\(screen(model))")
    _ = take("enter", in: &model)
    #expect(screen(model).contains("→ ██ 2"))
  }

  @Test("In a lesson its keys are the first that the help tells")
  func help() {
    var model = begun()
    _ = take("?", in: &model)
    let heading = screen(model).split(separator: "\n")[2]
    #expect(heading.contains("Lessons and labs"), "\(screen(model))")
  }

  @Test("Who leaves at the first question loses nothing, and is not asked")
  func leaving() throws {
    let run = JournalWriter(wall: 0)
    var model = press("", run.journal).model
    model.begin(title: "first-recv", isPlayed: true, bursts: [], lesson: LessonState(SampleLesson.plan))
    run.append(.mark(at: 1), text: "asked")
    _ = model.update(.journalChanged, run.journal)
    #expect(model.update(.key(Chord("q")), run.journal) == [.quit])
    _ = run.add(SocketInfo(name: "server", kind: .tcp, role: .listener))
    _ = model.update(.journalChanged, run.journal)
    #expect(model.update(.key(Chord("q")), run.journal) == [])
  }

  @Test("As many hands for one choice as for another predict neither; a round without hands is no round")
  func tie() {
    var model = begun()
    _ = take("1 2 enter enter", in: &model)
    _ = model.update(.lesson(.discussed), journal)
    _ = take("enter enter", in: &model)
    _ = model.update(.lesson(SampleLesson.event("revealed 0")!), journal)
    let text = screen(model)
    #expect(text.contains(" predicted 1 and 2, as many hands each"), "\(text)")
    #expect(text.contains("It was choice 1: 1 of 2 said so.") && !text.contains("→ 0"), "\(text)")
  }

  @Test("The row that tells what happened has what led to it above and what followed below")
  func centred() {
    for isBig in [false, true] {
      var model = begun()
      model.window.isBig = isBig
      _ = take("1 enter", in: &model)
      _ = model.update(.lesson(.discussed), journal)
      _ = take("enter enter enter", in: &model)
      _ = model.update(.lesson(SampleLesson.event("revealed 0")!), journal)
      let rows = screen(model).split(separator: "\n").filter { $0.contains("send ") || $0.contains("recv  ") }
      #expect(rows.count >= 3, "\(screen(model))")
      let place = rows.firstIndex { $0.contains("▸ recv ") } ?? 0
      #expect(place > 0 && rows[place - 1].contains("send ") && place + 1 < rows.count, "\(rows)")
    }
  }

  @Test("The lanes are shown beside a question's outcome at 80×24, and a class is told of no lateness")
  func lanes() {
    var model = begun()
    _ = take("1 enter", in: &model)
    _ = model.update(.lesson(.discussed), journal)
    _ = take("enter enter enter", in: &model)
    _ = model.update(.lesson(SampleLesson.event("revealed 0")!), journal)
    #expect(screen(model).contains("v lanes") && !screen(model).contains(" late"))
    _ = take("v", in: &model)
    let text = screen(model)
    #expect(text.contains("client send") && text.contains("server.1 recv") && text.contains("happened  ▐5▌"))
    #expect(text.contains("▸ recv "))
    _ = take("v v v", in: &model)
    #expect(!screen(model).contains("client send"))
    _ = take("i", in: &model)
    #expect(screen(model).contains("recv(10) returned 5"), "\(screen(model))")
    _ = take("i", in: &model)
    for (rows, columns) in [(16, 80), (24, 60), (60, 200)] {
      _ = model.update(.resized(rows: rows, columns: columns), journal)
      #expect(screen(model).contains("▸ recv "), "\(rows)×\(columns)")
    }
  }

  @Test("What happened is told calmly where it is none of the choices")
  func otherwise() {
    var model = begun(rows: 30)
    #expect(take("1 enter", in: &model) == [.lesson(.votes([1, 0, 0]))])
    _ = model.update(.lesson(SampleLesson.event("revealed 2")!), journal)
    #expect(screen(model).contains("none of the choices"))
  }

  @Test("Elsewhere keys mean what they meant, but for hands, and the way back to the lesson is told")
  func otherPanes() {
    var model = begun()
    #expect(take("tab", in: &model) == [])
    #expect(model.window.focus == .records)
    #expect(screen(model).contains("the lesson waits; Tab goes to it"))
    #expect(take("enter", in: &model) == [])
    #expect(model.lesson?.state.answer?.isAnswered == false && model.lesson?.state.isAsking == true)
    _ = take("escape T", in: &model)
    #expect(!screen(model).contains("Question 1 of 2"))
    #expect(screen(model).contains("the lesson waits; T goes to it"))
    _ = take("T", in: &model)
    #expect(screen(model).contains("Question 1 of 2") && model.window.focus == .lesson)
  }

  @Test("A hint is shown when asked for, and is no key where there is none")
  func hints() {
    var model = begun()
    #expect(screen(model).contains("I hint"))
    _ = take("I", in: &model)
    #expect(screen(model).contains("Hint: Who tells recv that more is on its way?"))
    _ = take("I", in: &model)
    #expect(screen(model).contains("there is no hint now"))
  }

  @Test("Back, again and skip")
  func ways() {
    var model = begun()
    #expect(take(",", in: &model) == [])
    #expect(screen(model).contains("no question was answered"))
    #expect(take("2 enter", in: &model) == [.lesson(.votes([0, 1, 0]))])
    let answers = model.lesson?.state.answers ?? []
    #expect(take(",", in: &model) == [.play(.back(to: 0, keeping: answers))])
    #expect(take("ctrl-r", in: &model) == [.play(.again([]))])
    model = begun()
    #expect(take(".", in: &model) == [.lesson(.votes([0, 0, 0]))])
    #expect(model.update(.lesson(.discussed), journal) == [.lesson(.votes([]))])
    #expect(model.update(.lesson(SampleLesson.event("revealed 0")!), journal).first == .lesson(.goOn))
  }

  @Test(
    "A window that is too small says what the lesson needs, and takes no answer unseen",
    arguments: [(15, 80), (24, 45)])
  func small(rows: Int, columns: Int) {
    var model = begun()
    _ = model.update(.resized(rows: rows, columns: columns), journal)
    #expect(screen(model).contains("The lesson needs a window of 46×16"))
    #expect(take("1 enter space .", in: &model) == [])
    #expect(model.lesson?.state.answer?.isAnswered == false)
    _ = model.update(.resized(rows: 24, columns: 80), journal)
    #expect(screen(model).contains("What does the first recv(10) return?"))
    #expect(take("1", in: &model) == [] && model.lesson?.state.answer?.votes == [1, 0, 0])
  }

  @Test(
    "Every size shows the question whole while it stands",
    arguments: [(16, 46), (24, 80), (36, 120), (60, 200), (30, 150)])
  func sizes(rows: Int, columns: Int) {
    var model = begun()
    for isBig in [false, true] {
      model.window.isBig = isBig
      _ = model.update(.resized(rows: rows, columns: columns), journal)
      _ = take("g", in: &model)
      var seen = screen(model)
      for _ in 0..<12 {
        _ = take("down down", in: &model)
        seen += screen(model)
      }
      for text in ["What does the first", "1  5", "2  10", "3  55"] {
        #expect(seen.contains(text), "\(rows)×\(columns)")
      }
    }
  }

  @Test("The border below the lesson goes where the mouse drags it")
  func border() throws {
    var model = begun(rows: 36, columns: 120)
    let rect = try #require(model.layout.lesson)
    for (act, row) in [(.press, rect.rows.upperBound), (.drag, rect.rows.upperBound + 4), (.release, 30)]
      as [(Pointer.Act, Int)]
    {
      _ = model.update(.pointer(Pointer(act, row: row, column: 40)), journal)
    }
    #expect(model.layout.lesson?.height == rect.height + 4)
    let row = rect.row + (model.lessonPage?.lines.firstIndex { $0.choice == 1 } ?? 0)
    _ = model.update(.pointer(Pointer(.press, row: row, column: 6)), journal)
    #expect(model.lesson?.state.answer?.votes == [0, 1, 0])
  }

  @Test("A text that is longer than its pane scrolls, and Enter goes on only behind its end")
  func long() {
    var model = begun()
    for place in 0..<30 { _ = model.update(.lesson(.said("Paragraph \(place) of the lesson.")), journal) }
    _ = model.update(.lesson(.stepped), journal)
    #expect(screen(model).contains("↓ more"))
    var presses = 0
    while take("enter", in: &model) != [.lesson(.goOn)], presses < 100 { presses += 1 }
    #expect((2..<20).contains(presses))
  }

  @Test("The labs are offered, and a choice is played in place of what runs")
  func chooser() {
    var model = press("", journal, rows: 24, columns: 100).model
    _ = model.update(.key(Chord("L")), journal)
    #expect(screen(model).contains("no labs were found"))
    _ = take("escape", in: &model)
    _ = model.update(.catalog(SampleLesson.catalog), journal)
    _ = model.update(.offerLabs, journal)
    let text = screen(model)
    #expect(
      text.contains("lesson  When does recv(10) return? — first-recv")
        && text.contains("1 of 2 right, 3 times"))
    #expect(take("r a c e enter", in: &model) == [.play(.lab("recv-race"))])
  }

  @Test("again takes values, and says where there is nothing to play again")
  func again() throws {
    var model = press("", journal).model
    func type(_ line: String) -> [Effect] {
      ([Chord(":")] + line.unicodeScalars.map { Chord($0) } + [Chord(.enter)]).flatMap {
        model.update(.key($0), journal)
      }
    }
    #expect(type("again") == [])
    #expect(screen(model).contains("no lab was played here"))
    model.begin(title: "recv-race", isPlayed: true, bursts: [], lesson: nil)
    #expect(type("again --recv 4") == [.play(.again([.size(4)]))])
    #expect(type("say \"x\"") == [])
    #expect(screen(model).contains("say stands in a lab, which stops there"))
  }

  @Test("Another run begins with nothing of the one before, and looks as that did")
  func begin() {
    var model = press("x", journal, rows: 36).model
    _ = take("k : a b", in: &model)
    let filter = model.table.filter
    model.begin(title: "other", isPlayed: true, bursts: [], lesson: nil)
    let empty = JournalWriter(wall: 0).journal
    _ = model.update(.journalChanged, empty)
    #expect(model.table.follows && model.overlay == nil && model.table.filter == filter)
    let text = view(model, empty).grid.text
    #expect(text.contains("other") && text.contains("0 sockets") && !text.contains("server.1"))
  }
}
