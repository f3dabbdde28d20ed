import Testing
import Traffic

@testable import Screens

@Suite("Trials of the lab in play")
struct TrialsTests {
  private static let (late, early) = (SampleTrials.late, SampleTrials.early)

  /// A workbench in which a lab was played.
  private final class Played {
    var model = Model(title: "lab")
    let journal = SampleJournals.recvReturns()

    init(isPlayed: Bool = true) {
      model.begin(title: "recv-race", isPlayed: isPlayed, bursts: [], lesson: nil)
      update(.resized(rows: 24, columns: 80))
    }

    @discardableResult
    func update(_ message: Message) -> [Effect] { model.update(message, journal) }

    @discardableResult
    func take(_ keys: String) -> [Effect] {
      keys.split(separator: " ").flatMap { key in
        (Chord(String(key)).map { [$0] } ?? key.unicodeScalars.map { Chord($0) })
          .flatMap { update(.key($0)) }
      }
    }

    func type(_ line: String) -> [Effect] {
      take(":")
      update(.paste(line))
      return take("enter")
    }

    func shows(_ text: String) -> Bool { view(model, journal).grid.text.contains(text) }
  }

  @Test("The command asks for runs, and the pane opens with the first news")
  func begins() {
    let it = Played()
    let request = TrialsRequest(id: 1, count: 20, sizes: [])
    #expect(it.type("trials 20") == [.startTrials(request)])
    #expect(it.model.overlay == nil)
    it.update(.trials(SampleTrials.race([], of: 20)))
    #expect(it.shows("Trials of recv-race") && it.shows("0 of 20 runs"))
    #expect(it.shows("the first run is under way"))
    it.update(.trials(SampleTrials.race([Self.late], of: 20)))
    #expect(it.shows("▸ 10 10 10 10 10 5 0   1  100.0 %"))
  }

  @Test("A sweep asks for its sizes")
  func sweep() {
    let it = Played()
    let request = TrialsRequest(id: 1, count: 3, sizes: [1, 1024])
    #expect(it.type("trials 3 recv=1,1k") == [.startTrials(request)])
    #expect(request.total == 6)
  }

  @Test("Without a lab in play there is nothing to try, and it says what is to be done")
  func noLab() {
    let it = Played(isPlayed: false)
    #expect(it.type("trials 20") == [])
    #expect(it.model.notice?.text.contains("no lab was played here; L offers some") == true)
    #expect(it.take("#") == [] && it.model.overlay == nil)
  }

  @Test("The key opens the prompt for the first trials, and then shows what they came to")
  func key() {
    let it = Played()
    it.take("#")
    #expect(it.model.overlay?.prompt?.editor.text == "trials 300")
    #expect(it.take("enter") == [.startTrials(TrialsRequest(id: 1, count: 300, sizes: []))])
    it.update(.trials(SampleTrials.race([Self.late], of: 300)))
    #expect(it.model.overlay?.isTrials == true)
    it.take("escape")
    #expect(it.shows("trials 1/300  ? help"), "who looks elsewhere is told how far they are")
    it.take("#")
    #expect(it.model.overlay?.isTrials == true && !it.shows("trials 1/300"))
  }

  @Test("What somebody types is left alone when the first news come")
  func prompt() {
    let it = Played()
    it.take(": m")
    it.update(.trials(SampleTrials.race([Self.late], of: 300)))
    #expect(it.model.overlay?.prompt?.editor.text == "m")
  }

