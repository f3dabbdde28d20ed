import Traffic

/// Statistics of what is in view, made beside the screen.
extension Model {
  /// Of the socket that is selected, or of everything, as far as the filters let it through.
  mutating func openStatistics() -> [Effect] {
    guard case .socket(let socket) = list.selection else { return openStatistics(of: nil, "everything") }
    let isListener = sockets.info(socket)?.role == .listener
    return openStatistics(of: socket, sockets.name(socket) + (isListener ? " and its connections" : ""))
  }

  /// Of a socket that was named in a command.
  mutating func openStatistics(named name: String?) -> [Effect] {
    guard let name else { return openStatistics(of: nil, "everything") }
    guard let socket = sockets.id(named: name) else {
      notice = Notice(kind: .error, text: "there is no socket \(name)")
      return []
    }
    return openStatistics(of: socket, name)
  }

  private mutating func openStatistics(of socket: SocketID?, _ subject: String) -> [Effect] {
    statisticsMade += 1
    let scope = StatisticsScope(
      of: socket, where: table.search?.filter, kinds: table.filter.kinds(hasMessages: false),
      countsMessages: table.filter.showsMessages, before: frozen?.sequence ?? .max)
    let request = StatisticsRequest(id: statisticsMade, scope: scope)
    overlay = .statistics(StatisticsState(request, of: subject))
    return [.count(request)]
  }

  mutating func take(_ news: StatisticsNews) {
    guard case .statistics(var state) = overlay else { return }
    state.take(news)
    overlay = .statistics(state)
  }

  /// Scrolls the statistics; any other key closes them.
  mutating func take(_ move: Move?, in statistics: StatisticsState) -> [Effect] {
    var statistics = statistics
    let page = statisticsPage(statistics)
    let height = page.scrolled(height: layout.help.height)
    if let move, statistics.take(move, page: height, lines: page.height) {
      overlay = .statistics(statistics)
      return []
    }
    overlay = nil
    return [.stopCounting]
  }

  func statisticsPage(_ state: StatisticsState) -> StatisticsPage {
    StatisticsPage(state.statistics, width: layout.help.width - 2, isTall: layout.rows >= 34)
  }
}
