/// What a burst will do, for a look before it is sent.
public struct BurstSummary: Sendable, Equatable {
  /// One of the first actions.
  public struct Item: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
      /// A send of so many bytes; nil if the size of a file or a macro is not known.
      case send(Int64?)
      case flagged(Int64?, SendFlag)
      /// Another action, by its word in the burst.
      case action(String)
    }

    /// When, counted from the burst's beginning.
    public var time: Nanoseconds
    public var kind: Kind
  }

  /// A file whose bytes it sends.
  public struct File: Sendable, Equatable {
    public var name: String
    public var look: FileLook
  }

  /// The most files that the line has room for.
  private static let mostNamed = 3

  public let measure: BurstMeasure
  public let first: [Item]
  /// The files whose bytes it sends, each once.
  public let files: [File]

  /// - Parameters:
  ///   - count: how many of the first actions are wanted.
  ///   - look: what is known of a file, by the name that stands in the burst; asked once for each.
  public init(
    _ burst: Burst, first count: Int = 4, look: (String) -> FileLook = { _ in .unknown }
  ) throws(BurstError) {
    files = burst.files.map { File(name: $0, look: look($0)) }
    let sizes = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.look.size) })
    func fileSize(_ name: String) -> Int64? { sizes[name] ?? nil }
    measure = try BurstMeasure(burst, fileSize: fileSize)
    var items: [Item] = []
    var walk = StepWalk(measure.actions > 0 ? try StepWalk.folded(burst.steps, fileSize: fileSize) : [])
    while items.count < Swift.min(count, measure.actions), let step = walk.next() {
      switch step {
      case .send(let payload):
        items.append(Item(time: walk.time, kind: .send(try Self.size(payload, fileSize))))
      case .flagged(let payload, let flag):
        items.append(Item(time: walk.time, kind: .flagged(try Self.size(payload, fileSize), flag)))
      case .split(let payload, let size, let gap):
        var left = try Self.size(payload, fileSize)
        repeat {
          items.append(Item(time: walk.time, kind: .send(left.map { Swift.min(Int64(size), $0) })))
          left = left.map { $0 - Int64(size) }
          if (left ?? 0) > 0 { walk.advance(by: gap ?? 0) }
        } while (left ?? 0) > 0 && items.count < count
      case .cork, .uncork, .shutdown, .close, .reset:
        items.append(Item(time: walk.time, kind: .action(step.text)))
      case .pause, .at, .group: break
      }
    }
    first = items
  }

  /// In one line: `5 B, pause 100 ms, 50 B: 2 sends in 100 ms; @data.bin has 50 B`.
  public var text: String {
    var parts: [String] = []
    var time: Nanoseconds = 0
    for item in first {
      if item.time > time { parts.append("pause \(DurationText.spoken(item.time - time))") }
      time = item.time
      switch item.kind {
      case .send(let size): parts.append(Self.sizeText(size))
      case .flagged(let size, let flag): parts.append("\(flag.rawValue) \(Self.sizeText(size))")
      case .action(let word): parts.append(word)
      }
    }
    if first.count < measure.actions {
      parts.append("…")
    } else if measure.length > time {
      parts.append("pause \(DurationText.spoken(measure.length - time))")
    }
    let total =
      "\(measure.isTimeExact ? "" : "at least ")\(measure.sends) send\(measure.sends == 1 ? "" : "s")"
    let span = measure.length > 0 ? " in \(DurationText.spoken(measure.length))" : ""
    let bytes =
      first.count < measure.actions ? ", \(measure.isExact ? "" : "at least ")\(measure.bytes) B" : ""
    return "\(parts.joined(separator: ", ")): \(total)\(bytes)\(span)\(filesText)"
  }

  private var filesText: String {
    let known = files.compactMap { file -> String? in
      switch file.look {
      case .unknown: nil
      case .size(let size): "; @\(SafeText.string(file.name)) has \(size) B"
      case .failed(let reason): "; @\(SafeText.string(file.name)): \(reason)"
      }
    }
    let more = known.count - Self.mostNamed
    return known.prefix(Self.mostNamed).joined() + (more > 0 ? "; and \(more) more files" : "")
  }

  private static func size(
    _ payload: Payload, _ fileSize: (String) -> Int64?
  ) throws(BurstError) -> Int64? {
    let measure = try PayloadMeasure(payload, fileSize: fileSize)
    return measure.isExact ? measure.bytes : nil
  }

  private static func sizeText(_ size: Int64?) -> String { size.map { "\($0) B" } ?? "? B" }
}

extension Burst {
  /// What it will do, with files of unknown size.
  public var summary: BurstSummary {
    get throws(BurstError) { try BurstSummary(self) }
  }
}
