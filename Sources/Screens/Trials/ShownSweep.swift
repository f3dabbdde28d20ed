import Traffic

/// A sweep as it is shown: the plot of one socket, and below it the figures of the chosen size on each.
struct ShownSweep {
  let state: TrialsState
  let page: TrialsPage
  let sweep: Sweep

  private var rows: [Sweep.Row] { sweep.rows(state.sweepSocket ?? "") }
  /// The chosen size on each socket.
  var figures: [Sweep.Row] {
    sweep.sockets.compactMap { socket in sweep.rows(socket).first { $0.size == state.chosenSize } }
  }
  var figuresHeight: Int { figures.count + 1 }
  var plotHeight: Int { page.chartHeight - figuresHeight - 2 }

  var plot: SweepPlot {
    SweepPlot(rows, chosen: state.chosenSize, width: page.width, height: plotHeight)
  }
}
