/// One choice about how a way passes bytes on.
public enum PassageSetting: Sendable, Equatable {
  /// nil cuts nothing.
  case slice(ClosedRange<Int>?)
  case seed(UInt64)
  /// 0 is none at all, here and below.
  case gap(Nanoseconds)
  case coalesce(Nanoseconds)
  case delay(Nanoseconds)
  /// nil for as many as come.
  case rate(Int?)
  case proof(Bool)

  /// The value as it would be written after the option.
  public var valueText: String {
    switch self {
    case .slice(nil), .rate(nil), .gap(0), .coalesce(0), .delay(0): "off"
    case .slice(let sizes?):
      sizes.count == 1 ? "\(sizes.lowerBound)" : "\(sizes.lowerBound)..\(sizes.upperBound)"
    case .seed(let seed): "\(seed)"
    case .gap(let time), .coalesce(let time), .delay(let time): DurationText.text(time)
    case .rate(let bytes?): "\(bytes)"
    case .proof(let isNeeded): isNeeded ? "on" : "off"
    }
  }
}

extension PassageRules {
  public mutating func apply(_ setting: PassageSetting) {
    switch setting {
    case .slice(let sizes): slice = sizes
    case .seed(let number): seed = number
    case .gap(let time): gap = time
    case .coalesce(let time): coalesce = time
    case .delay(let time): delay = time
    case .rate(let bytes): rate = bytes
    case .proof(let isNeeded): needsProof = isNeeded
    }
  }
}
