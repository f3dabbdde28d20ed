import CLinux

/// The kernel's filter: only TCP and UDP of some ports passes, so that other traffic costs next to nothing. See
/// socket(7), SO_ATTACH_FILTER.
struct WireFilter {
  /// Ranges of ports that the filter looks for; of more than these the nearest are joined, and what lies between them is thrown
  /// away later.
  static let mostRanges = 64

  private(set) var instructions: [cl_wire_instruction] = []

  /// Codes of <linux/bpf_common.h>.
  private enum Code: UInt16 {
    case loadByte = 0x30
    case loadHalf = 0x28
    case loadWord = 0x20
    case loadHalfBehindX = 0x48
    case loadHeaderLength = 0xb1
    case loadX = 0x01
    case shiftRight = 0x74
    case jump = 0x05
    case ifEqual = 0x15
    case ifGreater = 0x25
    case ifGreaterOrEqual = 0x35
    case ifAnyBit = 0x45
    case answer = 0x06
  }

  /// What the kernel knows of a packet lies at these places: SKF_AD_OFF of <linux/filter.h>.
  private static let packetType: UInt32 = 0xffff_f000 + 4
  private static let hardwareType: UInt32 = 0xffff_f000 + 28
  private static let outgoing: UInt32 = 4
  private static let loopback: UInt32 = 772

  /// - Parameter ports: nothing passes without any.
  init(ports: Set<UInt16>) {
    if ports.isEmpty {
      add(.answer, 0)
      return
    }
    // On lo each packet passes twice, going out and coming in.
    add(.loadWord, Self.packetType)
    add(.ifEqual, Self.outgoing, 0, 3)
    add(.loadWord, Self.hardwareType)
    add(.ifEqual, Self.loopback, 0, 1)
    add(.answer, 0)
    add(.loadByte, 0)
    add(.shiftRight, 4)
    add(.ifEqual, 6, 8, 0)
    add(.ifEqual, 4, 0, 15)
    // IPv4: the transport; a later fragment has no ports.
    add(.loadByte, 9)
    add(.ifEqual, 6, 1, 0)
    add(.ifEqual, 17, 0, 12)
    add(.loadHalf, 6)
    add(.ifAnyBit, 0x1fff, 11, 0)
    add(.loadHeaderLength, 0)
    add(.jump, 11)
    // IPv6: what has headers between is looked at later.
    add(.loadByte, 6)
    add(.ifEqual, 6, 8, 0)
    add(.ifEqual, 17, 7, 0)
    add(.ifEqual, 44, 5, 0)
    add(.ifEqual, 0, 4, 0)
    add(.ifEqual, 43, 3, 0)
    add(.ifEqual, 60, 2, 0)
    add(.jump, 0)
    add(.answer, 0)
    add(.answer, UInt32(CL_WIRE_BYTES))
    add(.loadX, 40)
    let ranges = Self.ranges(ports)
    for place in [0, 2] as [UInt32] {
      add(.loadHalfBehindX, place)
      for range in ranges {
        if range.count == 1 {
          add(.ifEqual, UInt32(range.lowerBound), 0, 1)
        } else {
          add(.ifGreaterOrEqual, UInt32(range.lowerBound), 0, 2)
          add(.ifGreater, UInt32(range.upperBound), 1, 0)
        }
        add(.answer, UInt32(CL_WIRE_BYTES))
      }
    }
    add(.answer, 0)
  }

  private mutating func add(_ code: Code, _ value: UInt32, _ ifTrue: UInt8 = 0, _ ifFalse: UInt8 = 0) {
    instructions.append(
      cl_wire_instruction(code: code.rawValue, if_true: ifTrue, if_false: ifFalse, value: value))
  }

  /// As few ranges as are allowed that hold all the ports.
  static func ranges(_ ports: Set<UInt16>, most: Int = mostRanges) -> [ClosedRange<UInt16>] {
    let sorted = ports.sorted()
    guard let first = sorted.first else { return [] }
    // The widest gaps stay.
    let gaps = zip(sorted, sorted.dropFirst()).filter { $1 - $0 > 1 }
      .sorted { $0.1 - $0.0 > $1.1 - $1.0 }
      .prefix(most - 1).sorted { $0.0 < $1.0 }
    var ranges: [ClosedRange<UInt16>] = []
    var begin = first
    for (end, next) in gaps {
      ranges.append(begin...end)
      begin = next
    }
    return ranges + [begin...sorted[sorted.count - 1]]
  }
}
