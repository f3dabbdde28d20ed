import Traffic

/// Shapes of SVG. What they look like is told by classes.
extension ByteBuffer {
  /// A number of pixels, with one decimal.
  mutating func append(pixels value: Double) {
    let tenths = Int64((value * 10).rounded())
    if tenths < 0 { append("-") }
    append(number: abs(tenths) / 10)
    if tenths % 10 != 0 {
      append(".")
      append(number: abs(tenths) % 10)
    }
  }

  private mutating func append(_ name: StaticString, _ value: Double) {
    append(" ")
    append(name)
    append("=\"")
    append(pixels: value)
    append("\"")
  }

  private mutating func append(classes: String) {
    append(" class=\"")
    append(text: classes)
    append("\"")
  }

  /// A line.
  mutating func addLine(_ classes: String, from: (x: Double, y: Double), to: (x: Double, y: Double)) {
    append("<line")
    append(classes: classes)
    append("x1", from.x)
    append("y1", from.y)
    append("x2", to.x)
    append("y2", to.y)
    append("/>")
  }

  /// A box with round corners, and what is told of it when somebody points at it.
  mutating func addBox(
    _ classes: String, x: Double, y: Double, width: Double, height: Double, title: String? = nil
  ) {
    append("<rect")
    append(classes: classes)
    append("x", x)
    append("y", y)
    append("width", width)
    append("height", height)
    append(" rx=\"3\"")
    guard let title else { return append("/>") }
    append("><title>")
    append(html: title)
    append("</title></rect>")
  }

  /// A line of text.
  /// - Parameter anchor: which point of it stands at the place: start, middle or end.
  mutating func addText(_ classes: String, x: Double, y: Double, anchor: String = "start", _ text: String) {
    append("<text")
    append(classes: classes)
    append("x", x)
    append("y", y)
    if anchor != "start" {
      append(" text-anchor=\"")
      append(text: anchor)
      append("\"")
    }
    append(">")
    append(html: text)
    append("</text>")
  }
}
