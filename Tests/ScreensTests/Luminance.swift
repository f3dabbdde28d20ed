import Foundation
import Screens

/// Relative luminance of a colour as a terminal shows it, by WCAG 2.1.
struct Luminance {
  let value: Double

  init(_ color: Color, colors: Int) {
    let number = color.number(colors: colors)
    let rgb = colors > 256 ? [number >> 16 & 255, number >> 8 & 255, number & 255] : Self.xterm(number)
    let linear = rgb.map { level -> Double in
      let level = Double(level) / 255
      return level <= 0.03928 ? level / 12.92 : pow((level + 0.055) / 1.055, 2.4)
    }
    value = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }

  func contrast(with other: Luminance) -> Double {
    (max(value, other.value) + 0.05) / (min(value, other.value) + 0.05)
  }

  /// One of xterm's cube and greys: the themes ask for no other of its 256.
  private static func xterm(_ number: Int) -> [Int] {
    if number >= 232 { return Array(repeating: 8 + 10 * (number - 232), count: 3) }
    let (place, steps) = (number - 16, [0, 95, 135, 175, 215, 255])
    return [steps[place / 36], steps[place / 6 % 6], steps[place % 6]]
  }
}
