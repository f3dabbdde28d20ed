import SystemPackage

/// The fields, by the records that have them. `JSONLines` writes the same.
extension FilterField {
  static let places: [FilterField] = [
    FilterField(
      "event", Record.Kind.allCases,
      .text(words: Record.Kind.allCases.map(\.word) + [MessageFacts.event]) { record, _, _ in record.kind.word
      }),
    FilterField("seq", Record.Kind.allCases, .number { _, sequence, _ in Int64(sequence) }),
    FilterField("t", Record.Kind.allCases, .time { record, _, _ in record.end }),
    FilterField(
      "socket", Record.Kind.allCases,
      .text(words: []) { record, _, around in around.name(of: record.socket) },
      .socket, isSocket: true),
  ]

  static let openings: [FilterField] = [
    FilterField(
      "wall", [.start],
      .text(words: []) { record, _, _ in
        record.wall.map { wall in String(writing: { $0.append(wall: wall) }) }
      }),
    FilterField(
      "kind", [.listen, .connect],
      .text(words: SocketKind.allCases.map(\.rawValue) + MessageKind.allCases.map(\.rawValue)) {
        record, _, around in
        around.info(of: record.socket)?.kind.rawValue
      }, .socket),
    FilterField(
      "connection", [.accept],
      .text(words: []) { record, _, around in record.connection.flatMap { around.info(of: $0)?.name } },
      .socket, isSocket: true),
    FilterField(
      "local", [.listen, .accept, .connect],
      .text(words: []) { record, _, around in
        if record.kind == .listen { return around.text(record) }
        return record.kind == .accept
          ? record.connection.flatMap { around.info(of: $0)?.local }
          : around.body(ConnectedEnds.self, of: record)?.local
      }, .payload),
    FilterField(
      "peer", [.accept, .connect],
      .text(words: []) { record, _, around in
        record.kind == .accept
          ? record.connection.flatMap { around.info(of: $0)?.peer }
          : around.body(ConnectedEnds.self, of: record)?.peer
      }, .payload),
    FilterField(
      "backlog", [.listen, .accept],
      .number { record, _, around in
        if record.kind == .accept { return record.backlogLeft.map(Int64.init) }
        return around.info(of: record.socket)?.role == .listener ? Int64(record.asked) : nil
      }, .socket),
    FilterField(
      "exposed", [.listen],
      .truth { record, _, around in around.info(of: record.socket)?.isExposed ?? false }, .socket),
    FilterField(
      "target", [.listen, .shake],
      .text(words: []) { record, _, around in
        if record.kind == .shake { return around.body(ShakeStart.self, of: record)?.target }
        return record.seed == nil ? nil : around.info(of: record.socket)?.target
      }, .payload),
    FilterField("seed", [.listen], .number { record, _, _ in record.seed.map { Int64(clamping: $0) } }),
    FilterField("pair", [.accept, .connect], .number { record, _, _ in record.pair.map(Int64.init) }),
  ]

