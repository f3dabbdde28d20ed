import Reports
import Traffic

extension CommandContext {
  func export(_ kind: ExportKind, to path: String) -> Result<Void, CommandFailure> {
    let options = ExportOptions(wall: run.clock.wall, version: runner.origin.program)
    return ExportFile.write(journal, kind, options, to: path).map { _ in }
      .mapError { .refused($0.description) }
  }
}
