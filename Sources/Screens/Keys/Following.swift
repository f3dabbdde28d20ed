extension CaseIterable where Self: Equatable, AllCases.Index == Int {
  /// The case after this one, and after the last the first.
  var following: Self {
    let all = Self.allCases
    let place = all.firstIndex(of: self) ?? 0
    return all[(place + 1) % all.count]
  }
}