  static let calls: [FilterField] = [
    FilterField("n", [.recv, .send], .number { record, _, _ in Int64(record.number) }),
    FilterField("start", [.recv, .send, .burst], .time { record, _, _ in record.start }),
    FilterField("waited", [.accept, .connect, .recv, .send, .wait], .time { record, _, _ in record.waited }),
    FilterField("asked", [.recv, .send], .number { record, _, _ in Int64(record.asked) }),
    FilterField(
      "returned", [.recv, .send, .call], .number { record, _, _ in record.returned.map(Int64.init) }),
    FilterField(
      "errno", [.accept, .connect, .recv, .send, .wait, .shutdown, .close, .option, .burst, .call],
      .text(words: Errno.allNames) { record, _, _ in record.errno?.name }),
    FilterField(
      "flags", [.recv, .segment],
      .text(words: MessageFlags.words.map(\.word) + TCPFlags.words) { record, _, _ in
        (record.segment?.flags.names ?? record.flags.names).joined(separator: ",")
      }, isList: true),
    FilterField("queued", [.recv], .number { record, _, _ in record.queued.map(Int64.init) }),
    FilterField("arrived", [.recv], .time { record, _, _ in record.arrived }),
    FilterField("segments", [.recv], .number { record, _, _ in record.segments.map(Int64.init) }),
    FilterField(
      "from", [.recv, .send],
      .text(words: []) { record, _, around in
        if record.kind == .recv {
          return record.conditions.contains(.datagram) ? record.address.map(around.address) : nil
        }
        return record.origin == nil
          ? nil : around.origins(record).map(String.init).joined(separator: ",")
      }, .socket),
    FilterField("lost", [.recv], .number { record, _, _ in record.lost.map(Int64.init) }),
    FilterField("segment_size", [.recv], .number { record, _, _ in record.segmentSize.map(Int64.init) }),
    FilterField(
      "offset", [.recv, .send, .segment],
      .number { record, _, _ in
        if let segment = record.segment { return segment.offset }
        return record.kind == .recv && record.conditions.contains(.datagram) ? nil : record.offset
      }),
    FilterField(
      "why", [.recv],
      .text(words: Reason.allCases.map(\.rawValue)) { record, _, _ in Reason(record)?.rawValue }),
    FilterField(
      "stopped_to", [.recv],
      .text(words: Interruption.allCases.map(\.word)) { record, _, _ in Interruption(record.conditions)?.word
      }
    ),
    FilterField("planned", [.send], .time { record, _, _ in record.planned }),
    FilterField("burst", [.send, .burst], .number { record, _, _ in record.burst.map(Int64.init) }),
    FilterField("step", [.send], .number { record, _, _ in record.step.map(Int64.init) }),
    FilterField(
      "to", [.send], .text(words: []) { record, _, around in record.address.map(around.address) }, .socket),
    FilterField(
      "changed", [.send, .release],
      .truth { record, _, _ in
        let isChanged = record.conditions.contains(.changed)
        return record.kind == .release || isChanged ? isChanged : nil
      }),
    FilterField(
      "data", [.recv, .send, .output], .bytes { record, _, around in around.payload(record) }, .payload),
  ]

  static let waits: [FilterField] = [
    FilterField(
      "call", FilterField.watched,
      .text(words: CallName.allCases.map(\.name)) { record, _, _ in
        record.call?.name ?? record.waitCall?.name
      }),
    FilterField("timeout", [.wait], .time { record, _, _ in record.timeout }),
    FilterField("readable", [.wait], .sets { $1.names($0.readable) }, .payload, isSocket: true),
    FilterField("writable", [.wait], .sets { $1.names($0.writable) }, .payload, isSocket: true),
    FilterField("exceptional", [.wait], .sets { $1.names($0.exceptional) }, .payload, isSocket: true),
    FilterField(
      "events", [.wait],
      .text(words: []) { record, _, around in
        if record.waitCall == .select { return nil }
        let events = around.body(WaitSets.self, of: record)?.events ?? []
        return events.flatMap { socket in
          socket.events.names.map { "\(around.name(of: socket.socket) ?? "") \($0)" }
        }.joined(separator: ",")
      }, .payload, isSocket: true),
    FilterField(
      "edges", [.wait],
      .text(words: []) { record, _, around in
        record.waitCall == .epollWait
          ? around.body(WaitSets.self, of: record).map { around.names($0.edges) } : nil
      }, .payload, isSocket: true),
  ]

  static let events: [FilterField] = [
    FilterField(
      "how", [.shutdown, .close],
      .text(words: Ending.allCases.map(\.word)) { record, _, _ in record.how?.word }),
    FilterField("unread", [.close], .number { record, _, _ in record.unread.map(Int64.init) }),
    FilterField("undelivered", [.close], .number { record, _, _ in record.undelivered.map(Int64.init) }),
    FilterField(
      "name", [.option],
      .text(words: []) { record, _, around in around.body(OptionChange.self, of: record)?.name }, .payload),
    FilterField(
      "value", [.option],
      .text(words: []) { record, _, around in around.body(OptionChange.self, of: record)?.granted }, .payload),
    FilterField(
      "requested", [.option],
      .text(words: []) { record, _, around in around.body(OptionChange.self, of: record)?.asked }, .payload),
    FilterField(
      "text", [.mark, .ask],
      .text(words: []) { record, _, around in
        record.kind == .mark ? around.text(record) : around.body(AskedQuestion.self, of: record)?.text
      }, .payload),
    FilterField("line", [.expect, .ask, .reveal], .number { record, _, _ in record.line.map(Int64.init) }),
    FilterField(
      "ok", [.expect, .burst, .reveal],
      .truth { record, _, around in
        record.kind != .burst
          ? record.result == 1 : around.body(BurstReport.self, of: record)?.keptTolerance
      }, .payload),
    FilterField(
      "wanted", [.expect],
      .text(words: []) { record, _, around in around.body(Verdict.self, of: record)?.wanted }, .payload),
    FilterField(
      "got", [.expect, .reveal],
      .text(words: []) { record, _, around in
        record.kind == .expect
          ? around.body(Verdict.self, of: record)?.got : around.body(Revelation.self, of: record)?.got
      }, .payload),
    FilterField(
      "way", [.hold, .release, .drop, .segment],
      .text(words: Way.allCases.map(\.rawValue) + [Direction.received, .sent].map(\.word)) { record, _, _ in
        record.way?.rawValue ?? record.wireWay?.word
      }),
    FilterField(
      "bytes", [.hold, .release, .drop, .burst],
      .number { record, _, around in
        record.kind == .burst ? around.body(BurstReport.self, of: record)?.bytes : Int64(record.asked)
      }, .payload),
  ]

