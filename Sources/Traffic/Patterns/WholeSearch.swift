extension Pattern {
  /// Looks for it in bytes that are all there: a repetition takes as much as it can, and the match counts
  /// that begins first.
  /// - Returns: what the groups of a regular expression hold, up to the ninth; nil if it does not occur.
  public func groups(in bytes: ArraySlice<UInt8>) -> [[UInt8]]? {
    switch self {
    case .count(let count): return bytes.count >= count ? [] : nil
    case .regex(let regex) where regex.groups > 0:
      var search = GroupSearch(regex)
      return search.find(in: bytes)?.map { group in
        Array(bytes[bytes.startIndex + group.lowerBound..<bytes.startIndex + group.upperBound])
      }
    case .bytes, .regex:
      var matcher = PatternMatcher(self)
      return matcher.search(bytes).isEmpty ? nil : []
    }
  }
}
