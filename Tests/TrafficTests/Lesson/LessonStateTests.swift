import Testing

@testable import Traffic

@Suite("Where a lesson stands")
struct LessonStateTests {
  private static let plan: LessonPlan = {
    let lab = try! Lab(  // it has no mistake
      parsing: """
        say "One."
        ask "First?" 5 | 10
        hint "h1"
        hint "h2"
        discuss
        reveal by s recv #1 because "a"
        step
        ask "Second?" 1 | 2 | 3
        reveal by s recv #2 because "b"
        """)
    return LessonPlan(lab)!
  }()

  private static func outcome(_ choice: Int?) -> LessonOutcome {
    LessonOutcome(
      Revelation(measure: "recv #1", got: "5", reason: "a", right: choice.map(String.init)), choice: choice,
      sequence: 7)
  }

  @Test("A lab without a word of a lesson is none")
  func none() throws {
    #expect(LessonPlan(try Lab(parsing: "listen 0\nwait 1ms")) == nil)
    #expect(LessonPlan(try Lab(parsing: "say \"hello\"")) != nil)
    #expect(Self.plan.parts.map(\.hints) == [["h1", "h2"], []])
    #expect(Self.plan.parts.map(\.isDiscussed) == [true, false])
  }

  @Test("A class counts hands, sees the split, talks, counts again, and sees what happened")
  func twoRounds() {
    var state = LessonState(Self.plan)
    #expect(state.take(.said("One.")) == nil)
    #expect(state.take(.asked(0)) == nil)
    #expect(state.stop == .question(round: 1) && state.needsHand && state.page == ["One."])
    // Nobody has answered: it goes on with nothing.
    #expect(state.take(.next) == nil && state.stop == .question(round: 1))
    for choice in [0, 1, 1, 1, 7] { #expect(state.take(.hand(choice)) == nil) }
    #expect(state.answer?.votes == [1, 3])
    _ = state.take(.takeBack)
    #expect(state.answer?.votes == [1, 2])
    #expect(state.take(.next) == nil && state.stop == .split(round: 1))
    #expect(state.take(.hand(0)) == nil && state.answer?.votes == [1, 2])
    #expect(state.take(.next) == .votes([1, 2]) && state.stop == nil)
    #expect(state.take(.discussed) == nil && state.stop == .talk)
    #expect(state.take(.next) == nil && state.stop == .question(round: 2))
    _ = state.take(.hand(0))
    _ = state.take(.hand(0))
    _ = state.take(.next)
    #expect(state.take(.next) == .votes([2, 0]))
    #expect(state.take(.revealed(Self.outcome(0))) == nil && state.stop == .outcome)
    #expect(state.answer?.rounds == [[1, 2], [2, 0]] && state.answer?.isRight == true)
    #expect(state.take(.next) == .goOn)
    #expect(state.answered == 1 && state.right == 1)
  }

  @Test("One who is alone sees no split, and may keep the first answer in the second round")
  func alone() {
    var state = LessonState(Self.plan)
    _ = state.take(.asked(0))
    _ = state.take(.hand(1))
    #expect(state.take(.next) == .votes([0, 1]))
    #expect(state.take(.discussed) == nil && state.stop == .talk)
    _ = state.take(.next)
    #expect(!state.needsHand && state.take(.next) == .votes([0, 0]))
    #expect(state.answer?.favourites == [1])
    _ = state.take(.revealed(Self.outcome(0)))
    #expect(state.answer?.isRight == false && state.right == 0)
  }

  @Test("A hint is shown when it is asked for, one after another")
  func hints() {
    var state = LessonState(Self.plan)
    _ = state.take(.asked(0))
    #expect(state.hints.isEmpty && state.hasMoreHints)
    for _ in 0..<3 { _ = state.take(.hint) }
    #expect(state.hints == ["h1", "h2"] && !state.hasMoreHints)
  }

  @Test("A page begins anew behind a stop, and what was said before a question stays with it")
  func pages() {
    var state = LessonState(Self.plan)
    _ = state.take(.said("a"))
    _ = state.take(.said("b"))
    #expect(state.take(.stepped) == nil && state.stop == .page && state.page == ["a", "b"])
    #expect(state.take(.next) == .goOn && state.page == ["a", "b"])
    _ = state.take(.said("c"))
    #expect(state.page == ["c"])
    _ = state.take(.asked(0))
    _ = state.take(.hand(0))
    _ = state.take(.next)
    #expect(state.page == ["c"] && state.question?.text == "First?")
    _ = state.take(.revealed(Self.outcome(0)))
    _ = state.take(.next)
    #expect(state.question != nil)
    _ = state.take(.said("d"))
    #expect(state.page == ["d"] && state.question == nil)
  }

  @Test("Skipping goes on to the next question, and leaves this one without an answer")
  func skip() {
    var state = LessonState(Self.plan)
    _ = state.take(.asked(0))
    #expect(state.take(.skip) == .votes([0, 0]))
    #expect(state.take(.discussed) == .votes([]))
    #expect(state.take(.revealed(Self.outcome(0))) == .goOn)
    #expect(state.take(.stepped) == .goOn)
    #expect(state.take(.asked(1)) == nil && state.stop == .question(round: 1))
    #expect(state.answered == 0)
  }

  @Test("Back goes to the last question that has an answer, and quickly up to there")
  func back() {
    var state = LessonState(Self.plan)
    #expect(state.previous == nil)
    _ = state.take(.asked(0))
    #expect(state.previous == nil)
    for key in [LessonState.Key.hand(0), .hand(0), .next, .next] { _ = state.take(key) }
    #expect(state.previous == 0)
    _ = state.take(.discussed)
    for key in [LessonState.Key.next, .hand(1), .next] { _ = state.take(key) }
    _ = state.take(.revealed(Self.outcome(1)))
    _ = state.take(.next)
    _ = state.take(.stepped)
    #expect(state.previous == 0)
    _ = state.take(.next)
    _ = state.take(.asked(1))
    #expect(state.previous == 0)
    _ = state.take(.hand(2))
    #expect(state.previous == 1)

    var again = LessonState(Self.plan, upTo: 1, keeping: state.answers)
    #expect(again.take(.asked(0)) == .votes([2, 0]))
    #expect(again.take(.discussed) == .votes([0, 1]))
    #expect(again.take(.revealed(Self.outcome(1))) == .goOn)
    #expect(again.take(.stepped) == .goOn)
    #expect(again.take(.asked(1)) == nil && again.stop == .question(round: 1) && again.needsHand)
    #expect(again.answers[0].rounds == [[2, 0], [0, 1]] && again.right == 1)
  }

  @Test("It is over with its last line, and not where the lab has failed", arguments: [true, false])
  func over(isWhole: Bool) {
    var state = LessonState(Self.plan)
    _ = state.take(.asked(0))
    _ = state.take(.ended(isWhole: isWhole))
    #expect(state.isOver == isWhole && state.stop == nil)
  }
}
