import CTracing
import Traffic

/// The numbers of the calls of interest on this machine.
struct CallNumbers {
  private let names: [CallName?]
  let all: [Int32]
  let ioUring = trace_io_uring_number()

  init() {
    let known = CallName.allCases.map { ($0, trace_call_number($0.name)) }.filter { $0.1 >= 0 }
    all = known.map(\.1)
    var names = [CallName?](repeating: nil, count: Int(all.max() ?? 0) + 1)
    for (name, number) in known { names[Int(number)] = name }
    self.names = names
  }

  func name(_ number: Int32) -> CallName? {
    number >= 0 && number < names.count ? names[Int(number)] : nil
  }
}