  static let burstEnds: [FilterField] = [
    FilterField(
      "end", [.burst],
      .text(words: BurstReport.End.allCases.map(\.word)) { record, _, around in
        around.body(BurstReport.self, of: record)?.end.word
      }, .payload),
    FilterField("sends", [.burst], .reported { Int64($0.sends) }, .payload),
    FilterField("unsent_sends", [.burst], .reported { $0.unsentSends.map(Int64.init) }, .payload),
    FilterField("unsent", [.burst], .reported { $0.unsentBytes }, .payload),
    FilterField("late_p50", [.burst], .reportedTime { $0.medianLate }, .payload),
    FilterField("late_p99", [.burst], .reportedTime { $0.percentile99Late }, .payload),
    FilterField("late_max", [.burst], .reportedTime { $0.maximumLate }, .payload),
    FilterField("late_of", [.burst], .reported { Int64($0.sampled) }, .payload),
    FilterField("paused", [.burst], .reportedTime { $0.paused }, .payload),
    FilterField("within", [.burst], .reportedTime { $0.tolerance }, .payload),
  ]

  static let segments: [FilterField] = [
    FilterField("sequence", [.segment], .number { record, _, _ in record.segment?.sequence }),
    FilterField("acknowledgement", [.segment], .number { record, _, _ in record.segment?.acknowledgement }),
    FilterField("length", [.segment], .number { record, _, _ in record.segment.map { Int64($0.length) } }),
    FilterField("window", [.segment], .number { record, _, _ in record.segment?.window }),
    FilterField(
      "retransmitted", [.segment],
      .truth { record, _, _ in record.segment?.marks.contains(.retransmission) }),
    FilterField(
      "marks", [.segment],
      // `retransmitted` tells of the first.
      .text(words: Array(SegmentMarks.words.dropFirst())) { record, _, _ in
        record.segment?.marks.subtracting(.retransmission).names.joined(separator: ",")
      }, isList: true),
    FilterField(
      "interface", [.segment],
      .text(words: []) { record, _, around in record.address.map(around.address) }, .socket),
  ]

  /// What only messages have, `length` apart: see `MessageFacts`.
  static let messages: [FilterField] = [
    FilterField("payload", [], .text(words: []) { _, _, _ in nil }),
    FilterField("calls", [], .text(words: []) { _, _, _ in nil }),
    FilterField("began", [], .time { _, _, _ in nil }),
    FilterField("broken", [], .text(words: BrokenMessage.allCases.map(\.rawValue)) { _, _, _ in nil }),
    FilterField("assumed", [], .text(words: []) { _, _, _ in nil }),
    FilterField("notes", [], .text(words: []) { _, _, _ in nil }),
  ]
}

extension FilterField.Form {
  fileprivate static func truth(_ read: @escaping FilterField.Read<Bool>) -> Self {
    .text(words: ["true", "false"]) { read($0, $1, $2).map { $0 ? "true" : "false" } }
  }

  fileprivate static func sets(_ read: @escaping @Sendable (WaitSets, FilterSurroundings) -> String) -> Self {
    .text(words: []) { record, _, around in
      around.body(WaitSets.self, of: record).map { read($0, around) }
    }
  }

  fileprivate static func reported(_ read: @escaping @Sendable (BurstReport) -> Int64?) -> Self {
    .number { record, _, around in around.body(BurstReport.self, of: record).flatMap(read) }
  }

  fileprivate static func reportedTime(_ read: @escaping @Sendable (BurstReport) -> Nanoseconds?) -> Self {
    .time { record, _, around in around.body(BurstReport.self, of: record).flatMap(read) }
  }
}
