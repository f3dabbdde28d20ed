import Testing
import Traffic

@testable import Screens

@Suite("A page to take home from the workbench")
struct HandoutTests {
  private let journal = SampleJournals.recvReturns()

  private func begun(title: String = "first-recv", isPlayed: Bool = true) -> Model {
    var model = press("", journal).model
    let lesson = isPlayed ? LessonState(SampleLesson.plan) : nil
    model.begin(title: title, isPlayed: isPlayed, bursts: [], lesson: lesson)
    if isPlayed { _ = model.update(.lesson(.asked(0)), journal) }
    return model
  }

  private func take(_ keys: String, in model: inout Model) -> [Effect] {
    keys.split(separator: " ").flatMap { model.update(.key(Chord(String($0))!), journal) }
  }

  @Test(
    "Y offers a file named as what is played, and Enter writes it with the hands as they stand",
    arguments: [
      ("first-recv", "first-recv.html"), ("my.lab", "my.html"), ("x --recv 4", "x.html"), ("", "lab.html"),
    ])
  func key(title: String, file: String) throws {
    var model = begun(title: title)
    #expect(take("1 1 2 Y", in: &model) == [])
    #expect(model.overlay?.prompt?.editor.text == "handout \(file)")
    let effects = take("enter", in: &model)
    guard case .handout(let request)? = effects.first else {
      Issue.record("\(effects)")
      return
    }
    #expect(request.path == file && !request.isBlank && request.answers.map(\.rounds) == [[[2, 1, 0]]])
    #expect(view(model, journal).grid.text.contains("writing \(file)"))
    _ = model.update(.handedOut(request, nil), journal)
    #expect(view(model, journal).grid.text.contains("wrote \(file), to take home"))
    _ = model.update(.handedOut(request, "\(file) is there already"), journal)
    #expect(view(model, journal).grid.text.contains("\(file) is there already"))
  }

  @Test("An exercise sheet is asked for behind the name")
  func blank() {
    var model = begun()
    _ = take("Y", in: &model)
    _ = model.update(.paste(" --blank"), journal)
    guard case .handout(let request)? = take("enter", in: &model).first else {
      Issue.record("nothing is written")
      return
    }
    #expect(request.isBlank)
    _ = model.update(.handedOut(request, nil), journal)
    #expect(view(model, journal).grid.text.contains("an exercise sheet"))
  }

  @Test("Where nothing is played it says so, by the key and by the command")
  func nothing() {
    var model = begun(isPlayed: false)
    #expect(take("Y", in: &model) == [])
    #expect(view(model, journal).grid.text.contains("no lab was played here"))
    #expect(take("escape :", in: &model) == [])
    #expect(model.update(.paste("handout x.html", isEntered: true), journal) == [])
    #expect(view(model, journal).grid.text.contains("no lab was played here"))
  }

  @Test("The command is completed")
  func completion() {
    #expect(Completion("hand", sockets: []).words == ["handout"])
    #expect(Completion("handout a.html ", sockets: []).words == ["--blank"])
    #expect(Completion("handout a.html --", sockets: []).words == ["--blank"])
  }
}