  @Test("While they run a further order is refused, and ^X ends them")
  func running() {
    let it = Played()
    it.update(.trials(SampleTrials.race([Self.late], of: 300)))
    #expect(it.take("ctrl-x") == [.stopTrials])
    #expect(it.type("trials 5") == [])
    #expect(
      it.model.notice?.text.contains("trials are under way: # shows them, and ^X there ends them") == true)
    it.update(.trials(SampleTrials.race([Self.late], of: 300, isOver: true)))
    #expect(it.take("#") == [] && it.shows("stopped after 1 of 300 runs"))
    #expect(it.take("ctrl-x") == [] && it.shows("no trials are under way now"))
    #expect(it.type("trials 5") == [.startTrials(TrialsRequest(id: 1, count: 5, sizes: []))])
  }

  @Test(
    "While runs come each outcome stays in its line, then the most frequent stands first; the choice stays with it"
  )
  func order() {
    let it = Played()
    func bars() -> [[Int]] {
      it.model.trials.lines.compactMap {
        if case .bar(_, let row) = $0 {
          row.results.text.split(separator: " ").compactMap { Int($0) }
        } else {
          nil
        }
      }
    }
    var runs = [Self.early, Self.late]
    it.update(.trials(SampleTrials.race(runs, of: 6)))
    #expect(it.model.trials.run?.run == 1)
    runs += [Self.late, Self.late, [55, 0]]
    it.update(.trials(SampleTrials.race(runs, of: 6)))
    #expect(bars() == [Self.early, Self.late, [55, 0]])
    #expect(it.take("j") == [] && it.model.trials.run?.run == 2)
    runs.append([55, 0])
    it.update(.trials(SampleTrials.race(runs, of: 6, isOver: true)))
    #expect(bars() == [Self.late, [55, 0], Self.early])
    #expect(it.model.trials.run?.run == 2 && it.model.trials.cursor == 1)
  }

  @Test(
    "Keys move over the bars of all sockets, and never out of them",
    arguments: [
      ("", 1), ("down", 2), ("up", 1), ("G", 4), ("G down", 4), ("down down", 4), ("G g", 1),
      ("page-down", 4),
      ("left", 1),
    ])
  func moving(keys: String, line: Int) {
    let it = Played()
    var news = TrialsNews(TrialsRequest(id: 1, count: 2, sizes: []), title: "lab")
    _ = news.add(SampleTrials.result(["a": [1], "b": [5]]))
    _ = news.add(SampleTrials.result(["a": [2], "b": [5]]))
    it.update(.trials(news))
    it.take(keys)
    // Heads and the blank line between are no bars.
    #expect(it.model.trials.cursor == (line == 4 ? 5 : line))
  }

  @Test("Enter asks for a run with that outcome; in it the socket is selected, and the key goes back")
  func showing() throws {
    let it = Played()
    it.update(.trials(SampleTrials.race([Self.late, Self.early], of: 2, isOver: true)))
    #expect(it.take("down enter") == [.play(.trial(2))])
    it.model.begin(
      title: "recv-race run 2", isPlayed: true, bursts: [], lesson: nil, isOver: true, isTrial: true)
    it.update(.journalChanged)
    #expect(it.model.list.selection == .socket(try #require(it.journal.socket(named: "server.1"))))
    #expect(it.shows("run 2 of the trials; # goes back to the bars"))
    it.take("#")
    #expect(it.shows("▸ 5 10 10 10 10 10 0"))
    #expect(it.take("escape ctrl-r") == [.play(.again([]))])
  }

  @Test("A run that is not kept is not asked for, and it is told")
  func notKept() {
    let it = Played()
    var news = SampleTrials.race([Self.late], of: 2)
    news.kept = []
    it.update(.trials(news))
    #expect(it.shows("It is not kept"))
    #expect(it.take("enter") == [] && it.shows("run 1 is not kept"))
  }

  @Test("What made them end is told, in the pane and for those who do not look at it")
  func failure() {
    let it = Played()
    it.update(.trials(SampleTrials.race([], of: 10)))
    it.take("escape")
    let news = SampleTrials.news("failed")
    if let news { it.update(.trials(news)) }
    #expect(it.shows("! trials: line 3: bind 127.0.0.1:9000: EADDRINUSE"))
    it.take("#")
    #expect(it.shows("stopped after 0 of 10 runs") && it.shows("! line 3: bind"))
    #expect(it.take("enter down") == [])
  }

  @Test("In a sweep the arrows choose a size, a socket, and Enter the first run with that size")
  func sweepKeys() throws {
    let it = Played()
    it.update(.trials(try #require(SampleTrials.news("sweep"))))
    #expect(it.model.trials.sweepSocket == "client" && it.model.trials.chosenSize == 1)
    it.take("right right down")
    #expect(it.model.trials.sweepSocket == "server.1" && it.model.trials.chosenSize == 100)
    #expect(it.shows("▸  100  server.1  1 071 535   102 MiB/s"))
    #expect(it.take("enter") == [.play(.trial(3))])
    it.take("G right")
    #expect(it.model.trials.chosenSize == 65_536)
    it.take("g left up up")
    #expect(it.model.trials.chosenSize == 1 && it.model.trials.sweepSocket == "client")
  }

  @Test("A click chooses a bar, or the size that is nearest")
  func clicks() throws {
    let it = Played()
    it.update(.trials(SampleTrials.race([Self.late, Self.early], of: 2)))
    it.update(.pointer(Pointer(.press, row: 6, column: 10)))
    #expect(it.model.trials.run?.run == 2)
    let other = Played()
    other.update(.trials(try #require(SampleTrials.news("sweep"))))
    other.update(.pointer(Pointer(.press, row: 8, column: 66)))
    #expect(other.model.trials.chosenSize == 65_536)
  }

  @Test("What a run came to is read from its journal, of sockets by name or by a part of it")
  func result() throws {
    for name in ["server.1", "server.*"] {
      let result = TrialResult(SampleJournals.recvReturns(), sockets: [name, "nobody"])
      #expect(result.outcomes.map(\.socket) == ["server.1"])
      #expect(result.outcomes.map(\.results.text) == ["5 10 10 10 10 10 0"])
      let rate = try #require(result.rates["server.1"])
      // From the arrival of the first byte to the return of the last call that got some.
      #expect(rate == TrialResult.Rate(calls: 7, bytes: 55, time: 100_553_000 - 409_000))
    }
  }

  @Test("Tab offers sizes")
  func completion() {
    let it = Played()
    it.take(": t r i a l s space 5 space tab")
    #expect(it.model.overlay?.prompt?.editor.text == "trials 5 recv=1,10,100,1k,64k ")
  }

  @Test(
    "No window is too small or too large, and no key too much",
    arguments: ["race", "many", "sweep", "sweep-begun", "begun", "failed", "stopped", "whole"])
  func anything(name: String) throws {
    let news = try #require(SampleTrials.news(name))
    let keys = "up down left right page-up page-down home end B # escape # n s ? escape # enter"
    for (rows, columns) in [(1, 1), (8, 30), (10, 40), (24, 80), (36, 99), (60, 200), (200, 500)] {
      let it = Played()
      it.update(.trials(news))
      for key in keys.split(separator: " ") {
        it.take(String(key))
        it.update(.resized(rows: rows, columns: columns))
        let grid = view(it.model, it.journal).grid
        #expect(grid.rows == rows && grid.columns == columns)
      }
    }
  }

  @Test("News of trials that were replaced change nothing of the newer ones' choice")
  func replaced() {
    let it = Played()
    it.update(.trials(SampleTrials.race([Self.late, Self.early], of: 2, isOver: true)))
    it.take("down")
    it.update(.trials(SampleTrials.race([Self.early], of: 5, id: 2)))
    #expect(it.model.trials.run?.run == 1 && it.model.trials.lines.count == 2)
  }
}
