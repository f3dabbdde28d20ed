import SystemPackage

/// What recv(2) says where it takes nothing from the stream: it only looked, or asked for an urgent byte.
extension ReceiveSentences {
  var peeked: Explanation {
    let page = "recv(2), MSG_PEEK"
    let isDatagram = record.conditions.contains(.datagram)
    let what = kind == .seqpacket ? "record" : "datagram"
    if record.result == 0, record.asked > 0 {
      return Explanation(
        isDatagram
          ? "MSG_PEEK looked at an empty \(what): it is still queued."
          : "MSG_PEEK found the end of the stream, which stays: nothing is left to read.", page: page)
    }
    if isDatagram {
      let copied = min(Int(record.result), Int(record.asked))
      let isShort =
        record.flags.contains(.truncate) ? copied < record.result : record.conditions.contains(.truncated)
      let length =
        !isShort
        ? nil
        : record.flags.contains(.truncate)
          ? "MSG_TRUNC made it return the \(what)'s real length, \(record.result)."
          : "The \(what) is longer than that."
      return Explanation(
        "MSG_PEEK copied \(Explanation.bytes(copied)) and took nothing: the \(what) is still queued, whole, and nothing of "
          + "it is lost.", length, page: record.flags.contains(.truncate) ? "\(page), MSG_TRUNC" : page)
    }
    if isCounted {
      return Explanation(
        "MSG_PEEK with MSG_TRUNC on TCP only counts: \(got) \(record.result == 1 ? "is" : "are") there, none was put into the "
          + "buffer and none was taken.", page: "\(page); tcp(7)")
    }
    return Explanation(
      "MSG_PEEK copied \(got) and took none out of the queue: the next recv() gets the same bytes.",
      page: page)
  }

  var urgentMark: Explanation {
    let wasRead = record.conditions.contains(.urgentRead)
    let behind = record.queued.map {
      "\(Explanation.bytes($0)) \($0 == 1 ? "is" : "are") queued behind\(wasRead ? "" : ", the urgent one among them")."
    }
    return Explanation(
      "The read stopped at the urgent mark: one recv() never returns bytes from before and from after it.",
      behind,
      record.conditions.contains(.urgentInline)
        ? "SO_OOBINLINE leaves the urgent byte in line: the next recv() returns it with what follows."
        : "The urgent byte itself \(wasRead ? "was read before," : "is read") with MSG_OOB.",
      page: kind == .unix ? "recv(2), MSG_OOB; unix(7)" : "tcp(7), Sockets API; sockatmark(3)")
  }

  func urgent(_ reason: Reason) -> Explanation {
    let page = "recv(2), MSG_OOB; tcp(7), Sockets API"
    switch record.errno {
    case .invalidArgument? where history.options[.oobinline] == "on":
      return Explanation(
        "SO_OOBINLINE leaves urgent bytes in line with the others: MSG_OOB finds none.",
        page: "\(page); socket(7), SO_OOBINLINE")
    case .invalidArgument?:
      return Explanation("There is no urgent byte to read: none came, or it was read before.", page: page)
    case .resourceTemporarilyUnavailable?:
      return Explanation("The peer has announced an urgent byte, and it is not here yet.", page: page)
    case .some: return reason == .reset ? explanation(of: .reset) : failed
    case nil:
      return record.result == 0
        ? Explanation("There is no urgent byte, and the stream has ended.", page: page)
        : Explanation(
          record.flags.contains(.peek)
            ? "MSG_OOB with MSG_PEEK looked at the urgent byte: it can be asked for again."
            : "MSG_OOB took the urgent byte, which is kept apart from the stream: a recv() without the flag "
              + "does not return it.",
          isCounted ? "MSG_TRUNC counted it and left the buffer untouched." : nil, page: page)
    }
  }
}
