/// The bursts at hand: the user's, and those that the running lab defines.
///
/// A name and a key stand for one burst. Where the lab and the user have the same, it is the lab's.
public struct BurstLibrary: Sendable, Equatable {
  /// A change of the user's bursts.
  public enum Change: Sendable, Equatable {
    /// Adds a burst, in place of the one named `replacing` or of the one with its name. Its key is taken from others.
    case put(NamedBurst, replacing: String?)
    case remove(String)
  }

  public private(set) var own: [NamedBurst] = []
  public private(set) var lab: [NamedBurst] = []

  public init(own: [NamedBurst] = [], lab: [NamedBurst] = []) {
    for burst in own { Self.put(burst, replacing: nil, in: &self.own) }
    for burst in lab { define(burst) }
  }

  /// Those that can be had now: in the order of their keys, then those without one.
  public var all: [NamedBurst] {
    let labKeys = Set(lab.compactMap(\.key))
    let names = Set(lab.map(\.name))
    let others = own.filter { !names.contains($0.name) }.map { burst in
      var burst = burst
      if let key = burst.key, labKeys.contains(key) { burst.label.key = nil }
      return burst
    }
    let all = lab + others
    return all.filter { $0.key != nil }.sorted { $0.key ?? 0 < $1.key ?? 0 } + all.filter { $0.key == nil }
  }

  public func burst(named name: String) -> NamedBurst? { all.first { $0.name == name } }

  public func burst(key: Int) -> NamedBurst? { all.first { $0.key == key } }

  /// True if the lab's burst is what the name stands for.
  public func isLabs(_ name: String) -> Bool { lab.contains { $0.name == name } }

  /// Adds a burst of the lab; one that has its name is replaced, one that has its key loses it.
  public mutating func define(_ burst: NamedBurst) { Self.put(burst, replacing: nil, in: &lab) }

  public mutating func apply(_ change: Change) {
    switch change {
    case .put(let burst, let old): Self.put(burst, replacing: old, in: &own)
    case .remove(let name): own.removeAll { $0.name == name }
    }
  }

  private static func put(_ burst: NamedBurst, replacing old: String?, in bursts: inout [NamedBurst]) {
    let place = bursts.firstIndex { $0.name == old ?? burst.name }
    if let place { bursts[place] = burst } else { bursts.append(burst) }
    let kept = place ?? bursts.count - 1
    bursts = bursts.enumerated().compactMap { index, other in
      if index == kept { return other }
      if other.name == burst.name { return nil }
      var other = other
      if burst.key != nil, other.key == burst.key { other.label.key = nil }
      return other
    }
  }
}
