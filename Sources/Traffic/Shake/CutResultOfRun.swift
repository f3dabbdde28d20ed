extension CutResult {
  /// What one of several runs shows.
  /// - Parameter verdicts: of each run.
  public init(_ cuts: CutPlaces, _ run: CutRun, _ verdicts: [CutVerdict]) {
    self.init(
      cuts: cuts, verdict: CutVerdict(of: verdicts), isProven: run.doubt == nil,
      note: run.crash ?? run.doubt ?? "",
      runs: verdicts, answer: Array(run.answers.joined().prefix(Self.keptAnswer)),
      answered: run.answers.reduce(0) { $0 + $1.count }, end: run.end, calls: run.calls)
  }
}
